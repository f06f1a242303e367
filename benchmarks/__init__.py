"""How long people wait, as ratios to starting Python at all, on databases of invented cases."""

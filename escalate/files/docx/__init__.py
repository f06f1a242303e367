"""Word documents read safely: opened within bounds, walked as people see them, answers found, every word placed."""

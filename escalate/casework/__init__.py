"""Use cases: each takes answers, asks core what follows, and records it whole or not at all."""

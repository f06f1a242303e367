"""The interviews of the verbs: what each asks, in which order, and why it would stop."""

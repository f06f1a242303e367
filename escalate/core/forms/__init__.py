"""Forms as data: what a partnership asks for, what fills it, what an issue says, what a returned one says."""

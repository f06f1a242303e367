"""Forms as data: what a partnership asks for, what fills it, what an issue says, and what a returned one says otherwise."""

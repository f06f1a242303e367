"""Questions: an interview is a pure function from the answers so far to the next question."""

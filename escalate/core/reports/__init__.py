"""The partnership's view: what is counted over many cases, and which of it may be told to whom."""

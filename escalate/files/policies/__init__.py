"""Policy files: found, read, laid over each other, checked for shape, kept."""

"""Form files: definitions and templates read and kept, blank forms of partnerships taken apart, forms recognised."""

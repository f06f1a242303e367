"""Numbered revisions of the database, each applied once, in order, and never edited after it was shipped."""

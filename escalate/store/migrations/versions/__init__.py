"""The revisions; the file's name begins with its number. No ledger table is ever altered in batch: guards vanish so."""

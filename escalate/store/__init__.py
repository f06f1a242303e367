"""The ledger, its read models and its drafts, in one SQLite file; writing through SQLModel, reading through DB-API."""

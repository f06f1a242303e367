"""escalate: safeguarding escalations, raised, chased and recorded by the partnership's own policy."""

__version__ = "0.1.0"

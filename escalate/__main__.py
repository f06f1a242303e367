"""`python -m escalate`: the same as the command `escalate`."""

from __future__ import annotations

import sys

from escalate.cli import main

if __name__ == "__main__":
    sys.exit(main())

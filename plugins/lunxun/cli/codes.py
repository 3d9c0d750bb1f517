"""How the program ends, and how a verb refuses."""

from __future__ import annotations

import sys

FINE, FINDINGS, USAGE = 0, 1, 2


def refuse(message: str) -> int:
    """Say why a command was not carried out, and give the exit code for it."""
    print(message, file=sys.stderr)
    return USAGE

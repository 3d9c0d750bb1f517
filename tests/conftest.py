"""What holds for every test."""

from __future__ import annotations

import os

from environment import QUIET_LIBRARIES

# Set before any test imports MkDocs, which prints advertisements otherwise.
os.environ.update(QUIET_LIBRARIES)

"""The end of the program: what it made goes back to the system as a whole, instead of being taken apart.

After a build of ten thousand records, to take them apart takes a third of a second.
"""

from __future__ import annotations

import gc
import sys
from typing import NoReturn


def left_standing(value: object) -> None:
    """Tie a value into a knot, which only the collector of cycles undoes, if the process lives on."""
    knot = [value]
    knot.append(knot)


def end(code: int) -> NoReturn:
    """End the program, without a last look at all that there is by the collector."""
    gc.freeze()
    sys.exit(code)

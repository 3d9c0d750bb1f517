"""What a server asks of whatever makes the site again after a change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of making the site, once."""

    ok: bool
    """Whether there is a new good site; if not, the last one stays."""
    said: str
    """Findings (Chinese), also those that are no errors; empty if there are none."""
    changed: frozenset[str]
    """Addresses whose bytes are others now, or that are new or gone."""
    seconds: float


class Rebuilder(Protocol):
    """Makes the site and keeps the newest good one at hand."""

    def start(self) -> Outcome:
        """Make the whole site; called once, before anything else."""
        ...

    def refresh(self, changed: Collection[Path]) -> Outcome:
        """Make again what depends on what was created, changed or deleted since the last call.

        Paths are absolute. A folder stands for all that is or was below it, and may be one of `watched` itself. Some
        of the paths were perhaps never there: temporary files of an editor.
        """
        ...

    @property
    def is_unfinished(self) -> bool:
        """Tell whether `refresh` left something for later."""
        ...

    def finish(self) -> Outcome:
        """Make what is left, when there is time."""
        ...

    def file(self, address: str) -> bytes | None:
        """Give a page or asset of the newest good site, "cases/x.html"; called by several threads at once."""
        ...

    @property
    def watched(self) -> tuple[Path, ...]:
        """Name the files and folders that the site is made from; some may not exist. Asked again after each call."""
        ...

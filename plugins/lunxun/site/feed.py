"""What has changed since a page was made: told at once to those who wait, and later to those who ask later.

Every outcome has a number, and an address the number at which it last changed. A page knows the number it was served
at. So nothing is missed between serving a page and its first question, nor while a tab is hidden or a network rests.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass

from lunxun.site.rebuilder import Outcome


@dataclass(frozen=True, slots=True)
class News:
    """What a page is told."""

    at: str
    """The moment up to which this tells; to be given with the next question."""
    changed: frozenset[str] | None
    """Addresses that changed; None if that is not known, as the question was asked of another server."""
    said: str
    """What is wrong with the content (Chinese), so that older pages are still shown; empty if nothing is."""


class Feed:
    """Numbers the outcomes of one server; every method may be called by any thread."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._number = 0
        self._numbers: dict[str, int] = {}
        self._said = ""
        self._has_site = self._is_closed = False
        self._changed = threading.Condition()

    @property
    def now(self) -> str:
        """Name the present moment."""
        return f"{self._run}.{self._number}"

    @property
    def has_site(self) -> bool:
        """Tell whether there has been a good site."""
        return self._has_site

    @property
    def said(self) -> str:
        """Give what is wrong with the content (Chinese), if anything."""
        return self._said

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing will come any more."""
        return self._is_closed

    def publish(self, outcome: Outcome) -> None:
        """Tell everybody what came of making the site."""
        with self._changed:
            self._number += 1
            self._numbers.update(dict.fromkeys(outcome.changed, self._number))
            self._has_site = self._has_site or outcome.ok
            self._said = "" if outcome.ok else outcome.said
            self._changed.notify_all()

    def news(self, since: str) -> News:
        """Tell what has changed since a moment, as far as it is known."""
        with self._changed:
            number = self._number_of(since)
            if number is not None:
                changed = frozenset(name for name, last in self._numbers.items() if last > number)
                return News(self.now, changed, self._said)
            # A page of another server is left as it is until there is something better to show.
            return News(self.now, None, self._said) if self._has_site else News(since, frozenset(), self._said)

    def wait(self, since: str, seconds: float) -> bool:
        """Wait until there is news since a moment, or nothing will come any more; tell whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_closed or since != self.now, seconds)

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _number_of(self, moment: str) -> int | None:
        run, _, number = moment.partition(".")
        known = run == self._run and number.isascii() and number.isdigit() and len(number) < 12
        return int(number) if known else None

"""A rule: what it is called and why it exists, and the function that looks for breaches.

Most rules look at one record by itself: they can be run on many records at once, and need not be run again on a
record that has not changed. The others look at the whole Library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lunxun.checks.texts import RecordText
from lunxun.findings import Finding, RuleInfo
from lunxun.library.library import Library
from lunxun.records.walk import leaves

Check = Callable[[Library], Iterator[Finding]]
Look = Callable[[RecordText], Iterator[Finding]]
Test = Callable[[RecordText], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check over the whole Library, with what the reference page says of it."""

    info: RuleInfo
    check: Check


@dataclass(frozen=True, slots=True)
class RecordRule:
    """A look at one record, with what the reference page says of it.

    `may_apply` is quick and rules most records out: where it says no, the look finds nothing.
    """

    info: RuleInfo
    look: Look
    may_apply: Test

    def check(self, library: Library) -> Iterator[Finding]:
        """Look at every record of a Library."""
        for entry in library.entries.values():
            yield from self.findings(RecordText(entry, leaves(entry.record)))

    def findings(self, text: RecordText) -> Iterator[Finding]:
        """Look at one record, unless the quick test rules it out."""
        return self.look(text) if self.may_apply(text) else iter(())

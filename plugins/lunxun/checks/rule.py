"""A rule: what it is called and why it exists, and the function that looks for breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lunxun.findings import Finding, RuleInfo
from lunxun.library.library import Library

Check = Callable[[Library], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check over the whole Library, with what the reference page says of it."""

    info: RuleInfo
    check: Check

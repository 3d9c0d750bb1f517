"""What a pass has to say about a place in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def chinese(self) -> str:
        """Name the severity as an editor reads it."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: path relative to the project, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic: where, which rule, what is wrong and why, and how to mend it (Chinese)."""

    place: Place
    rule: str
    severity: Severity
    message: str
    remedy: str = ""

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """Order findings by place, then rule, then wording."""
        return (self.place, self.rule, self.message)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings once each, in the order of their places."""
    return tuple(sorted(set(findings), key=lambda finding: finding.sort_key))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a rule is, as the reference page tells it (Chinese): the ids are stable for good."""

    id: str
    title: str
    reason: str
    remedy: str
    severity: Severity = Severity.ERROR

    def at(self, place: Place, message: str, remedy: str = "") -> Finding:
        """Make a finding of this rule; without a remedy of its own it carries the rule's."""
        return Finding(place, self.id, self.severity, message, remedy or self.remedy)

"""All rules, and one run of them over a Library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lunxun.checks import duplicates, figures, privacy, provenance, versions, wording
from lunxun.checks.against_sources import SOURCE_RULES
from lunxun.checks.listed_words import WordFindings, WordRule, find_words
from lunxun.checks.rule import RecordRule, Rule
from lunxun.checks.texts import RecordText
from lunxun.findings import Finding, RuleInfo, in_order
from lunxun.library.library import Entry, Library
from lunxun.library.load import Loaded, load
from lunxun.library.structure_rules import STRUCTURE_RULES
from lunxun.records.walk import Leaf

RULES: tuple[Rule | RecordRule | WordRule, ...] = (
    *figures.RULES,
    *versions.RULES,
    *provenance.RULES,
    *wording.RULES,
    *duplicates.RULES,
    *privacy.RULES,
)
RECORD_RULES = tuple(rule for rule in RULES if isinstance(rule, RecordRule))
WORD_RULES = tuple(rule for rule in RULES if isinstance(rule, WordRule))
LIBRARY_RULES = tuple(rule for rule in RULES if isinstance(rule, Rule))


@dataclass(frozen=True, slots=True)
class Checked:
    """A loaded Library with all findings: of reading, of linking, and of every rule."""

    loaded: Loaded
    findings: tuple[Finding, ...]
    words: WordFindings

    @property
    def library(self) -> Library:
        """Give the Library itself."""
        return self.loaded.library


def check(library: Library) -> tuple[Finding, ...]:
    """Run every rule over a linked Library."""
    return in_order(chain.from_iterable(rule.check(library) for rule in RULES))


def load_checked(
    content: Path,
    shown_as: str = "content",
    *,
    executor: Executor | None = None,
    before: Checked | Loaded | None = None,
) -> Checked:
    """Load a content folder and run every rule over it.

    `before` is what came of the same folder earlier: what has not changed since is not read or looked at again.
    """
    earlier = before.loaded if isinstance(before, Checked) else before
    loaded = load(content, shown_as, executor=executor, inspect=inspect, before=earlier)
    words = find_words(loaded.library, WORD_RULES, before.words if isinstance(before, Checked) else None)
    together = chain.from_iterable(rule.check(loaded.library) for rule in LIBRARY_RULES)
    of_words = chain.from_iterable(words.findings.values())
    return Checked(loaded, in_order(chain(loaded.findings, loaded.inspected, of_words, together)), words)


def inspect(entry: Entry, found: Iterable[Leaf]) -> Sequence[Finding]:
    """Run the rules about single records on one of them, given its texts; it can be sent to other processes."""
    text = RecordText(entry, found)
    return [finding for rule in RECORD_RULES for finding in rule.findings(text)]


def rule_infos() -> tuple[RuleInfo, ...]:
    """List what all rules are: those about structure, those of a check, those that need the raw texts."""
    return (*STRUCTURE_RULES, *(rule.info for rule in RULES), *SOURCE_RULES)

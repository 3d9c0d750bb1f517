"""All rules, and one run of them over a Library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from lunxun.checks import (
    bank_balance,
    duplicates,
    figures,
    paper_rules,
    privacy,
    provenance,
    question_basis,
    question_figures,
    question_form,
    question_twins,
    question_wording,
    versions,
    wording,
)
from lunxun.checks.listed_words import WordRule, find_words
from lunxun.checks.rule import RecordRule, Rule
from lunxun.checks.source_rules import SOURCE_RULES
from lunxun.checks.texts import RecordText
from lunxun.findings import Finding, RuleInfo, in_order
from lunxun.library.library import Entry, Library
from lunxun.library.structure_rules import STRUCTURE_RULES
from lunxun.records.walk import Leaf, leaves

RULES: tuple[Rule | RecordRule | WordRule, ...] = (
    *figures.RULES,
    *versions.RULES,
    *provenance.RULES,
    *wording.RULES,
    *duplicates.RULES,
    *privacy.RULES,
    *question_form.RULES,
    *question_basis.RULES,
    *question_figures.RULES,
    *question_twins.RULES,
    *question_wording.RULES,
    *bank_balance.RULES,
    *paper_rules.RULES,
)
RECORD_RULES = tuple(rule for rule in RULES if isinstance(rule, RecordRule))
WORD_RULES = tuple(rule for rule in RULES if isinstance(rule, WordRule))
LIBRARY_RULES = tuple(rule for rule in RULES if isinstance(rule, Rule))


def check(library: Library) -> tuple[Finding, ...]:
    """Run every rule over a linked Library."""
    looked = (inspect(entry, leaves(entry.record)) for entry in library.entries.values())
    words = find_words(library, WORD_RULES).findings.values()
    return in_order(chain(chain.from_iterable(looked), chain.from_iterable(words), check_together(library)))


def check_together(library: Library) -> Iterable[Finding]:
    """Run the rules that look at all records together."""
    return chain.from_iterable(rule.check(library) for rule in LIBRARY_RULES)


def inspect(entry: Entry, found: Iterable[Leaf]) -> Sequence[Finding]:
    """Run the rules about single records on one of them, given its texts; it can be sent to other processes."""
    text = RecordText(entry, found)
    return [finding for rule in RECORD_RULES if rule.may_apply(text) for finding in rule.look(text)]


def rule_infos() -> tuple[RuleInfo, ...]:
    """List what all rules are: those about structure, those of a check, those that need the raw texts."""
    return (*STRUCTURE_RULES, *(rule.info for rule in RULES), *SOURCE_RULES)

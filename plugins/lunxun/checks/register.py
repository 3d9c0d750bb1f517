"""All rules, and one run of them over a Library."""

from __future__ import annotations

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
from lunxun.checks.against_sources import SOURCE_RULES
from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, in_order
from lunxun.library.library import Library
from lunxun.library.structure_rules import STRUCTURE_RULES

RULES: tuple[Rule, ...] = (
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


def check(library: Library) -> tuple[Finding, ...]:
    """Run every rule over a linked Library."""
    return in_order(finding for rule in RULES for finding in rule.check(library))


def rule_infos() -> tuple[RuleInfo, ...]:
    """List what all rules are: those about structure, those of a check, those that need the raw texts."""
    return (*STRUCTURE_RULES, *(rule.info for rule in RULES), *SOURCE_RULES)

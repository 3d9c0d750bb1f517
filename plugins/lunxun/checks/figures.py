"""Rules about figures: each is written once, has a source, and is comparable where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lunxun.checks.rule import RecordRule, Rule
from lunxun.checks.texts import RecordText, put_together
from lunxun.findings import Finding, RuleInfo
from lunxun.library.library import Library
from lunxun.records.bank import Bank
from lunxun.records.indicator import Indicator
from lunxun.records.policy import Policy
from lunxun.records.walk import Field
from lunxun.text.marks import blank_marks, blank_quoted
from lunxun.text.numerals import figures
from lunxun.text.signs import WIDE_DIGITS, as_signs, signs_of

FACT_SOURCE = RuleInfo(
    "fact-source",
    "数据有出处",
    "没有出处的数字无从核对，也无从更正。",
    "在 source 里写来源编号和原文行号；查不到出处就删去这条数据。",
)
TYPED_FIGURE = RuleInfo(
    "typed-figure",
    "正文不直接写数字",
    "同一个数写在几处，更正时总会漏掉一处。",
    "把数字写进 facts，正文用 ${编号} 引用；名称里的数字（如“3+3”）加引号。",
)
INDICATOR_UNIT = RuleInfo(
    "indicator-unit",
    "数据的单位与指标一致",
    "单位不同的数不能排在一张表里比较。",
    "改用指标的单位，或不填 indicator。",
)

# The title and the label say what is counted; they may carry the name of a plan (2023—2027年) or of a scheme.
_NAMES = frozenset(
    {"title", "aliases", "label", "definition_of", "period", "scope", "note", "unit", "number", "rights",
     "published_note", "reason", "shows", "post", "size", "unknown", "who", "form", "questions"}
)  # fmt: skip
_DIGIT = re.compile(b"[0-9" + as_signs(WIDE_DIGITS) + b"]")
_SCALE = ("万", "亿")


def facts_have_sources(record: RecordText) -> Iterator[Finding]:
    """Find facts that name no source."""
    for index, fact in enumerate(record.entry.record.facts):
        if fact.source is None:
            place = record.entry.document.place(("facts", index))
            yield FACT_SOURCE.at(place, f"数据“{fact.label}”没有出处")


def figures_are_facts(record: RecordText) -> Iterator[Finding]:
    """Find Arabic figures typed in prose, other than dates, quoted names and the wording of rules."""
    if isinstance(record.entry.record, Policy | Bank):
        return  # in policies they are the norm itself; those of questions have rules of their own
    for text in record:
        if _is_checked(text.leaf.field):
            for figure in figures(_without_names(text.value)):
                if not figure.is_date:
                    yield TYPED_FIGURE.at(text.place(figure.start), f"正文里直接写了数字“{figure.text}”")


def _has_facts_without_source(record: RecordText) -> bool:
    return any(fact.source is None for fact in record.entry.record.facts)


def _may_have_figures(record: RecordText) -> bool:
    if isinstance(record.entry.record, Policy | Bank):
        return False
    if not _DIGIT.search(record.signs):
        return False
    prose = put_together([blank_marks(leaf.value) for leaf in record.leaves if _is_checked(leaf.field)])
    if not _DIGIT.search(signs_of(prose)):
        return False
    return _DIGIT.search(signs_of(blank_quoted(prose))) is not None


@cache
def _is_checked(field: Field) -> bool:
    return field.mark is not None and not _NAMES.intersection(field.names)


def _without_names(text: str) -> str:
    """Replace marks and quoted names by spaces of the same length."""
    return blank_quoted(blank_marks(text))


def units_fit_indicators(library: Library) -> Iterator[Finding]:
    """Find facts whose unit is not that of the indicator they name (万 and 亿 aside)."""
    units = {entry.key.id: indicator.unit for entry, indicator in library.of(Indicator)}
    if not units:
        return
    for entry in library.entries.values():
        for index, indicator, given in entry.measured:
            wanted = units.get(indicator)
            if wanted is not None and _base(given) not in {_base(unit) for unit in wanted.split("、")}:
                place = entry.document.place(("facts", index, "unit"))
                yield INDICATOR_UNIT.at(place, f"单位是“{given}”，指标的单位是“{wanted}”")


def _base(unit: str) -> str:
    return unit[1:] if unit.startswith(_SCALE) else unit


RULES = (
    RecordRule(FACT_SOURCE, facts_have_sources, _has_facts_without_source),
    RecordRule(TYPED_FIGURE, figures_are_facts, _may_have_figures),
    Rule(INDICATOR_UNIT, units_fit_indicators),
)

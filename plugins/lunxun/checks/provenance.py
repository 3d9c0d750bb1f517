"""Rules about where things come from and who has looked: sources, local brands, review, hidden records."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.rule import RecordRule, Rule
from lunxun.checks.texts import RecordText
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.library import Library
from lunxun.records.bank import Bank
from lunxun.records.case import Case
from lunxun.records.policy import Policy
from lunxun.records.practice import Practice
from lunxun.records.problem import Problem
from lunxun.records.question_types import CaseAnalysis, Question
from lunxun.records.record import Record
from lunxun.records.term import Term
from lunxun.records.walk import Path

LOCAL_BRAND = RuleInfo(
    "local-brand",
    "地方提法写明地区和来源",
    "地方品牌脱离了地区和出处，会被当成全国通用的说法。",
    "填写 region 和 sources；来源没有解释含义的，写 expansion_unknown: true。",
)
LOCAL_POLICY = RuleInfo(
    "local-policy",
    "地方文件写明地区",
    "不写地区，读者会以为文件对自己也适用。",
    "填写 region。",
)
UNCITED = RuleInfo(
    "uncited",
    "案例、做法和问题有来源",
    "没有来源的内容不能当教材用。",
    "在 sources 里写来源编号和行号。",
)
REVIEW = RuleInfo(
    "review",
    "“已审”有审定人和日期",
    "读者要知道谁在什么时候看过。",
    "填写 review，或把 state 改回“草稿”。",
)
HIDDEN_TARGET = RuleInfo(
    "hidden-target",
    "不链接到待核的记录",
    "待核的记录不给学员看，链接点不开，页面上只剩文字。",
    "核实后把那条记录的状态改掉，或暂不引用。",
    Severity.NOTE,
)
_UNSIGNED = "写了“已审”，没有写谁在什么时候审的"


def local_brands_are_placed(record: RecordText) -> Iterator[Finding]:
    """Find local terms without region or source, or silent about what their words stand for."""
    term, document = record.entry.record, record.entry.document
    if not isinstance(term, Term) or term.scope != "local":
        return
    if term.region is None:
        yield LOCAL_BRAND.at(document.place(("scope",)), f"地方提法“{term.title}”没有写地区")
    if not term.sources:
        yield LOCAL_BRAND.at(document.place(("scope",)), f"地方提法“{term.title}”没有写来源")


def local_policies_are_placed(record: RecordText) -> Iterator[Finding]:
    """Find documents below the national level that do not say where they apply."""
    policy = record.entry.record
    if isinstance(policy, Policy) and policy.level != "national" and policy.region is None:
        place = record.entry.document.place(("level",))
        yield LOCAL_POLICY.at(place, f"地方文件《{policy.title}》没有写地区")


def claims_are_cited(record: RecordText) -> Iterator[Finding]:
    """Find cases, practices and problems without any source."""
    claim = record.entry.record
    if isinstance(claim, Case | Practice | Problem) and not claim.sources:
        yield UNCITED.at(record.entry.document.place(), f"{claim.kind_name}“{claim.title}”没有写来源")


def reviews_are_signed(record: RecordText) -> Iterator[Finding]:
    """Find records and questions called reviewed that do not say by whom and when."""
    document = record.entry.document
    for path, reviewed in _reviewed(record.entry.record):
        if reviewed.state == "已审" and reviewed.review is None:
            yield REVIEW.at(document.place((*path, "state")), _UNSIGNED)


def _reviewed(record: Record) -> Iterator[tuple[Path, Record | Question]]:
    """Yield a record and its questions, with their paths."""
    yield (), record
    for index, question in enumerate(record.questions if isinstance(record, Bank) else ()):
        yield ("questions", index), question
        for number, part in enumerate(question.questions if isinstance(question, CaseAnalysis) else ()):
            yield ("questions", index, "questions", number), part


def targets_are_visible(library: Library) -> Iterator[Finding]:
    """Find references from visible records to hidden ones."""
    hidden = {key for key, entry in library.entries.items() if entry.is_hidden}
    if not hidden:
        return
    for link in library.links:
        if link.target in hidden and link.source not in hidden:
            place = library.entries[link.source].document.place(link.path)
            yield HIDDEN_TARGET.at(place, f"“{library.entries[link.target].record.title}”还待核实")


def _always(_: RecordText) -> bool:
    return True  # the look itself is quick enough


RULES = (
    RecordRule(LOCAL_BRAND, local_brands_are_placed, _always),
    RecordRule(LOCAL_POLICY, local_policies_are_placed, _always),
    RecordRule(UNCITED, claims_are_cited, _always),
    RecordRule(REVIEW, reviews_are_signed, _always),
    Rule(HIDDEN_TARGET, targets_are_visible),
)

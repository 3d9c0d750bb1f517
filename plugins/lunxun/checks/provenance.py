"""Rules about where things come from and who has looked: sources, local brands, review, hidden records."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.library import Library
from lunxun.library.questions import questions
from lunxun.records.case import Case
from lunxun.records.policy import Policy
from lunxun.records.practice import Practice
from lunxun.records.problem import Problem
from lunxun.records.term import Term

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


def local_brands_are_placed(library: Library) -> Iterator[Finding]:
    """Find local terms without region or source, or silent about what their words stand for."""
    for entry, term in library.of(Term):
        if term.scope != "local":
            continue
        place = entry.document.place(("scope",))
        if term.region is None:
            yield LOCAL_BRAND.at(place, f"地方提法“{term.title}”没有写地区")
        if not term.sources:
            yield LOCAL_BRAND.at(place, f"地方提法“{term.title}”没有写来源")


def local_policies_are_placed(library: Library) -> Iterator[Finding]:
    """Find documents below the national level that do not say where they apply."""
    for entry, policy in library.of(Policy):
        if policy.level != "national" and policy.region is None:
            yield LOCAL_POLICY.at(entry.document.place(("level",)), f"地方文件《{policy.title}》没有写地区")


def claims_are_cited(library: Library) -> Iterator[Finding]:
    """Find cases, practices and problems without any source."""
    for entry in library.entries.values():
        if isinstance(entry.record, Case | Practice | Problem) and not entry.record.sources:
            yield UNCITED.at(entry.document.place(), f"{entry.record.kind_name}“{entry.record.title}”没有写来源")


def reviews_are_signed(library: Library) -> Iterator[Finding]:
    """Find records and questions called reviewed that do not say by whom and when."""
    for entry in library.entries.values():
        if entry.record.state == "已审" and entry.record.review is None:
            yield REVIEW.at(entry.document.place(("state",)), _UNSIGNED)
    for placed in questions(library):
        if placed.question.state == "已审" and placed.question.review is None:
            yield REVIEW.at(placed.place("state"), _UNSIGNED)


def targets_are_visible(library: Library) -> Iterator[Finding]:
    """Find references from visible records to hidden ones."""
    for link in library.links:
        source, target = library.entries[link.source], library.entries[link.target]
        if target.is_hidden and not source.is_hidden:
            yield HIDDEN_TARGET.at(source.document.place(link.path), f"“{target.record.title}”还待核实")


RULES = (
    Rule(LOCAL_BRAND, local_brands_are_placed),
    Rule(LOCAL_POLICY, local_policies_are_placed),
    Rule(UNCITED, claims_are_cited),
    Rule(REVIEW, reviews_are_signed),
    Rule(HIDDEN_TARGET, targets_are_visible),
)

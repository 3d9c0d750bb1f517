"""Rules about what questions rest on: exactly named, confirmed, and as it was when the question was drafted."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.basis import digest, is_confirmed
from lunxun.library.library import Library
from lunxun.library.questions import questions
from lunxun.records.policy import Policy

BASIS = RuleInfo(
    "basis",
    "依据写到版本，并且已经证实",
    "不写版本，文件修订时找不到要改的题；依据没有证实，答案就站不住。",
    "政策写成 编号@版本 或 编号@版本#条号；待核的记录、未证实的条款不能作依据。",
)
BASIS_CHANGED = RuleInfo(
    "basis-changed",
    "起草以后依据没有变",
    "题是照当时的依据起草的，依据改了，答案不一定还对。",
    "核对题目，改好后删去 origin；或用 lunxun quiz draft 重新起草。",
    Severity.WARNING,
)


def bases_are_exact(library: Library) -> Iterator[Finding]:
    """Find policies named without a version, and what is not confirmed."""
    for placed in questions(library):
        for link in placed.basis:
            place = placed.entry.document.place(link.path)
            if isinstance(library.entries[link.target].record, Policy) and link.version is None:
                yield BASIS.at(place, f"“{link.target.id}”没有写版本")
            elif not is_confirmed(library, link) and placed.is_open and not placed.entry.is_hidden:
                yield BASIS.at(place, f"“{link.target.id}”的这一处还没有证实")


def bases_are_unchanged(library: Library) -> Iterator[Finding]:
    """Find drafted questions whose basis reads otherwise than when they were drafted."""
    for placed in questions(library):
        origin = placed.question.origin
        if origin is not None and origin.digest != digest(library, placed.basis):
            yield BASIS_CHANGED.at(placed.place("origin"), "依据的内容与起草时不同")


RULES = (Rule(BASIS, bases_are_exact), Rule(BASIS_CHANGED, bases_are_unchanged))

"""Rules against asking the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.likeness import likenesses
from lunxun.checks.question_form import same_text
from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.library import Library
from lunxun.library.questions import PlacedQuestion, questions
from lunxun.records.question_types import CaseAnalysis, Choice, Matching, Ordering

SAME_QUESTION = RuleInfo(
    "same-question",
    "题目不重复",
    "同一道题换了选项次序又出一遍，抽到同一张卷子里等于白送分，统计也分成两份。",
    "删去后写的一道；已经用过的写上 retired 停用。",
)
SIMILAR_QUESTION = RuleInfo(
    "similar-question",
    "相似的题标明互斥",
    "两道题只差几个字，同卷时一道会提示另一道。",
    "改写其中一道；都要保留的，把对方的题号写进 enemies。",
    Severity.WARNING,
)

_WIDTH = 2
_ALIKE = 0.75


def questions_differ(library: Library) -> Iterator[Finding]:
    """Find questions with the same words, in whatever order their options stand."""
    for one, first in _repeated(library):
        where = first.place("id")
        message = f"与 {first.question.id}（{where.file} 第 {where.line} 行）是同一道题"
        yield SAME_QUESTION.at(one.place("stem"), message)


def similar_questions_are_enemies(library: Library) -> Iterator[Finding]:
    """Find questions that differ in a few words and may still come into one paper."""
    repeated = {one.question.id for one, _ in _repeated(library)}
    placed = {one.question.id: one for one in _all(library) if one.question.id not in repeated}
    texts = {name: "".join(_words(library, one)) for name, one in placed.items()}
    for (one, other), share in likenesses(texts, width=_WIDTH).items():
        if share >= _ALIKE and not _are_apart(placed[one], placed[other]):
            message = f"与 {one} 有 {share:.0%} 的文字相同"
            yield SIMILAR_QUESTION.at(placed[other].place("stem"), message)


def _repeated(library: Library) -> Iterator[tuple[PlacedQuestion, PlacedQuestion]]:
    first: dict[tuple[str, ...], PlacedQuestion] = {}
    for one in _all(library):
        stem, *others = _words(library, one)
        found = first.setdefault((stem, *sorted(others)), one)
        if found is not one:
            yield one, found


def _all(library: Library) -> Iterator[PlacedQuestion]:
    return (one for one in questions(library) if one.question.retired is None)


def _are_apart(one: PlacedQuestion, other: PlacedQuestion) -> bool:
    """Tell whether two questions cannot come into one paper by chance: enemies, or parts of one case."""
    if other.question.id in one.question.enemies or one.question.id in other.question.enemies:
        return True
    return (one.group or one.question) is (other.group or other.question)


def _words(library: Library, placed: PlacedQuestion) -> list[str]:
    question = placed.question
    texts: tuple[str, ...] = ()
    if isinstance(question, Choice):
        texts = question.option_texts
    elif isinstance(question, Matching):
        texts = (*(pair.left for pair in question.key), *dict.fromkeys(pair.right for pair in question.key))
    elif isinstance(question, Ordering):
        texts = question.key
    elif isinstance(question, CaseAnalysis):
        texts = tuple(part.stem for part in question.questions)
    return [same_text(placed.said(library, text)) for text in (question.stem, *texts)]


RULES = (
    Rule(SAME_QUESTION, questions_differ),
    Rule(SIMILAR_QUESTION, similar_questions_are_enemies),
)

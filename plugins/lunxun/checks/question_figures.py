"""The figures of questions against those of what they rest on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lunxun.checks.question_form import same_text
from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.basis import basis_text
from lunxun.library.document import Path
from lunxun.library.library import Library, Link
from lunxun.library.questions import PlacedQuestion, questions
from lunxun.records.question_types import (
    CaseAnalysis,
    Choice,
    Essay,
    FillIn,
    Judgement,
    Matching,
    Ordering,
    ShortAnswer,
)
from lunxun.text.marks import FactMark, blank_marks, blank_quoted, marks
from lunxun.text.numerals import chinese_number, figures

KEY_FIGURE = RuleInfo(
    "key-figure",
    "答案里的数字有依据证明",
    "答案与依据矛盾的题，会把错的教给全班，还会判对的人错。",
    "核对依据，改正答案；数字用 ${记录编号.数据编号} 引用最稳妥，并把它写进 basis。",
)
QUESTION_FIGURE = RuleInfo(
    "question-figure",
    "题干和解析里的数字有依据",
    "题干、解析里的数字没有出处，更正时找不到它。",
    "改成依据里的数字，或把证明它的条款、数据写进 basis；名称里的数字加引号。",
    Severity.WARNING,
)
TRUE_AS_FALSE = RuleInfo(
    "true-as-false",
    "判断题的“错”确有错处",
    "题干照抄了依据，答案却是“错”，多半是答案写反了。",
    "核对题干错在哪里；没有错处就把答案改成“对”。",
    Severity.WARNING,
)

_CHINESE = re.compile(r"[零一二三四五六七八九十百千两]+")
_DIGITS = re.compile(r"[0-9]+")
_VERBATIM = 12

Values = frozenset[float | tuple[int, ...]]
Part = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A figure of a text: where it stands, what is shown of it, and what it must be among."""

    offset: int
    text: str
    value: float | tuple[int, ...]


class Proofs:
    """The values that each basis speaks of, worked out once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._values: dict[tuple[object, ...], Values] = {}

    def of(self, links: Iterable[Link]) -> Values:
        """Give all values of what links rest on."""
        found: Values = frozenset()
        for link in links:
            key = (link.target, link.version, link.article, link.fact)
            if key not in self._values:
                self._values[key] = values(basis_text(self._library, link))
            found |= self._values[key]
        return found


def values(text: str) -> Values:
    """List the numbers of a text, written in digits or characters, and its dates, which hold numbers too."""
    found: set[float | tuple[int, ...]] = set()
    for figure in figures(text):
        if figure.value is not None:
            found.add(figure.value)
        # 1.2万 is also 1.2, as a question may say 万 in its stem.
        found.update(float(digits) for digits in re.findall(r"[0-9]+(?:\.[0-9]+)?", figure.text))
        if figure.is_date:
            found.add(_date(figure.text))
    numbers = (chinese_number(match[0]) for match in _CHINESE.finditer(text))
    found.update(number for number in numbers if number is not None)
    return frozenset(found)


def keys_have_proven_figures(library: Library) -> Iterator[Finding]:
    """Find figures in right answers that nothing of the basis says."""
    yield from _unproven(library, _key_parts, KEY_FIGURE, "答案里的“{}”在依据里找不到")


def stems_have_proven_figures(library: Library) -> Iterator[Finding]:
    """Find figures in stems and rationales that nothing of the basis says."""
    yield from _unproven(library, _other_parts, QUESTION_FIGURE, "“{}”在依据里找不到")


def false_statements_are_false(library: Library) -> Iterator[Finding]:
    """Find statements called wrong that repeat their basis."""
    for placed in questions(library):
        question = placed.question
        if not isinstance(question, Judgement) or question.key == "对":
            continue
        stem = same_text(placed.said(library, question.stem))
        for link in placed.basis:
            fact = library.fact(link.target, link.fact) if link.fact else None
            repeats_fact = fact is not None and len(placed.basis) == 1 and same_text(fact.text) in stem
            is_verbatim = len(stem) >= _VERBATIM and stem in same_text(basis_text(library, link))
            if is_verbatim or (repeats_fact and fact is not None and same_text(fact.label) in stem):
                yield TRUE_AS_FALSE.at(placed.place("key"), "题干与依据一致，答案写的是“错”")
                break


def _unproven(
    library: Library, parts_of: Callable[[PlacedQuestion], Iterator[Part]], rule: RuleInfo, message: str
) -> Iterator[Finding]:
    proofs = Proofs(library)
    for placed in questions(library):
        parts = [(path, text, tuple(_typed(library, placed, text))) for path, text in parts_of(placed)]
        if not any(typed for _, _, typed in parts):
            continue
        proven = proofs.of(placed.basis)
        if rule is QUESTION_FIGURE:
            proven |= _own_options(library, placed)
        for path, text, typed in parts:
            for one in typed:
                if not _is_proven(one.value, proven):
                    yield rule.at(placed.place_of_text(path, text, one.offset), message.format(one.text))


def _typed(library: Library, placed: PlacedQuestion, text: str) -> Iterator[_Typed]:
    plain = blank_quoted(blank_marks(text))
    for figure in figures(plain):
        value = _date(figure.text) if figure.value is None else figure.value
        yield _Typed(figure.start, figure.text, value)
    for mark in marks(text):
        if isinstance(mark, FactMark):
            shown = placed.said(library, text[mark.start : mark.end])
            for figure in figures(shown):
                if figure.value is not None:
                    yield _Typed(mark.start, shown, figure.value)


def _is_proven(value: float | tuple[int, ...], proven: Values) -> bool:
    if not isinstance(value, tuple):
        return value in proven
    return any(isinstance(one, tuple) and _is_within(value, one) for one in proven) or (
        len(value) == 1 and float(value[0]) in proven
    )


def _is_within(short: tuple[int, ...], whole: tuple[int, ...]) -> bool:
    return any(whole[start : start + len(short)] == short for start in range(len(whole) - len(short) + 1))


def _date(text: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in _DIGITS.findall(text))


def _own_options(library: Library, placed: PlacedQuestion) -> Values:
    # A rationale may say which figure of the question is the wrong one.
    question = placed.question
    texts = question.option_texts if isinstance(question, Choice) else ()
    wrong = (question.stem,) if isinstance(question, Judgement) and question.key == "错" else ()
    return values("\n".join(placed.said(library, text) for text in (*texts, *wrong)))


def _key_parts(placed: PlacedQuestion) -> Iterator[Part]:
    question = placed.question
    if isinstance(question, Choice):
        if not question.is_negative:  # there the right options are untrue
            yield from ((_option_path(question, index), question.option_texts[index]) for index in question.keyed)
    elif isinstance(question, Judgement):
        if question.key == "对":
            yield ("stem",), question.stem
    elif isinstance(question, FillIn):
        for index, one in enumerate(question.key):
            accepted, inner = (one, ()) if isinstance(one, tuple) else (one.accept, ("accept",))
            yield from ((("key", index, *inner, number), text) for number, text in enumerate(accepted))
    elif isinstance(question, Matching):
        for index, pair in enumerate(question.key):
            yield ("key", index, "left"), pair.left
            yield ("key", index, "right"), pair.right
    elif isinstance(question, Ordering):
        yield from ((("key", index), text) for index, text in enumerate(question.key))
    elif isinstance(question, ShortAnswer | Essay):
        yield ("key", "answer"), question.key.answer
        yield from ((("key", "points", index, "text"), point.text) for index, point in enumerate(question.key.points))


def _option_path(question: Choice, index: int) -> Path:
    return ("options", index) if isinstance(question.options[index], str) else ("options", index, "text")


def _other_parts(placed: PlacedQuestion) -> Iterator[Part]:
    question = placed.question
    if not isinstance(question, Judgement | CaseAnalysis):
        yield ("stem",), question.stem
    yield ("rationale",), question.rationale


RULES = (
    Rule(KEY_FIGURE, keys_have_proven_figures),
    Rule(QUESTION_FIGURE, stems_have_proven_figures),
    Rule(TRUE_AS_FALSE, false_statements_are_false),
)

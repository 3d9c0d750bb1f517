"""Rules about the make of a question: that its key fits what it asks, and that no option stands there twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.document import Path
from lunxun.library.library import Library
from lunxun.library.questions import PlacedQuestion, questions
from lunxun.records.question_types import (
    LETTERS,
    CaseAnalysis,
    Choice,
    Essay,
    FillIn,
    Matching,
    MultipleChoice,
    Ordering,
    ShortAnswer,
)
from lunxun.text.folding import squeeze

QUESTION_FORM = RuleInfo(
    "question-form",
    "题目与答案对得上",
    "答案指着不存在的选项、空数与答案数不等，考试时才发现就晚了。",
    "照 quizzes/README.md 里这种题型的样例改。",
)
OPTION_REPEATS = RuleInfo(
    "option-repeats",
    "选项互不相同",
    "两个选项一样，要么都对，要么一眼就能排除。",
    "换掉一个；只差空格、标点、简繁的也算一样。",
)
ALL_KEYED = RuleInfo(
    "all-keyed",
    "多选题有错误选项",
    "全选就对的题，考不出会不会。",
    "加一个似是而非的选项，或改成填空、匹配题。",
    Severity.WARNING,
)

BLANK = "____"
_NOT_WORD = re.compile(r"[\W_]+")
_Fault = tuple[Path, str, str]


def same_text(text: str) -> str:
    """Give what must be equal for two short texts to be the same: no spaces, punctuation, width or old forms."""
    squeezed = squeeze(text).text
    return _NOT_WORD.sub("", squeezed) or squeezed


def keys_fit(library: Library) -> Iterator[Finding]:
    """Find questions whose key does not fit their stem, their options or itself."""
    for placed in questions(library):
        faults = _FAULTS.get(placed.question.type, _no_faults)
        for parts, message, remedy in faults(placed.question):
            yield QUESTION_FORM.at(placed.place(*parts), message, remedy)


def options_differ(library: Library) -> Iterator[Finding]:
    """Find options, left sides and things to be ordered that stand there twice, and extras that are none."""
    for placed in questions(library):
        for field, texts in _lists(placed):
            seen: dict[str, int] = {}
            for index, text in enumerate(texts):
                first = seen.setdefault(same_text(placed.said(library, text)), index)
                if first != index:
                    at = min(index, first) if field == "extra" else index
                    yield OPTION_REPEATS.at(placed.place(field, at), f"“{text}”写了两次")


def not_all_options_are_right(library: Library) -> Iterator[Finding]:
    """Find 多选 questions whose options are all right."""
    for placed in questions(library):
        question = placed.question
        if isinstance(question, MultipleChoice) and len(question.keyed) == len(question.options):
            yield ALL_KEYED.at(placed.place("key"), f"{len(question.options)} 个选项全是正确的")


def _lists(placed: PlacedQuestion) -> Iterator[tuple[str, tuple[str, ...]]]:
    question = placed.question
    if isinstance(question, Choice):
        yield "options", question.option_texts
    elif isinstance(question, Ordering):
        yield "key", question.key
    elif isinstance(question, Matching):
        yield "key", tuple(pair.left for pair in question.key)
        # A superfluous right side that some left side has would be right after all.
        rights = dict.fromkeys(pair.right for pair in question.key)
        yield "extra", (*question.extra, *rights)


def _no_faults(question: Any) -> Iterator[_Fault]:
    yield from ()


def _of_choice(question: Choice) -> Iterator[_Fault]:
    if not 2 <= len(question.options) <= len(LETTERS):
        yield ("options",), f"有 {len(question.options)} 个选项", f"写 2 到 {len(LETTERS)} 个，四个最常见。"
    last = LETTERS[: len(question.options)][-1:] or "A"
    if any(letter > last for letter in question.key):
        yield ("key",), f"答案“{question.key}”超出了选项", f"选项从 A 到 {last}。"
    if "".join(sorted(set(question.key))) != question.key:
        yield ("key",), f"答案“{question.key}”的字母重复或次序乱", "从前到后各写一次，如 ABD。"


def _of_multiple_choice(question: MultipleChoice) -> Iterator[_Fault]:
    yield from _of_choice(question)
    if len(question.key) == 1:
        yield ("key",), "多选题只有一个答案", "至少两个；只有一个正确的改成单选题。"


def _of_fill_in(question: FillIn) -> Iterator[_Fault]:
    blanks = question.stem.count(BLANK)
    if blanks != len(question.key) or not blanks:
        message = f"题干有 {blanks} 个空，答案有 {len(question.key)} 项"
        yield ("key",), message, f"每个空在题干里写 {BLANK}（四个下划线），答案一个空一项。"
    for index, one in enumerate(question.key):
        if isinstance(one, tuple) and not one:
            yield ("key", index), f"第 {index + 1} 个空没有写答案", "列出可接受的写法。"


def _of_matching(question: Matching) -> Iterator[_Fault]:
    if len({pair.right for pair in question.key}) < 2:
        yield ("key",), "匹配题至少要有两个不同的右项", "多写几对。"


def _of_ordering(question: Ordering) -> Iterator[_Fault]:
    if len(question.key) < 3:
        yield ("key",), f"只有 {len(question.key)} 项要排序", "至少三项，否则猜也能对。"


def _of_marking(question: ShortAnswer | Essay) -> Iterator[_Fault]:
    total = sum(point.share for point in question.key.points)
    if total != 100:
        yield ("key", "points"), f"各得分点的占比合计 {total}", "调整 share，合计 100。"


def _of_case(question: CaseAnalysis) -> Iterator[_Fault]:
    if not question.questions:
        yield ("questions",), "案例分析没有小题", "至少写一道小题。"


_FAULTS: dict[str, Callable[[Any], Iterator[_Fault]]] = {
    "单选": _of_choice,
    "多选": _of_multiple_choice,
    "填空": _of_fill_in,
    "匹配": _of_matching,
    "排序": _of_ordering,
    "简答": _of_marking,
    "论述": _of_marking,
    "案例分析": _of_case,
}

RULES = (
    Rule(QUESTION_FORM, keys_fit),
    Rule(OPTION_REPEATS, options_differ),
    Rule(ALL_KEYED, not_all_options_are_right),
)

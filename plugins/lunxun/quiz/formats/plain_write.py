"""A bank as text, one line after the other, in the form in which question files are passed around."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.quiz.formats.fields import texts_of
from lunxun.quiz.formats.plain_lines import is_structure, may_be_parted
from lunxun.records.bank import Bank
from lunxun.records.question_types import LETTERS, CaseAnalysis, Choice, Question

_BEFORE_OPTIONS = ("题型", "题干")


def bank_lines(bank: Bank) -> Iterator[str]:
    """Write a bank: its head, then its questions, each after an empty line."""
    yield from _field("题库：", bank.title)
    yield from _field("简介：", bank.summary)
    for name, text in (("主题", "、".join(bank.topics)), ("对象", "、".join(bank.audiences)), ("用途", bank.use)):
        yield from _field(f"{name}：", text) if text else ()
    for number, question in enumerate(bank.questions, 1):
        yield ""
        yield from _question(f"{number}. ", question)
        if isinstance(question, CaseAnalysis):
            for part_number, part in enumerate(question.questions, 1):
                yield ""
                yield from _question(f"（{part_number}）", part)


def _question(prefix: str, question: Question) -> Iterator[str]:
    texts = texts_of(question)
    yield from _field(f"{prefix}【{texts['题型']}】", texts["题干"])
    if isinstance(question, Choice):
        for letter, text in zip(LETTERS, question.option_texts, strict=False):
            yield from _field(f"{letter}. ", text)
    for name, text in texts.items():
        if name not in _BEFORE_OPTIONS:
            yield from _field(f"{name}：", text)


def _field(prefix: str, text: str) -> Iterator[str]:
    lines = text.split("\n")
    first = lines[0]
    # What a reader would part, or take for something else, begins on a line of its own.
    if first.strip() == first and not first.startswith("\\") and not may_be_parted(" " + first):
        yield prefix + first
        lines = lines[1:]
    else:
        yield prefix.rstrip()
    for line in lines:
        yield "\\" + line if is_structure(line) else line

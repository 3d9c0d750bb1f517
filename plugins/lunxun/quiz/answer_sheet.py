"""The answers of one learner, as the exam page hands them in, once they are opened; taken as hostile.

A sheet knows the numbers of a form only, never the ids of questions. Anybody who has the exam page can seal one, so it
is bounded, strict, and compared with the form before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from lunxun.quiz.asked import ALL_LETTERS
from lunxun.quiz.paper_files import Asked, FormFile, FormLetter
from lunxun.records.base import Model, Slug

MOST_BYTES = 2 * 1024 * 1024
NONE = "-"
"""Stands for a left side of a 匹配 that was left open."""
_LONGEST = 100_000


def _is_time(text: str) -> str:
    datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")
    return text


Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Number = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,2}(-[1-9][0-9]?)?$")]
Time = Annotated[str, StringConstraints(pattern=r"^[0-9T:-]{19}$"), AfterValidator(_is_time)]
Typed = Annotated[str, StringConstraints(max_length=_LONGEST)]
Answer = Typed | Annotated[tuple[Typed, ...], Field(strict=False, max_length=20)]
Answers = Annotated[dict[Number, Answer], Field(max_length=500)]


class Learner(Model):
    """Who answered, in their own words; any of it may be empty."""

    name: Short = ""
    unit: Short = ""
    number: Short = ""


class AnswerSheet(Model):
    """One sitting. Times are those of the learner's clock: said, not proved; `seconds` are with the page open."""

    format: Literal[1]
    paper: Slug
    form: FormLetter
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    sitting: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    learner: Learner
    started: Time
    handed: Time
    seconds: int = Field(ge=0, le=10_000_000)
    answers: Answers


def read_answer_sheet(raw: bytes) -> AnswerSheet | str:
    """Read an opened sheet, or say in Chinese why it is none."""
    if len(raw) > MOST_BYTES:
        return "内容超过 2 MB，不是答卷"
    try:
        return AnswerSheet.model_validate_json(raw)
    except (ValidationError, RecursionError):
        return "内容不是答卷，或者是别的版本的程序写的"


def problems_of_answers(form: FormFile, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Say in Chinese which answers this form cannot have been given."""
    asked = dict(form.answered())
    for number, answer in answers.items():
        if number not in asked:
            yield f"第 {number} 题不在卷上"
        elif not is_possible(asked[number], answer):
            yield f"第 {number} 题的作答不合题型（{asked[number].type}）"


def is_possible(asked: Asked, answer: Answer) -> bool:
    """Tell whether an answer has the shape that the question asks for."""
    if asked.type == "填空":
        return isinstance(answer, tuple) and len(answer) == asked.blanks
    if not isinstance(answer, str):
        return False
    return asked.type in ("简答", "论述") or _is_spelt(asked, answer)


def _is_spelt(asked: Asked, answer: str) -> bool:
    given, known = set(answer), set(letters(asked))
    if asked.type == "匹配":
        return len(answer) == len(asked.lefts) and given <= {*known, NONE}
    if not given <= known or len(given) != len(answer):
        return False
    if asked.type == "多选":
        return bool(answer) and answer == "".join(sorted(answer))
    return len(answer) == (len(asked.steps) if asked.type == "排序" else 1)


def letters(asked: Asked) -> str:
    """Give the signs that answer a question: those beside its options, right sides or steps; 对 and 错."""
    return "对错" if asked.type == "判断" else ALL_LETTERS[: len(asked.options or asked.rights or asked.steps)]


def is_empty(answer: Answer | None) -> bool:
    """Tell whether nothing was answered."""
    if answer is None:
        return True
    texts = answer if isinstance(answer, tuple) else (answer,)
    return all(not text.strip() or set(text) == {NONE} for text in texts)

"""What grading leaves for analysis: scores by question id across forms. No names: sittings have numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from lunxun.quiz.paper_files import FormLetter, Points
from lunxun.records.base import Model, Slug
from lunxun.records.paper import QuestionType

FILE = "成绩.json"
LONGEST_NAME = 64
_MOST_BYTES = 200 * 1024 * 1024
_Text = Annotated[str, StringConstraints(max_length=20_000)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
_Many = Field(strict=False, max_length=50_000)


class Question(Model):
    """A question, or a part of a case, as it was asked; `numbers` says where it stands in each form."""

    id: Slug
    type: QuestionType
    section: QuestionType
    score: Points
    stem: _Text
    options: dict[_Name, _Text] = Field(default_factory=dict)
    key: Annotated[tuple[_Name, ...], _Many] = ()
    numbers: dict[FormLetter, _Name]


class Scored(Model):
    """What one answer got; points are unknown until a free answer is marked. `chosen` are lasting ids of options."""

    points: Points | None
    is_omitted: bool = False
    chosen: Annotated[tuple[_Name, ...], _Many] = ()
    hits: Annotated[tuple[bool, ...], _Many] = ()


class Scores(Model):
    """One sitting."""

    number: _Name
    form: FormLetter
    is_screen: bool
    seconds: int | None = None
    answers: dict[Slug, Scored]

    @property
    def total(self) -> float:
        """Add up the points that are known."""
        return sum(one.points or 0 for one in self.answers.values())

    @property
    def open(self) -> int:
        """Count the answers that wait for a marker."""
        return sum(one.points is None for one in self.answers.values())


class Results(Model):
    """A graded exam."""

    format: Literal[1]
    paper: Slug
    title: _Text
    total: Points
    rules: Annotated[tuple[_Text, ...], _Many]
    questions: Annotated[tuple[Question, ...], _Many]
    sittings: Annotated[tuple[Scores, ...], _Many]


class ResultsError(ValueError):
    """A file of results cannot be used; the message is Chinese."""


def read_results(path: Path) -> Results:
    """Read results, given their file or the folder that grading wrote; raise ResultsError."""
    file = path / FILE if path.is_dir() else path
    try:
        with file.open("rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ResultsError(f"{file} 读不出来（系统错误 {error.errno}）。写 lunxun paper grade 写出的文件夹。") from None
    try:
        found = Results.model_validate_json(raw)
    except (ValidationError, RecursionError):
        raise ResultsError(f"{file} 不是阅卷得到的成绩，或者已经损坏。重新运行 lunxun paper grade。") from None
    asked = {letter: {one.id for one in found.questions if letter in one.numbers} for letter in found_forms(found)}
    if any(set(one.answers) != asked.get(one.form) for one in found.sittings):
        raise ResultsError(f"{file} 前后对不上，可能改动过。重新运行 lunxun paper grade。")
    return found


def found_forms(results: Results) -> tuple[str, ...]:
    """List the letters of all forms."""
    return tuple(sorted({letter for question in results.questions for letter in question.numbers}))

"""A bank: questions on one subject, kept and reviewed together."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lunxun.records.base import AudienceId, Many
from lunxun.records.question_types import CaseAnalysis, Choice, Judgement, Question
from lunxun.records.record import Record


class Bank(Record):
    """A file of questions. A question is a part of its bank, as a fact is of a case, but its id stands for itself."""

    kind: ClassVar[str] = "bank"
    folder: ClassVar[str] = "banks"
    root: ClassVar[str] = "quizzes"
    kind_name: ClassVar[str] = "题库"
    reserved: ClassVar[frozenset[str]] = Record.reserved | {"exams", "notebook"}

    use: Literal["练习", "考试"] = Field(
        default="练习", title="用途", description="练习的上网站，也可组卷；考试的只进试卷，题目和答案都不上网站"
    )
    audiences: Many[AudienceId] = Field(default=(), title="对象")
    questions: Many[Annotated[Question, Field(discriminator="type")]] = Field(
        title="题目", description="各种题型的写法见 quizzes/README.md"
    )

    @property
    def is_hidden(self) -> bool:
        """Tell whether learners must not see the bank: it waits to be confirmed, or is kept for exams."""
        return super().is_hidden or self.use == "考试"

    def reviewed_on(self, path: tuple[str | int, ...]) -> str | None:
        """Give the latest review of the bank and of the question that a path leads into."""
        group, part = self._at(path)
        reviews = (self.review, group.review if group else None, part.review if part else None)
        return max((review.on for review in reviews if review), default=None)

    def question_at(self, path: tuple[str | int, ...]) -> Question | None:
        """Give the question that a path leads into: the part of a case rather than the case."""
        group, part = self._at(path)
        return part or group

    def is_untrue(self, path: tuple[str | int, ...]) -> bool:
        """Tell whether the text that a path leads to is wrong on purpose: a distractor, a statement to be rejected."""
        question, tail = self.question_at(path), path[4:] if path[2:3] == ("questions",) else path[2:]
        if isinstance(question, Choice) and tail[:1] == ("options",):
            return tail[1] not in question.keyed or question.is_negative
        if isinstance(question, Judgement) and tail == ("stem",):
            return question.key == "错"
        return tail[:1] == ("extra",)

    def _at(self, path: tuple[str | int, ...]) -> tuple[Question | None, Question | None]:
        if len(path) < 2 or path[0] != "questions":
            return None, None
        question = self.questions[int(path[1])]
        if isinstance(question, CaseAnalysis) and len(path) >= 4 and path[2] == "questions":
            return question, question.questions[int(path[3])]
        return question, None

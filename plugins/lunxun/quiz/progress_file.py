"""The file in which the practice page keeps a learner's progress: the same state, read strictly and within bounds.

`site/theme/assets/lunxun/quiz-progress.js` writes it and says what it holds; what that refuses is refused here. It
comes from anybody's disk and is taken as hostile. Times are milliseconds since 1970 in UTC, as the page has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

MOST_BYTES = 12 * 1024 * 1024
_REMEDY = "在做题的网页上重新“保存到文件”，不要手工改这个文件。"
_LATEST = datetime(9999, 12, 1, tzinfo=UTC)

_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=100)]
_Count = Annotated[int, Field(ge=0, lt=1_000_000)]
_Time = Annotated[float, Field(ge=0, lt=8.64e15)]


class _Kept(BaseModel):
    # What is not known is passed over, as the page does.
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, allow_inf_nan=False)


class Card(_Kept):
    """What FSRS remembers of a question: when it is due again, and why then."""

    due: _Time
    stability: float
    difficulty: float
    elapsed_days: float
    scheduled_days: float
    learning_steps: float
    reps: float
    lapses: float
    state: Literal[0, 1, 2, 3]
    last_review: _Time


class Known(_Kept):
    """How a question went: how often, how often not wholly right, right how often since, and the last time."""

    type: str = Field(max_length=10)
    stem: str = Field(max_length=160)
    tries: _Count
    wrong: _Count
    streak: _Count
    last: Literal["right", "partly", "wrong"]
    at: _Time
    book: bool
    card: Card | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Known:
        if self.wrong > self.tries:
            raise ValueError("wrong")
        return self


class BankProgress(_Kept):
    """What is remembered of a bank, by the ids of its questions."""

    bank: _Id
    title: str = Field(max_length=200)
    questions: Annotated[dict[_Id, Known], Field(max_length=5000)]

    def due(self, until: float) -> list[str]:
        """List the questions that are due by a time, the longest overdue first."""
        times = {id_: known.card.due for id_, known in self.questions.items() if known.card is not None}
        return sorted((id_ for id_, time in times.items() if time <= until), key=times.__getitem__)

    def in_book(self) -> list[str]:
        """List the questions of the notebook, what was wrong last first."""
        return sorted((id_ for id_, known in self.questions.items() if known.book), key=lambda id_: -self._at(id_))

    def often_wrong(self, least: int = 2) -> list[str]:
        """List the questions that were not wholly right at least so often, the most often first."""
        found = [id_ for id_, known in self.questions.items() if known.wrong >= least]
        return sorted(found, key=lambda id_: (-self.questions[id_].wrong, -self._at(id_)))

    def _at(self, id_: str) -> float:
        return self.questions[id_].at


class ProgressFile(_Kept):
    """Everything that was saved; no name of anybody is in it."""

    format: Literal["lunxun-quiz-progress"]
    version: Literal[1]
    saved: Any = None
    banks: Annotated[tuple[BankProgress, ...], Field(strict=False, max_length=500)]

    @property
    def saved_on(self) -> date | None:
        """Give the day on which the file was saved, where this computer is; nothing if it does not say."""
        try:
            return datetime.fromisoformat(self.saved).astimezone().date()
        except (TypeError, ValueError, OverflowError, OSError):
            return None


class ProgressFileError(ValueError):
    """A file is no progress, or damaged; the message (Chinese) says which, where, and what to do."""


def read_progress(path: Path) -> ProgressFile:
    """Read a file that the practice page saved; raise ProgressFileError."""
    if not path.is_file():
        raise ProgressFileError(f"{path} 读不出来：没有这个文件，或者不是普通文件。检查文件名。")
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ProgressFileError(f"{path} 读不出来（系统错误 {error.errno}）。检查文件名和权限。") from None
    if len(raw) > MOST_BYTES:
        raise ProgressFileError(f"{path} 超过 {MOST_BYTES // 1024 // 1024} MB，不像做题记录。{_REMEDY}")
    try:
        return ProgressFile.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise ProgressFileError(f"{path}：{_reason(error)}。{_REMEDY}") from None


def end_of(day: date) -> float:
    """Give the last moment of a day where this computer is, as the page counts time."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_000).astimezone().timestamp() * 1000


def day_of(time: float) -> date:
    """Give the day on which a time falls where this computer is; times beyond the calendar fall on its last days."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=min(time, _LATEST.timestamp() * 1000))
    return moment.astimezone().date()


def _reason(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    places = [one["loc"] for one in found]
    if found[0]["type"] == "json_invalid":
        return "文件读不懂：可能没有存完整，或者不是做题记录"
    if ("format",) in places or places[0] == ():
        return "这不是轮训的做题记录"
    if ("version",) in places:
        return "这份记录由另一版本的网站存下，这里读不了"
    return f"记录已经损坏：{'、'.join(_where(places[0]))}不对，没有读"


def _where(place: tuple[int | str, ...]) -> Iterator[str]:
    """Name a place in the file by what an editor could look for."""
    if len(place) > 1 and isinstance(place[1], int):
        yield f"第 {place[1] + 1} 个题库"
    if len(place) > 3 and place[2] == "questions":
        yield f"题号“{str(place[3])[:40]}”"
    if isinstance(place[-1], str) and place[-1] != "[key]" and len(place) != 4:
        yield f"“{place[-1][:40]}”一项"

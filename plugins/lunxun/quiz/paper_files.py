"""The files that `lunxun paper make` writes, read back as typed values: a form, and its key apart.

They come from a trainer's disk, may have been edited by hand, and are taken as hostile: bounded, strict, refused with
a Chinese reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from lunxun.records.base import Model, Slug
from lunxun.records.paper import QuestionType
from lunxun.records.question_types import Blank

MOST_BYTES = 8 * 1024 * 1024
Line = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Points = Annotated[int, Field(ge=0, le=1000)] | Annotated[float, Field(ge=0, le=1000)]
Letters = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,26}$")]
FormLetter = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
Lines = Annotated[tuple[Line, ...], Field(strict=False, max_length=60)]
OBJECTIVE = ("单选", "多选", "判断", "填空", "匹配", "排序")
M = TypeVar("M", bound=Model)


class Asked(Model):
    """A question as a form asks it; `no` counts through the form, for a part of a case within the case."""

    no: int = Field(ge=1, le=500)
    id: Slug
    type: QuestionType
    score: Points
    stem: Line
    options: Lines = ()
    blanks: int = Field(default=0, ge=0, le=20)
    lefts: Lines = ()
    rights: Lines = ()
    steps: Lines = ()
    parts: Annotated[tuple[Asked, ...], Field(strict=False, max_length=30)] = ()


class AskedSection(Model):
    """A 大题 of a form."""

    type: QuestionType
    count: int
    score: Points
    instructions: Line
    items: Annotated[tuple[Asked, ...], Field(strict=False, max_length=200)]


class FormFile(Model):
    """What a learner gets: nothing in it tells a key."""

    format: Literal[1]
    paper: Slug
    form: FormLetter
    title: Line
    mode: Literal["练习", "考试"]
    minutes: int = Field(ge=1, le=600)
    total: Points
    notes: Lines = ()
    sections: Annotated[tuple[AskedSection, ...], Field(strict=False, min_length=1, max_length=9)]

    def answered(self) -> Iterator[tuple[str, Asked]]:
        """Yield what is answered by itself, with its number in the form: `21`, or `47-2` for a part of a case."""
        for section in self.sections:
            for item in section.items:
                yield from ((f"{item.no}-{part.no}", part) for part in item.parts)
                if not item.parts:
                    yield str(item.no), item

    @property
    def digest(self) -> str:
        """Give what tells this form from any other: SHA-256 over its canonical JSON, in hexadecimal."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


class MarkedPoint(Model):
    """A point of the 评分标准."""

    text: Line
    score: Points


class Keyed(Model):
    """The key of a question. `order` names the options by their lasting ids, in the order of the form."""

    no: int = Field(ge=1, le=500)
    id: Slug
    score: Points
    key: Annotated[tuple[Blank, ...], Field(strict=False)] | Line | None = None
    any_order: bool = False
    order: Lines = ()
    points: Annotated[tuple[MarkedPoint, ...], Field(strict=False, max_length=30)] = ()
    rationale: str = ""
    basis: Lines = ()
    parts: Annotated[tuple[Keyed, ...], Field(strict=False, max_length=30)] = ()


class KeyFile(Model):
    """What the trainer keeps."""

    format: Literal[1]
    paper: Slug
    form: FormLetter
    title: Line
    seed: str = Field(max_length=20)
    items: Annotated[tuple[Keyed, ...], Field(strict=False, max_length=500)]

    def answered(self) -> dict[str, Keyed]:
        """Map numbers as in `FormFile.answered` to keys."""
        found: dict[str, Keyed] = {}
        for item in self.items:
            found |= {f"{item.no}-{part.no}": part for part in item.parts} or {str(item.no): item}
        return found


class PaperFileError(ValueError):
    """A file is not what it should be; the message (Chinese) names it and says why."""


def read_form(path: Path) -> FormFile:
    """Read a form; raise PaperFileError."""
    return _read(path, FormFile, "试卷（form-*.json）")


def read_key(path: Path) -> KeyFile:
    """Read a key; raise PaperFileError."""
    return _read(path, KeyFile, "答案（key-*.json）")


def _read(path: Path, model: type[M], what: str) -> M:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise PaperFileError(f"{path} 读不出来（系统错误 {error.errno}）。检查文件名和权限。") from None
    if len(raw) > MOST_BYTES:
        raise PaperFileError(f"{path} 超过 8 MB，不是{what}。")
    try:
        return model.model_validate_json(raw)
    except (ValidationError, RecursionError):
        remedy = "用 lunxun paper make 重新出卷，不要手工改这个文件。"
        raise PaperFileError(f"{path} 不是{what}，或者已经损坏。{remedy}") from None

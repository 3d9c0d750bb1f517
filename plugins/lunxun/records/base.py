"""What all records have in common, and the types their fields are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

T = TypeVar("T")
# Which fields of a value were given, where that was not kept: shared by many, as a copy of a model gets its own.
_UNTOLD: set[str] = set()
_set = object.__setattr__


class Model(BaseModel):
    """A frozen value whose fields are all known and of exactly the stated types."""

    # Most runs read only a few kinds of records anew: validators are made when they are first used.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    # Pickled are the values of the fields alone, in their order, not also their names and which of them were given: a
    # snapshot of ten thousand records holds 70,000 models, and records are read out of it one by one.
    def __getstate__(self) -> Any:
        return tuple([vars(self)[name] for name in _names(type(self))])

    def __setstate__(self, state: Any) -> None:
        _set(self, "__dict__", dict(zip(_names(type(self)), state, strict=True)))
        _set(self, "__pydantic_fields_set__", _UNTOLD)
        _set(self, "__pydantic_extra__", None)
        _set(self, "__pydantic_private__", None)


@cache
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(model.__pydantic_fields__)


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Mark a text field as a reference to a record of one of these kinds, or also to a fact (`record.fact`)."""

    kinds: tuple[str, ...]
    or_fact: bool = False


@dataclass(frozen=True, slots=True)
class ClassedBy:
    """Mark a text field as an id of one list of the taxonomy."""

    list_name: str


@dataclass(frozen=True, slots=True)
class IsProse:
    """Mark a text field as prose: Markdown with `${fact}` and `[[record]]`."""


_DATE = re.compile(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _year_as_text(value: Any) -> Any:
    return str(value) if type(value) is int else value


def _check_date(text: str) -> str:
    if not _DATE.match(text):
        raise ValueError("日期写成 2023、2023-08 或 2023-08-31")
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if day > _DAYS[month - 1] or (month == 2 and day == 29 and not leap):
        raise ValueError(f"{year}年{month}月没有{day}日")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), IsProse()]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
_WrittenDate = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?$")]
_WrittenYear = Annotated[int, Field(ge=1900, le=2099)]
PartialDate = Annotated[
    str,
    BeforeValidator(_year_as_text, json_schema_input_type=_WrittenDate | _WrittenYear),
    AfterValidator(_check_date),
]
"""A date known to the day, the month or the year: 2023-08-31, 2023-08, 2023. Texts of this form sort by time."""

# A YAML list arrives as a Python list; records hold tuples, so that they are frozen through and through.
Many = Annotated[tuple[T, ...], Field(strict=False, max_length=500)]

SourceRef = Annotated[str, RefersTo(("source",))]
PolicyRef = Annotated[str, RefersTo(("policy",))]
TermRef = Annotated[str, RefersTo(("term",))]
PracticeRef = Annotated[str, RefersTo(("practice",))]
ProblemRef = Annotated[str, RefersTo(("problem",))]
CaseRef = Annotated[str, RefersTo(("case",))]
IndicatorRef = Annotated[str, RefersTo(("indicator",))]
AnyRef = Annotated[str, RefersTo(())]
BasisRef = Annotated[
    str, RefersTo(("policy", "term", "practice", "problem", "case", "indicator", "collection"), or_fact=True)
]
"""What proves the key of a question: a clause of a policy version, a fact, a term, or another record."""

TopicId = Annotated[str, ClassedBy("topics")]
LevelId = Annotated[str, ClassedBy("levels")]
FieldId = Annotated[str, ClassedBy("fields")]
AudienceId = Annotated[str, ClassedBy("audiences")]
RegionId = Annotated[str, ClassedBy("regions")]

Certainty = Literal["多方印证", "同文转载", "单一来源", "未证实"]


class Citation(Model):
    """Where something is said: a source and the lines of its raw text."""

    source: SourceRef = Field(title="来源", description="来源记录的编号")
    lines: Many[int] = Field(default=(), title="行号", description="原文中的行号，从 1 数起")
    note: Text | None = Field(default=None, title="说明")


class Review(Model):
    """Who looked at the record last, and when."""

    by: Text = Field(title="审定人", description="单位或岗位；不写个人电话、证件号")
    on: PartialDate = Field(title="审定日期")
    note: Text | None = Field(default=None, title="审定说明")


class Evidence(Model):
    """A page on which something was confirmed; shown as text, never as a link."""

    page: Text = Field(title="网页", description="网址或文献名")
    shows: Text = Field(title="证明什么")

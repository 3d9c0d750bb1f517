"""A problem: a stated difficulty, its causes, and what answers it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from lunxun.records.base import FieldId, LevelId, Many, Model, PolicyRef, PracticeRef, Prose, RegionId, Text
from lunxun.records.record import Record


class Cause(Model):
    """One reason that the source gives."""

    title: Text = Field(title="原因")
    text: Prose = Field(title="说明")


class Remedy(Model):
    """What is proposed or done against the problem."""

    title: Text = Field(title="对策")
    text: Prose = Field(title="说明")
    practices: Many[PracticeRef] = Field(default=(), title="可参照的做法")


class Problem(Record):
    """A difficulty as someone stated it."""

    kind: ClassVar[str] = "problem"
    folder: ClassVar[str] = "problems"
    kind_name: ClassVar[str] = "问题对策"
    asked: ClassVar[frozenset[str]] = frozenset({"sources"})

    region: RegionId | None = Field(default=None, title="提出的地区")
    fields: Many[FieldId] = Field(default=(), title="领域")
    levels: Many[LevelId] = Field(default=(), title="层级")
    statement: Prose = Field(title="问题表现", description="谁说的、具体表现是什么")
    causes: Many[Cause] = Field(default=(), title="原因")
    remedies: Many[Remedy] = Field(default=(), title="对策")
    practices: Many[PracticeRef] = Field(default=(), title="相关做法", description="对策之外仍可参照的做法")
    policies: Many[PolicyRef] = Field(
        default=(), title="有关政策", description="来源没有引用、由编者补充的，在局限里说明"
    )
    check: Prose | None = Field(default=None, title="自查", description="本地有没有这个问题，怎么看出来")

"""A case: what one place did, as it tells it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from lunxun.records.base import (
    FieldId,
    LevelId,
    Many,
    Model,
    PolicyRef,
    PracticeRef,
    ProblemRef,
    Prose,
    RegionId,
    TermRef,
    Text,
)
from lunxun.records.record import Record


class Action(Model):
    """One thing that was done."""

    title: Text = Field(title="做法名")
    text: Prose = Field(title="做法")


class Case(Record):
    """A place, a time, what was done, what is said to have come of it, and what is not known."""

    kind: ClassVar[str] = "case"
    folder: ClassVar[str] = "cases"
    kind_name: ClassVar[str] = "典型案例"
    asked: ClassVar[frozenset[str]] = frozenset({"sources"})

    region: RegionId = Field(title="地区")
    unit: Text = Field(title="实施单位")
    level: LevelId = Field(title="层级")
    fields: Many[FieldId] = Field(title="领域")
    period: Text = Field(title="时间", description="如 2020—2021年；说明依据")
    background: Prose = Field(title="背景")
    actions: Many[Action] = Field(title="做法")
    results: Prose = Field(title="成效", description="来源自述的结果，写明是谁说的")
    lessons: Prose = Field(title="启示", description="编者的归纳，别处学什么")
    limits: Prose = Field(title="局限", description="来源没有说明、不能证明的；自相矛盾之处")
    questions: Many[Text] = Field(default=(), title="讨论题", description="供研讨使用")
    practices: Many[PracticeRef] = Field(default=(), title="做法")
    policies: Many[PolicyRef] = Field(
        default=(), title="有关政策", description="来源没有引用、由编者补充的，在局限里说明"
    )
    problems: Many[ProblemRef] = Field(default=(), title="回应的问题")
    terms: Many[TermRef] = Field(default=(), title="术语")

"""A practice: a mechanism that another place can copy."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from lunxun.records.base import (
    FieldId,
    IndicatorRef,
    LevelId,
    Many,
    Model,
    PolicyRef,
    ProblemRef,
    Prose,
    TermRef,
    Text,
)
from lunxun.records.record import Record


class Step(Model):
    """One thing to do, in order."""

    title: Text = Field(title="步骤名")
    text: Prose = Field(title="怎么做", description="谁、做什么、做到什么程度；来源没说的写“来源未说明”")


class Practice(Record):
    """How something is done, separated from the place that did it."""

    kind: ClassVar[str] = "practice"
    folder: ClassVar[str] = "practices"
    kind_name: ClassVar[str] = "经验做法"
    asked: ClassVar[frozenset[str]] = frozenset({"sources"})

    fields: Many[FieldId] = Field(default=(), title="领域")
    levels: Many[LevelId] = Field(default=(), title="适用层级")
    answers: Many[ProblemRef] = Field(default=(), title="回应的问题")
    steps: Many[Step] = Field(title="步骤")
    preconditions: Many[Prose] = Field(default=(), title="前提条件")
    risks: Many[Prose] = Field(default=(), title="风险与走样", description="来源说的注明来源；编者的判断注明“编者按”")
    indicators: Many[IndicatorRef] = Field(default=(), title="看什么指标")
    policies: Many[PolicyRef] = Field(
        default=(), title="有关政策", description="来源没有引用、由编者补充的，在局限里说明"
    )
    terms: Many[TermRef] = Field(default=(), title="术语")
    not_shown: Prose | None = Field(default=None, title="来源没有说明的", description="成本、反例、退出办法等空白")

"""A collection: cases and practices put together by an editor who compares them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from lunxun.records.base import (
    AnyRef,
    AudienceId,
    FieldId,
    IndicatorRef,
    LevelId,
    Many,
    Model,
    Prose,
    RegionId,
    Text,
    TopicId,
)
from lunxun.records.record import Record


class Query(Model):
    """Which records belong, by what they are classed as; every condition given must hold."""

    kind: Literal["case", "practice", "problem"] = Field(title="类别")
    topics: Many[TopicId] = Field(default=(), title="主题", description="有其中一个即可")
    fields: Many[FieldId] = Field(default=(), title="领域", description="有其中一个即可")
    levels: Many[LevelId] = Field(default=(), title="层级", description="有其中一个即可")
    regions: Many[RegionId] = Field(default=(), title="地区", description="在其中一个地区之内即可")


class Section(Model):
    """A part of the collection: prose, and records listed by hand or by a query."""

    title: Text = Field(title="小标题")
    text: Prose = Field(title="编者的话", description="比较异同，不是罗列")
    items: Many[AnyRef] = Field(default=(), title="条目")
    query: Query | None = Field(default=None, title="条件", description="按条件列出，与条目合在一起，不重复")


class Collection(Record):
    """An edited set with an introduction; also the plan of a booklet."""

    kind: ClassVar[str] = "collection"
    folder: ClassVar[str] = "collections"
    kind_name: ClassVar[str] = "专题汇编"

    audiences: Many[AudienceId] = Field(default=(), title="读者")
    introduction: Prose = Field(title="导言", description="这些做法解决什么、同在哪、异在哪、证据到哪一步")
    sections: Many[Section] = Field(title="各部分")
    indicators: Many[IndicatorRef] = Field(default=(), title="对比指标")
    questions: Many[Text] = Field(default=(), title="讨论题")

    @model_validator(mode="after")
    def _sections_hold_something(self) -> Collection:
        for section in self.sections:
            if not section.items and section.query is None:
                raise ValueError(f"“{section.title}”既没有条目，也没有条件")
        return self

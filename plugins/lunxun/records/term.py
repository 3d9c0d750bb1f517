"""A term, national or local."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from lunxun.records.base import (
    Certainty,
    Citation,
    Evidence,
    Many,
    Model,
    PartialDate,
    PolicyRef,
    Prose,
    RegionId,
    TermRef,
    Text,
)
from lunxun.records.record import Record


class Expansion(Model):
    """What the words of a slogan stand for, only where a source says so."""

    text: Prose = Field(title="展开")
    citation: Citation = Field(title="出处")


class OldWording(Model):
    """A wording that was official once and is not any more."""

    text: Text = Field(title="旧提法", description="正文出现它就提醒")
    now: Text = Field(title="现行提法")
    since: PartialDate | None = Field(default=None, title="何时改")
    unless: Many[Text] = Field(default=(), title="例外", description="旧提法是这些词的一部分时不提醒")


class Term(Record):
    """A word that readers meet, with its meaning and where it comes from. The title is the term itself."""

    kind: ClassVar[str] = "term"
    folder: ClassVar[str] = "terms"
    kind_name: ClassVar[str] = "术语"

    scope: Literal["national", "local"] = Field(title="范围", description="national 全国通用；local 地方提法")
    region: RegionId | None = Field(default=None, title="地区", description="地方提法必填")
    definition: Prose = Field(title="释义", description="用自己的话；政治提法照引不改")
    verbatim: bool = Field(default=False, title="固定提法", description="政治提法：只引用，不改写")
    origin: Prose | None = Field(default=None, title="出处", description="见于哪份文件、哪次会议")
    expansion: Expansion | None = Field(default=None, title="展开", description="来源有交代才写，不自行展开")
    expansion_unknown: bool = Field(default=False, title="展开不详", description="来源没有交代含义时写 true")
    variants: Many[Text] = Field(default=(), title="不规范写法", description="正文出现这些写法就提醒")
    outdated: Many[OldWording] = Field(default=(), title="已改的提法")
    certainty: Certainty = Field(title="把握")
    evidence: Many[Evidence] = Field(default=(), title="依据的网页", description="没有来源记录时，写在哪里见到这个含义")
    policies: Many[PolicyRef] = Field(default=(), title="有关文件")
    related: Many[TermRef] = Field(default=(), title="相关术语")
    explain: bool = Field(default=True, title="随文解释", description="正文第一次出现时自动加释义；太常见的词写 false")

    @model_validator(mode="after")
    def _expansion_or_unknown(self) -> Term:
        if self.expansion is not None and self.expansion_unknown:
            raise ValueError("既写了展开，又写了展开不详")
        return self

"""A policy: a rule with its versions, and the articles of each that we cite."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from lunxun.records.base import (
    AudienceId,
    Certainty,
    Evidence,
    LevelId,
    Many,
    Model,
    PartialDate,
    PolicyRef,
    Prose,
    RegionId,
    Text,
)
from lunxun.records.record import Record

VersionId = Annotated[str, StringConstraints(pattern=r"^[0-9a-z][0-9a-z-]{0,15}$")]
ArticleNo = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]+([.-][0-9a-z]+)*$", max_length=16)]


class Article(Model):
    """A clause that we cite, with its gist in our own words."""

    no: ArticleNo = Field(title="条号", description="阿拉伯数字，如 14 或 14-2（第十四条第二款）")
    label: Text = Field(title="条名", description="如 第十四条第二款")
    gist: Prose = Field(title="要点", description="用自己的话概括；条文原句只引固定提法")
    certainty: Certainty = Field(title="把握", description="未证实的不在页面上出现")


class Requirement(Model):
    """A demand on training hours, in a form that course rules can read."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = Field(title="编号")
    audience: AudienceId = Field(title="对象")
    who: Text = Field(title="对象原述", description="文件怎样说这类对象")
    years: int | None = Field(default=None, ge=1, le=10, title="周期", description="几年为一个周期；一次性的不写")
    hours: int | None = Field(default=None, ge=1, title="学时下限")
    days: int | None = Field(default=None, ge=1, title="天数下限")
    months: int | None = Field(default=None, ge=1, title="月数下限")
    either: bool = Field(default=False, title="任选", description="天数（月数）与学时是“或”的关系")
    form: Text = Field(title="计入的形式", description="如 脱产培训和认可的其他集中培训")
    article: ArticleNo | None = Field(default=None, title="条号")
    certainty: Certainty = Field(title="把握")
    note: Text | None = Field(default=None, title="说明")


class Version(Model):
    """One text of the policy. Absent dates are not known; they are never guessed."""

    id: VersionId = Field(title="版本号", description="通常是年份，如 2023")
    title: Text | None = Field(default=None, title="该版全称", description="与标题不同才写")
    adopted: PartialDate | None = Field(default=None, title="通过（审议批准）")
    issued: PartialDate | None = Field(default=None, title="印发（发布）")
    published: PartialDate | None = Field(default=None, title="公开")
    in_force: PartialDate | None = Field(default=None, title="施行")
    expires: PartialDate | None = Field(default=None, title="到期")
    replaced_by: Text | None = Field(default=None, title="被取代", description="取代它的版本号，或另一文件的 编号@版本")
    changed_on: PartialDate | None = Field(default=None, title="记录更正日期")
    size: Text | None = Field(default=None, title="篇幅", description="如 7章50条；未证实不写")
    dates_certainty: Certainty | None = Field(default=None, title="日期把握")
    articles: Many[Article] = Field(default=(), title="引用的条款")
    requirements: Many[Requirement] = Field(default=(), title="学时要求")
    evidence: Many[Evidence] = Field(default=(), title="依据的网页")
    note: Prose | None = Field(default=None, title="版本说明")

    def article_label(self, number: str | None) -> str | None:
        """Name an article as Chinese text does (第十四条第二款), where it is recorded."""
        return next((article.label for article in self.articles if article.no == number), None)


class Policy(Record):
    """A law, regulation, plan, opinion or local document."""

    kind: ClassVar[str] = "policy"
    folder: ClassVar[str] = "policies"
    kind_name: ClassVar[str] = "政策法规"

    issuers: Many[Text] = Field(default=(), title="发布机关", description="不清楚就不写")
    genre: Literal[
        "法律", "行政法规", "党内法规", "规划", "意见", "规定", "方案", "清单", "标准", "决议", "党章", "其他"
    ] = Field(title="类别")
    level: LevelId = Field(title="层级")
    region: RegionId | None = Field(default=None, title="地区", description="地方文件必填")
    number: Text | None = Field(default=None, title="文号", description="未证实不写，不编造")
    versions: Many[Version] = Field(default=(), title="版本", description="从旧到新")
    supersedes: Many[PolicyRef] = Field(default=(), title="取代的文件")
    use: Prose | None = Field(default=None, title="怎么用", description="基层干部什么时候用得到它")
    unknown: Many[Text] = Field(default=(), title="尚不清楚", description="查过但没有证实的事项，如文号、条数")

    @model_validator(mode="after")
    def _versions_differ(self) -> Policy:
        ids = [version.id for version in self.versions]
        if len(set(ids)) < len(ids):
            raise ValueError("有两个版本用了同一个版本号")
        return self

    def version(self, version_id: str) -> Version | None:
        """Find a version by its id."""
        return next((version for version in self.versions if version.id == version_id), None)

    @property
    def current(self) -> Version | None:
        """Give the version that nothing has replaced, if any is recorded."""
        return next((version for version in reversed(self.versions) if version.replaced_by is None), None)

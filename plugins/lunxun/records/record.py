"""The fields that every kind of record has."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lunxun.records.base import Citation, Many, Model, Prose, Review, Text, TopicId
from lunxun.records.fact import Facts

State = Literal["草稿", "已审", "待核"]


class Record(Model):
    """A unit of knowledge. Its id is the stem of its file and is not repeated inside."""

    kind: ClassVar[str]
    folder: ClassVar[str]
    root: ClassVar[str] = "content"
    """The folder beside mkdocs.yml in which `folder` stands: content, or quizzes."""
    kind_name: ClassVar[str]
    has_pages: ClassVar[bool] = True
    """Whether records of the kind stand on the site, unless hidden."""
    reserved: ClassVar[frozenset[str]] = frozenset({"index"})
    """Ids that no record of the kind can have, since a page of the site's own has that address."""
    asked: ClassVar[frozenset[str]] = frozenset()
    """Fields that may be absent but that an editor of this kind is asked for all the same."""

    title: Text = Field(title="标题", description="读者看到的名称，不超过 40 字为好")
    aliases: Many[Text] = Field(default=(), title="别名", description="读者可能用来查找的其他叫法")
    summary: Prose = Field(title="摘要", description="一两句话说清这条记录讲什么；用 | 写成一段")
    topics: Many[TopicId] = Field(default=(), title="主题", description="taxonomy.yml 里 topics 的编号")
    state: State = Field(default="草稿", title="状态", description="草稿、已审、待核；待核的不给学员看")
    review: Review | None = Field(default=None, title="审定", description="状态为“已审”时必填")
    facts: Facts = Field(default=(), title="数据", description="每个数字只写在这里一次，正文用 ${编号} 引用")
    sources: Many[Citation] = Field(default=(), title="来源", description="依据哪些来源的哪几行")

    @property
    def is_hidden(self) -> bool:
        """Tell whether learners must not see the record: it waits to be confirmed."""
        return self.state == "待核"

    def reviewed_on(self, path: tuple[str | int, ...]) -> str | None:
        """Give the date on which an editor last looked at the part of the record that a path leads into."""
        return self.review.on if self.review else None

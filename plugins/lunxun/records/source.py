"""A source: the raw text that other records rest on."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from lunxun.records.base import Many, Model, PartialDate, RegionId, Text
from lunxun.records.record import Record


class RawText(Model):
    """The file that was read, proved by its hash."""

    file: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}$")] = Field(
        title="文件名", description="原文文件夹里的文件名，不含路径"
    )
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(title="SHA-256")
    body: Annotated[tuple[int, int], Field(strict=False)] = Field(
        title="正文行", description="正文从第几行到第几行（含），之外是页眉页脚"
    )


class LeftOut(Model):
    """A figure, a title or a quoted phrase of the source that no record takes up, and why."""

    line: int = Field(ge=1, title="行号")
    text: Text = Field(title="原文字样", description="折成简体后的字样")
    reason: Text = Field(title="理由")


class Source(Record):
    """An article or document as it was found."""

    kind: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"
    kind_name: ClassVar[str] = "来源"

    short: Annotated[str, StringConstraints(min_length=1, max_length=8)] | None = Field(
        default=None, title="简称", description="表格里用，如 黄南、盐城"
    )
    genre: Literal["署名文章", "新闻报道", "通讯员稿", "调研报告", "法规文本", "其他"] = Field(title="体裁")
    author: Text | None = Field(default=None, title="作者", description="文中署名；没有就不写")
    post: Text | None = Field(default=None, title="作者职务", description="照文中所写，注明是发表时的职务")
    publisher: Text | None = Field(default=None, title="刊发者", description="原刊；只见转载时写明")
    published: PartialDate | None = Field(default=None, title="刊发日期", description="文中有才写")
    published_note: Text | None = Field(
        default=None, title="日期说明", description="没有日期时，说明内容所指的时期及依据"
    )
    region: RegionId | None = Field(default=None, title="地区")
    language: Literal["简体", "繁体", "繁简混排"] = Field(title="文字")
    rights: Text = Field(title="版权说明")
    self_reported: bool = Field(title="自述", description="数据是不是当事地方或单位自己说的")
    raw: RawText = Field(title="原文")
    quality: Many[Text] = Field(default=(), title="文本质量", description="乱码、混入的页面文字、缺字、自相矛盾之处")
    figures_left_out: Many[LeftOut] = Field(default=(), title="未收数字", description="不作为数据收录的数字及理由")
    titles_left_out: Many[LeftOut] = Field(default=(), title="未收书名", description="《》中不作为文件收录的名称及理由")
    phrases_left_out: Many[LeftOut] = Field(
        default=(), title="未收引语", description="引号中不作为做法或术语收录的说法及理由"
    )

"""A figure, written once: everything else refers to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lunxun.records.base import IndicatorRef, Many, Model, PartialDate, Slug, SourceRef, Text

Number = Annotated[int, Field(ge=0, le=10**15)] | Annotated[float, Field(ge=0, le=1e15)]
Bound = Literal["约", "近", "不低于", "不超过", "至少", "超过", "余", "多", "以上", "以下", "左右"]

_BEFORE_NUMBER = ("约", "近", "不低于", "不超过", "至少", "超过")
_BEFORE_UNIT = ("余", "多")
_SCALES = {"万": 10_000, "亿": 100_000_000}


class FactSource(Model):
    """The line of a raw text that proves a figure."""

    id: SourceRef = Field(title="来源编号")
    line: int = Field(ge=1, title="行号", description="原文中的行号，从 1 数起")
    printed: Text | None = Field(
        default=None, title="原文字样", description="数字在原文里写法不同（如“五级”“10+2”）时，照抄那几个字"
    )


class Fact(Model):
    """A figure as a source gives it, with its bound, its time and what it counts."""

    id: Slug = Field(title="编号", description="在本记录内唯一；正文里用 ${编号} 引用")
    label: Text = Field(title="名称", description="这个数说的是什么，如“网格数”")
    value: Number | Annotated[tuple[Number, Number], Field(strict=False)] = Field(
        title="数值", description="照原文；区间写成 [4, 5]"
    )
    unit: Text = Field(title="单位", description="照原文，如 个、%、万元、万人次")
    bound: Bound | None = Field(default=None, title="界限词", description="原文有“约”“余”“以上”等时必须保留")
    as_of: PartialDate | None = Field(default=None, title="时点", description="来源说明了时点才写")
    period: Text | None = Field(default=None, title="时段", description="如 每年、近两年、今年以来；照来源")
    scope: Text | None = Field(default=None, title="范围", description="如 全州、全县204个村（社区）")
    indicator: IndicatorRef | None = Field(default=None, title="指标", description="可与别处比较时填写指标编号")
    definition: Text | None = Field(default=None, title="口径", description="这里怎样算的，与别处有何不同")
    note: Text | None = Field(default=None, title="说明")
    changed_on: PartialDate | None = Field(
        default=None, title="更正日期", description="更正数值时填写，引用处会标出待复核"
    )
    source: FactSource | None = Field(default=None, title="出处", description="缺出处是错误")

    @model_validator(mode="after")
    def _range_goes_up(self) -> Fact:
        if isinstance(self.value, tuple) and self.value[0] >= self.value[1]:
            raise ValueError("区间要从小到大，写成 [4, 5]")
        return self

    @property
    def number(self) -> str:
        """Write the number as the source prints it, without bound or unit."""
        if isinstance(self.value, tuple):
            return f"{_plain(self.value[0])}—{_plain(self.value[1])}"
        return _plain(self.value)

    @property
    def text(self) -> str:
        """Write the figure as prose says it: 约15万人次, 100余个, 98%以上."""
        before = self.bound if self.bound in _BEFORE_NUMBER else ""
        inner = self.bound if self.bound in _BEFORE_UNIT else ""
        after = self.bound if self.bound and not before and not inner else ""
        return f"{before}{self.number}{inner}{self.unit}{after}"

    @property
    def magnitude(self) -> float:
        """Give the figure as one number for comparison: 万 and 亿 multiplied out, a range by its middle."""
        value = sum(self.value) / 2 if isinstance(self.value, tuple) else float(self.value)
        return value * _SCALES.get(self.unit[0], 1)


Facts = Many[Fact]


def _plain(value: float) -> str:
    # Through Decimal, since a small float writes itself as 1e-05.
    return str(value) if isinstance(value, int) else f"{Decimal(str(value)):f}"

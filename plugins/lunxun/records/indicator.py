"""An indicator: what lets figures of several places be set side by side."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from lunxun.records.base import Prose, Text
from lunxun.records.record import Record


class Indicator(Record):
    """A measure with its unit. The facts that name it are its rows."""

    kind: ClassVar[str] = "indicator"
    folder: ClassVar[str] = "indicators"
    kind_name: ClassVar[str] = "指标对比"

    unit: Text = Field(title="单位")
    definition: Prose = Field(title="指标含义")
    comparability: Prose = Field(title="可比性", description="各地口径有何不同，能比什么，不能比什么")
    chart: bool = Field(default=False, title="画图", description="口径相近、画图比看数更清楚时写 true")

"""What every question has, whatever its type: its number for life, what proves its key, how hard it is, its state."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lunxun.records.base import BasisRef, Many, Model, PartialDate, Prose, Review, Slug, Text, TopicId
from lunxun.records.record import State

Level = Literal["识记", "理解", "应用", "分析"]
LEVELS: tuple[Level, ...] = ("识记", "理解", "应用", "分析")
"""Cognitive levels, from the lowest up: the columns of a 双向细目表."""

Score = Annotated[int, Field(ge=1, le=100)] | Annotated[float, Field(ge=0.5, le=100)]


class Retired(Model):
    """Why a question is not asked any more; its id stays taken, since past papers name it."""

    on: PartialDate = Field(title="停用日期")
    why: Text = Field(title="停用原因")


class Origin(Model):
    """Which rule drafted the question, and what its basis said then."""

    rule: Text = Field(title="起草规则", description="lunxun quiz draft 用的规则")
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")] = Field(
        title="依据摘要", description="起草时依据内容的摘要；内容一变，检查就会提醒"
    )


class Asked(Model):
    """The head of a question."""

    id: Slug = Field(title="题号", description="全部题库里唯一，永远不改、不重用；停用的题也占着")
    type: str = Field(title="题型")
    stem: Prose = Field(title="题干", description="选择题填答案的地方写（），填空题每个空写 ____（四个下划线）")


class Explained(Asked):
    """The rest of a question, after what its type asks for."""

    rationale: Prose = Field(title="解析", description="为什么是这个答案，错在哪里；不要只重复答案")
    basis: Annotated[tuple[BasisRef, ...], Field(strict=False, min_length=1, max_length=20)] = Field(
        title="依据", description="证明答案的 编号@版本#条号、记录编号.数据编号 或术语等记录的编号，至少一个"
    )
    difficulty: int = Field(
        ge=1,
        le=5,
        title="难度",
        description="命题人的估计，1 最易、5 最难；考过之后以统计为准",
    )
    level: Level = Field(title="认知层次", description="识记（记得）、理解（说得清）、应用（会用）、分析（会判断）")
    topics: Many[TopicId] = Field(default=(), title="主题", description="不写就用题库的主题")
    state: State = Field(
        default="草稿",
        title="状态",
        description="草稿、已审、待核；待核的不给学员看，也不进试卷，程序起草的都是待核",
    )
    review: Review | None = Field(default=None, title="审定", description="状态为“已审”时必填")
    retired: Retired | None = Field(default=None, title="停用", description="不再使用的题写明日期和原因，不删除")
    enemies: Many[Slug] = Field(default=(), title="互斥题", description="不能与本题同卷的题号，如一题提示了另一题")
    origin: Origin | None = Field(default=None, title="起草", description="程序起草时自动填写")

    @property
    def is_open(self) -> bool:
        """Tell whether learners may be asked it: neither retired nor waiting to be confirmed."""
        return self.retired is None and self.state != "待核"

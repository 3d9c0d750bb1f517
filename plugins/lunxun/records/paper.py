"""A blueprint: what a paper asks for, from which forms of equal difficulty are made."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from lunxun.records.base import Many, Model, PartialDate, Prose, RefersTo, Slug, Text, TopicId
from lunxun.records.question import Level, Score
from lunxun.records.record import Record

BankRef = Annotated[str, RefersTo(("bank",))]
QuestionType = Literal["单选", "多选", "判断", "填空", "匹配", "排序", "简答", "论述", "案例分析"]
Hardness = Annotated[int, Field(ge=1, le=5)]
Amount = Annotated[int, Field(ge=0, le=1000)] | Annotated[float, Field(ge=0, le=1000)]


class Limits(Model):
    """From how many to how many; one side may be open."""

    min: Amount | None = Field(default=None, title="至少")
    max: Amount | None = Field(default=None, title="至多")

    @model_validator(mode="after")
    def _goes_up(self) -> Limits:
        if self.min is None and self.max is None:
            raise ValueError("min、max 至少写一个")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min 不能大于 max")
        return self


class Section(Model):
    """A 大题: so many questions of one type, each worth the same."""

    type: QuestionType = Field(title="题型", description="一种题型只写一个大题")
    count: int = Field(ge=1, le=200, title="题数", description="案例分析按材料计，一则材料一题")
    score: Score = Field(title="每题分值", description="半分的整数倍；案例分析是一则材料的总分，按小题分值分摊")
    instructions: Prose | None = Field(default=None, title="作答说明", description="不写就用这种题型通用的说明")


class Quota(Model):
    """A cell, a row or a column of the 双向细目表: how much of the paper has what is named here."""

    topic: TopicId | None = Field(default=None, title="主题", description="一题有几个主题的，算第一个")
    level: Level | None = Field(default=None, title="认知层次")
    type: QuestionType | None = Field(default=None, title="题型")
    difficulties: Many[Hardness] = Field(default=(), title="难度", description="如 [4, 5] 是难题")
    bank: BankRef | None = Field(default=None, title="题库")
    count: Limits | None = Field(default=None, title="题数", description="写 min、max；案例分析按小题计")
    score: Limits | None = Field(default=None, title="分数", description="写 min、max")

    @model_validator(mode="after")
    def _says_something(self) -> Quota:
        if not (self.topic or self.level or self.type or self.difficulties or self.bank):
            raise ValueError("写明是哪些题：topic、level、type、difficulties、bank 至少一个")
        if self.count is None and self.score is None:
            raise ValueError("count、score 至少写一个")
        return self


class Difficulty(Model):
    """How hard each form has to be: the mean of the difficulties 1 to 5, weighted by score."""

    target: Annotated[float, Field(ge=1, le=5)] | Hardness = Field(
        title="目标", description="1 最易、5 最难，按分值平均"
    )
    tolerance: Annotated[float, Field(ge=0, le=2)] | Annotated[int, Field(ge=0, le=2)] = Field(
        title="允许偏差", description="每套卷的平均难度与目标相差不超过它，如 0.2"
    )


class Past(Model):
    """A paper that was sat: what it asked."""

    on: PartialDate = Field(title="考试日期")
    title: Text | None = Field(default=None, title="哪次考试")
    asked: Many[Slug] = Field(title="考过的题", description="题号")


class Exposure(Model):
    """Which questions were seen, so that they are not asked again."""

    since: PartialDate | None = Field(
        default=None, title="从哪天起", description="只避开这一天以后考过的题；不写就全部避开"
    )
    past: Many[Past] = Field(title="历次考试")


class Paper(Record):
    """A blueprint. It has no page on the site; forms made from it are files of the trainer's."""

    kind: ClassVar[str] = "paper"
    folder: ClassVar[str] = "papers"
    root: ClassVar[str] = "quizzes"
    kind_name: ClassVar[str] = "试卷蓝图"
    has_pages: ClassVar[bool] = False

    mode: Literal["练习", "考试"] = Field(title="用途", description="练习的只从练习题库抽题；考试的两种题库都可以用")
    minutes: int = Field(ge=5, le=600, title="时间", description="分钟")
    total: Score | Annotated[int, Field(ge=1, le=1000)] = Field(default=100, title="满分", description="各大题分数之和")
    forms: int = Field(default=1, ge=1, le=20, title="套数", description="出几套难度相同的卷")
    overlap: int = Field(default=0, ge=0, le=500, title="相同题数", description="任何两套卷至多有几题相同")
    overlap_min: int = Field(
        default=0, ge=0, le=500, title="最少相同", description="要比较各套成绩时写：任何两套至少有几题相同"
    )
    seed: int = Field(default=1, ge=0, le=10**9, title="种子", description="同一种子出同样的卷；换一个数就换一批题")
    banks: Many[BankRef] = Field(default=(), title="题库", description="从哪些题库抽题，不写就是全部")
    sections: Annotated[tuple[Section, ...], Field(strict=False, min_length=1, max_length=9)] = Field(
        title="大题", description="依次写；题数乘每题分值，加起来等于满分"
    )
    difficulty: Difficulty | None = Field(default=None, title="难度要求")
    quotas: Many[Quota] = Field(default=(), title="细目", description="双向细目表：哪些主题、哪些层次出多少题、多少分")
    include: Many[Slug] = Field(default=(), title="必选题", description="每套都要有的题号；案例分析写整则材料的题号")
    exclude: Many[Slug] = Field(default=(), title="不选题", description="不要的题号")
    exposure: Exposure | None = Field(default=None, title="考过的题")
    notes: Many[Prose] = Field(default=(), title="注意事项", description="印在卷首，一行一条；不写就用通用的")

    @property
    def is_hidden(self) -> bool:
        """Tell that learners must not see it: a blueprint says what will be asked."""
        return True

    @property
    def avoided(self) -> frozenset[str]:
        """Collect the questions that were asked too lately to be asked again."""
        if self.exposure is None:
            return frozenset()
        since = self.exposure.since or ""
        # A day is compared with a month as far as both are known: what may have been later is avoided.
        return frozenset(
            question for past in self.exposure.past if past.on >= since[: len(past.on)] for question in past.asked
        )

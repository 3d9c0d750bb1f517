"""The types of questions: what each asks for, and how its key is written."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lunxun.records.base import CaseRef, Many, Model, Prose, Slug, Text
from lunxun.records.fact import Number
from lunxun.records.question import Asked, Explained, Score

LETTERS = "ABCDEFGHIJ"

_NEGATION = re.compile(
    r"(不(?:正确|准确|恰当|妥当|对|属于|包括|符合|应当?|是|能|宜|需要|必)|错误|有误|无需)"
    r"[^，。；？]{0,24}?(?:的是|的有|[一哪]项|哪些|（）)"
)


class Option(Model):
    """An option that says more than its text."""

    text: Prose = Field(title="选项")
    id: Slug | None = Field(default=None, title="选项编号", description="要比较历次作答时写；不写按次序算 a、b、c")
    why: Prose | None = Field(default=None, title="为什么", description="选了它的人错在哪里，练习时显示")


class Choice(Asked):
    """A question with options, which have letters by their place in the list."""

    options: Many[Prose | Option] = Field(
        title="选项", description="一行一项，不写 A、B；要写编号或说明时写成 text、id、why"
    )
    key: str = Field(title="答案")

    @property
    def option_texts(self) -> tuple[str, ...]:
        """List the options as they are written."""
        return tuple(option if isinstance(option, str) else option.text for option in self.options)

    @property
    def option_ids(self) -> tuple[str, ...]:
        """List what each option is called in records of answers, however it is shuffled."""
        own = ((None if isinstance(option, str) else option.id) for option in self.options)
        return tuple(name or LETTERS[index : index + 1].lower() or str(index) for index, name in enumerate(own))

    @property
    def negation(self) -> tuple[int, int] | None:
        """Find the word by which the stem asks for what is wrong (不正确的是), as its start and end."""
        found = next((match for match in _NEGATION.finditer(self.stem)), None)
        return found.span(1) if found else None

    @property
    def is_negative(self) -> bool:
        """Tell whether the right options are those that are not true."""
        return self.negation is not None

    @property
    def keyed(self) -> tuple[int, ...]:
        """List the places of the right options, counted from 0; places that do not exist are left out."""
        places = (LETTERS.index(letter) for letter in self.key)
        return tuple(place for place in places if place < len(self.options))


class SingleChoice(Explained, Choice):
    """One option is right."""

    type: Literal["单选"] = Field(title="题型")
    key: Annotated[str, StringConstraints(pattern=r"^[A-J]$")] = Field(title="答案", description="一个字母，如 B")
    score: Score = Field(default=1, title="分值")


class MultipleChoice(Explained, Choice):
    """Two options or more are right."""

    type: Literal["多选"] = Field(title="题型")
    key: Annotated[str, StringConstraints(pattern=r"^[A-J]{1,10}$")] = Field(
        title="答案", description="几个字母连写，从前到后，如 ABD"
    )
    score: Score = Field(default=2, title="分值")


class _Keyed(Asked):
    # Declared here so that the key comes before the rationale in skeletons and on the format page.
    key: object = Field(title="答案")


class Judgement(Explained, _Keyed):
    """The statement in the stem is right or wrong."""

    type: Literal["判断"] = Field(title="题型")
    key: Literal["对", "错"] = Field(title="答案")
    score: Score = Field(default=1, title="分值")


class Blank(Model):
    """What may stand in a blank, where a list of words does not say enough."""

    accept: Annotated[tuple[Prose, ...], Field(strict=False, min_length=1, max_length=30)] = Field(
        title="可接受的答案", description="第一个是标准答案"
    )
    unit: Text | None = Field(default=None, title="单位", description="写不写这个单位都算对，如 级、学时")
    tolerance: Number | None = Field(
        default=None, title="允许误差", description="按数值比较，与标准答案相差不超过它就算对"
    )


class FillIn(Explained, _Keyed):
    """Words or figures are missing from the stem."""

    type: Literal["填空"] = Field(title="题型")
    key: Many[Many[Prose] | Blank] = Field(
        title="答案", description="一个空一项，每项列出可接受的写法，如 - [季度, 每季度]；要写单位或误差时用 accept"
    )
    any_order: bool = Field(default=False, title="不计次序", description="几个空可以互换时写 true")
    score: Score = Field(default=2, title="分值")

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """List the blanks in the order of the stem, each in its full form."""
        return tuple(one if isinstance(one, Blank) else Blank(accept=one) for one in self.key)


class Pair(Model):
    """A left side and the right side that belongs to it."""

    left: Prose = Field(title="左项")
    right: Prose = Field(title="右项", description="几个左项可以有同一个右项")


class Matching(Explained, _Keyed):
    """Each left side has to be joined to its right side; right sides are shuffled when it is asked."""

    type: Literal["匹配"] = Field(title="题型")
    key: Many[Pair] = Field(title="答案", description="正确的配对；出题时右项自动打乱")
    extra: Many[Prose] = Field(default=(), title="多余的右项", description="没有左项与它相配，用来干扰")
    score: Score = Field(default=4, title="分值")


class Ordering(Explained, _Keyed):
    """Things have to be put in order; they are shuffled when it is asked."""

    type: Literal["排序"] = Field(title="题型")
    key: Many[Prose] = Field(title="答案", description="照正确的次序写，从先到后；出题时自动打乱")
    score: Score = Field(default=3, title="分值")


class Point(Model):
    """One thing that an answer has to say, and what part of the score it is worth."""

    text: Prose = Field(title="得分点")
    share: int = Field(ge=1, le=100, title="占比", description="占本题分值的百分之几，合计 100")


class Marking(Model):
    """How a free answer is marked."""

    answer: Prose = Field(title="参考答案")
    points: Annotated[tuple[Point, ...], Field(strict=False, min_length=1, max_length=20)] = Field(title="得分点")


class ShortAnswer(Explained, _Keyed):
    """A few sentences are asked for."""

    type: Literal["简答"] = Field(title="题型")
    key: Marking = Field(title="答案")
    score: Score = Field(default=5, title="分值")


class Essay(Explained, _Keyed):
    """A reasoned text is asked for."""

    type: Literal["论述"] = Field(title="题型")
    key: Marking = Field(title="答案")
    score: Score = Field(default=15, title="分值")


Simple = SingleChoice | MultipleChoice | Judgement | FillIn | Matching | Ordering | ShortAnswer | Essay


class _WithParts(Asked):
    case: CaseRef | None = Field(default=None, title="案例", description="材料出自哪个案例记录")
    questions: Many[Annotated[Simple, Field(discriminator="type")]] = Field(
        title="小题", description="写法与单独的题一样，各有题号；组卷时整组抽取"
    )


class CaseAnalysis(Explained, _WithParts):
    """Material with questions on it, picked as a group. The stem is the material, the score that of its parts."""

    type: Literal["案例分析"] = Field(title="题型")

    @property
    def score(self) -> float:
        """Add up the scores of the parts."""
        return sum(part.score for part in self.questions)


Question = Simple | CaseAnalysis
TYPES = ("单选", "多选", "判断", "填空", "匹配", "排序", "简答", "论述", "案例分析")
"""All types, in the order in which a paper has them."""

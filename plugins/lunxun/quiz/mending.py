"""Which questions to mend, and why, in plain Chinese; how sure one can be with so few learners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lunxun.quiz.form_statistics import Comparison, FormStatistics, comparisons, form_statistics
from lunxun.quiz.item_analysis import ItemStatistics, OptionUse, form_scores, item_statistics
from lunxun.quiz.results import Question, Results

ENOUGH, FEWEST = 30, 10
"""With fewer learners than these, figures are for orientation only; nothing is concluded."""
TOO_EASY, TOO_HARD = 0.95, 0.25
LEAST_DISCRIMINATION = 0.15
LEAST_CHOSEN = 0.05
LEAST_REVERSED = -0.1
MOST_OMITTED = 0.10
_FEWEST_OMITTED = 3
_WRONG_FOR_EACH = 2
"""So many learners must have been wrong for each distractor, before that nobody chose one says anything."""


class Fault(StrEnum):
    """What may be wrong with a question, the gravest first."""

    KEY = "答案可能有误"
    REVERSED = "区分度为负"
    LURING = "干扰项引走了高分的人"
    HARD = "太难"
    EASY = "太易"
    WEAK = "区分度低"
    UNUSED = "干扰项无人选"
    OMITTED = "漏答多"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question should be looked at, with the figures (Chinese)."""

    fault: Fault
    text: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """A question with its figures and what may be wrong with it."""

    figures: ItemStatistics
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of an exam. It holds no names, and nothing of single learners but their totals."""

    title: str
    total: float
    n: int
    items: tuple[Analysed, ...]
    forms: tuple[FormStatistics, ...]
    comparisons: tuple[Comparison, ...]
    waiting: tuple[Question, ...]
    cautions: tuple[str, ...]


def analyse(results: Results) -> Analysis:
    """Analyse the results of an exam."""
    tables, waiting = form_scores(results)
    forms = tuple(form_statistics(one) for one in tables)
    items = tuple(Analysed(one, tuple(reasons(one))) for one in item_statistics(tables))
    return Analysis(
        title=results.title,
        total=float(results.total),
        n=len(results.sittings),
        items=items,
        forms=forms,
        comparisons=tuple(comparisons(forms)),
        waiting=tuple(waiting),
        cautions=tuple(_cautions(forms, items, waiting)),
    )


def to_mend(analysis: Analysis) -> list[Analysed]:
    """List the questions that should be looked at, the gravest fault first."""
    order = {fault: place for place, fault in enumerate(Fault)}
    faulty = [one for one in analysis.items if one.reasons]
    return sorted(faulty, key=lambda one: (order[one.reasons[0].fault], one.figures.discrimination or 0.0))


def reasons(one: ItemStatistics) -> Iterator[Reason]:
    """Say what may be wrong with a question; nothing is said of one that too few answered."""
    if one.n < FEWEST:
        return
    yield from _of_key(one)
    yield from _of_level(one)
    r = one.discrimination
    if r is not None and LEAST_REVERSED <= r < LEAST_DISCRIMINATION and TOO_HARD <= one.difficulty <= TOO_EASY:
        yield Reason(Fault.WEAK, f"得分和总分几乎无关（{_signed(r)}）：看题意是不是含糊，考点是不是太偏。")
    unused = _unused(one)
    if unused:
        named = "、".join(f"“{_short(option.text)}”" for option in unused)
        yield Reason(Fault.UNUSED, f"选它的不到 5%：{named}。换成学员真会犯的错。")
    if one.omitted > MOST_OMITTED and one.omitted * one.n >= _FEWEST_OMITTED:
        yield Reason(Fault.OMITTED, f"{one.omitted:.0%} 的人没有作答：时间不够，还是看不懂题。")


def _of_key(one: ItemStatistics) -> Iterator[Reason]:
    keys = [option for option in one.options if option.is_key]
    luring = [option for option in one.options if not option.is_key and _is_luring(option, one.group)]
    best = max((option.upper or 0.0 for option in keys), default=0.0)
    suspect = [option for option in luring if (option.upper or 0.0) > best]
    is_reversed = one.discrimination is not None and one.discrimination < LEAST_REVERSED
    if suspect:
        worst = max(suspect, key=lambda option: option.upper or 0.0)
        said = f"高分组选“{_short(worst.text)}”的（{worst.upper:.0%}）比选答案的（{best:.0%}）还多：先核对答案和题干。"
        yield Reason(Fault.KEY, said)
    elif is_reversed:
        said = f"总分高的人在这一题上反而得分低（{_signed(one.discrimination)}）：核对答案，看题意有没有两解。"
        yield Reason(Fault.REVERSED, said)
    for option in luring:
        if option not in suspect:
            shares = f"高分组 {option.upper:.0%}，低分组 {option.lower:.0%}"
            yield Reason(Fault.LURING, f"“{_short(option.text)}”：{shares}。看它是不是也说得通。")


def _of_level(one: ItemStatistics) -> Iterator[Reason]:
    if one.difficulty > TOO_EASY:
        yield Reason(Fault.EASY, f"平均得分率 {one.difficulty:.0%}，分不出高低；要保底的题可以留。")
    guessed = 1 / len(one.options) if one.question.type in ("单选", "判断") and one.options else 0.0
    if one.difficulty < max(TOO_HARD, guessed):
        than = "，和乱猜差不多" if one.difficulty <= guessed else ""
        yield Reason(Fault.HARD, f"平均得分率只有 {one.difficulty:.0%}{than}：是没有教，还是题目刁难。")


def _is_luring(option: OptionUse, group: float) -> bool:
    # A lean of one learner is chance.
    return option.lean is not None and option.lean * group > 1 and option.share >= LEAST_CHOSEN


def _unused(one: ItemStatistics) -> list[OptionUse]:
    distractors = [option for option in one.options if not option.is_key]
    wrong = sum(option.count for option in distractors)
    if one.question.type == "判断" or wrong < _WRONG_FOR_EACH * len(distractors):
        return []
    return [option for option in distractors if option.share < LEAST_CHOSEN]


def _short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:15]}…"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("-", "−")


def _cautions(forms: Sequence[FormStatistics], items: Sequence[Analysed], waiting: Sequence[Question]) -> Iterator[str]:
    fewest = min((one.figures.n for one in items), default=0)
    if fewest < ENOUGH:
        yield (
            f"有的题只有 {fewest} 人答过。不到 {ENOUGH} 人，所有数字只作参考：多考几次，按题号合起来看，再决定改不改。"
            f"不到 {FEWEST} 人的题不下结论。"
        )
    if waiting:
        yield f"有 {len(waiting)} 题还没有评完，没有算进去，总分也不含它们。评完再分析一次。"
    if sum(form.n > 0 for form in forms) > 1:
        yield "比较各套卷，要看谁答哪一套：不是随机分发的，分数不同也可能是人不同，不是卷不同。"
    yield "区分度、信度说的是这一次的这些人。答案错没错、该不该考，还要人来看。"

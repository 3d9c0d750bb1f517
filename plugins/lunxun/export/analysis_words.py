"""What the figures of an analysis mean, in plain Chinese: the same words on the page and in the Excel file."""

from __future__ import annotations

from lunxun.quiz.form_statistics import Comparison, FormStatistics
from lunxun.quiz.mending import ENOUGH
from lunxun.quiz.results import Question

TERMS = (
    ("难度", "平均得分率，0 到 1，越大越容易。"),
    ("区分度", "这一题的得分与其余各题总分的相关，−1 到 1。0.3 以上好，0.15 以下要看，负的先核对答案。区间是 95% 的。"),
    ("D", "总分最高的 27% 与最低的 27% 在这一题上的得分率之差；边上同分的人按份额算。"),
    ("漏答", "没有作答的人所占的比例；纸笔的主观题不知道，按作答算。"),
    ("α", "克龙巴赫系数：全卷各题说的是不是一回事。0.7 以上可以用来比较个人。"),
    ("KR-20", "只看对错分明的题（单选、多选、判断、排序）的同一种系数。"),
    ("标准误", "一个人的总分因偶然会上下浮动多少，多半在一个标准误以内。"),
    ("效应量 g", "两套卷的平均分差几个标准差（小样本校正）：0.2 小，0.5 中，0.8 大。"),
)


def number(value: float | None, digits: int = 2) -> str:
    """Write a figure, with a true minus; a dash where there is none."""
    if value is None:
        return "—"
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else text.removeprefix("-")


def percent(value: float | None) -> str:
    """Write a share; a dash where there is none."""
    return "—" if value is None else f"{value:.0%}".replace("-", "−")


def places(question: Question) -> str:
    """Say where a question stands in the forms."""
    return "、".join(f"{letter}{number}" for letter, number in sorted(question.numbers.items()))


def verdict(one: Comparison, forms: tuple[FormStatistics, ...]) -> str:
    """Say what a comparison of two forms means."""
    few = min(form.n for form in forms if form.letter in (one.one, one.other))
    lead = one.one if one.difference > 0 else one.other
    found = f"平均相差 {number(abs(one.difference), 1)} 分，{lead} 卷高"
    if one.p >= 0.05:
        told = f"{found}，没有超出偶然的范围（p={number(one.p, 3)}）。这不等于证明两套一样难"
    else:
        told = f"{found}，不像是偶然（p={number(one.p, 3)}，g={number(abs(one.g))}）。先看两组人是不是一样，再看题"
    return f"{told}；每套不到 {ENOUGH} 人，检验不出不大的差别，只作参考。" if few < ENOUGH else f"{told}。"

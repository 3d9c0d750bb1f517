"""The analysis of an exam as an Excel file. It holds no names."""

from __future__ import annotations

from lunxun.export.analysis_words import TERMS, places, verdict
from lunxun.export.option_words import warnings
from lunxun.export.workbook import Book, Page, Value
from lunxun.quiz.mending import Analysed, Analysis, to_mend

_WIDE = 10


def analysis_book(analysis: Analysis) -> bytes:
    """Write the analysis."""
    book = Book()
    _overview(book.sheet("概况", (22, *(14,) * 9)), analysis)
    page = book.sheet("该看的题", (6, 34, 12, 8, 8, 8, 100))
    page.row(1, ("序号", "题目编号", "题号", "题型", "难度", "区分度", "为什么"), "head")
    for row, one in enumerate(to_mend(analysis), 2):
        why = "\n".join(f"{reason.fault.value}：{reason.text}" for reason in one.reasons)
        page.row(row, (row - 1, *_head(one), _round(one.figures.difficulty), _round(one.figures.discrimination), why))
        page.fit(row, [(why, 100)])
    page.freeze(2, 3)
    _items(book.sheet("逐题", (34, 12, 8, 6, 8, 8, 8, 8, 8, 8, 60)), analysis)
    _options(book.sheet("选项", (34, 12, 8, 40, 6, 8, 8, 8, 8, 8, 24)), analysis)
    page = book.sheet("说明", (14, 110))
    for row, (term, text) in enumerate(TERMS, 1):
        page.row(row, (term, text))
    return book.data()


def _overview(page: Page, analysis: Analysis) -> None:
    page.say(1, f"{analysis.title} 试题分析", _WIDE, "bold")
    row = 2
    heads = ("卷", "人数", "题数", "满分", "平均分", "标准差", "最低", "最高", "α", "KR-20", "标准误")
    page.row(row, heads, "head")
    for form in analysis.forms:
        row += 1
        ends: tuple[Value, Value] = (min(form.totals), max(form.totals)) if form.totals else (None, None)
        figures = (_round(form.mean), _round(form.sd), *ends, _round(form.alpha), _round(form.kr20), _round(form.sem))
        page.row(row, (form.letter, form.n, form.questions, form.full, *figures))
    row += 2
    page.row(row, ("比较", "平均分之差", "95% 下限", "95% 上限", "t", "自由度", "p", "g"), "head")
    for one in analysis.comparisons:
        row += 1
        told = (one.difference, one.low, one.high, one.t, one.freedom, one.p, one.g)
        rounded = (_round(value, 3) for value in told)
        page.row(row, (f"{one.one} 卷与 {one.other} 卷", *rounded))
    row += 1
    words = [f"{one.one} 卷与 {one.other} 卷：{verdict(one, analysis.forms)}" for one in analysis.comparisons]
    words += [f"注意：{text}" for text in analysis.cautions]
    words += [f"没有评完：{places(question)} {question.id}" for question in analysis.waiting]
    for text in words:
        row += 1
        page.say(row, text, _WIDE)


def _items(page: Page, analysis: Analysis) -> None:
    heads = ("题目编号", "题号", "题型", "人数", "难度", "区分度", "区间下", "区间上", "D", "漏答", "题干")
    page.row(1, heads, "head")
    for row, one in enumerate(analysis.items, 2):
        figures = one.figures
        low, high = figures.interval or (None, None)
        told = (figures.difficulty, figures.discrimination, low, high, figures.d, figures.omitted)
        page.row(row, (*_head(one), figures.n, *(_round(value, 3) for value in told), figures.question.stem))
    page.freeze(2, 2)


def _options(page: Page, analysis: Analysis) -> None:
    heads = ("题目编号", "题号", "题型", "选项", "答案", "人数", "比例", "高分组", "低分组", "高低之差", "提醒")
    page.row(1, heads, "head")
    row = 1
    for one in analysis.items:
        for option in one.figures.options:
            row += 1
            shares = (option.share, option.upper, option.lower, option.lean)
            told = (option.text, "√" if option.is_key else "", option.count, *(_round(value, 3) for value in shares))
            page.row(row, (*_head(one), *told, "；".join(warnings(option))))
    page.freeze(2, 2)


def _head(one: Analysed) -> tuple[str, str, str]:
    question = one.figures.question
    return question.id, places(question), question.type


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)

"""The trainer's file of results: who got what, by section and by question, and who was refused. It holds names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lunxun.export.workbook import Book, Page, Value
from lunxun.quiz.answer_sheet import Learner
from lunxun.quiz.paper_set import PaperSet
from lunxun.quiz.results import Results, Scores
from lunxun.quiz.sittings import Refused

_WHO = ("考号", "姓名", "单位", "编号", "卷别", "来源")
_WAITING = "待阅"


def results_book(
    paper: PaperSet, results: Results, learners: Mapping[str, Learner], refused: Sequence[Refused], notes: Sequence[str]
) -> bytes:
    """Write the results; `learners` are by the number of the sitting. Nobody is ranked: rows go by number and name."""
    book = Book()
    sittings = sorted(results.sittings, key=lambda one: _place(learners[one.number]))
    _overview(book.sheet("成绩", (10, 12, 20, 14, 6, 6)), paper, sittings, learners)
    _by_question(book.sheet("逐题", (10, 12, 6)), results, sittings, learners)
    page = book.sheet("拒收", (50, 90))
    page.row(1, ("文件或行", "为什么没有计分"), "head")
    for row, one in enumerate(refused, 2):
        page.row(row, (one.name, one.reason))
    page = book.sheet("规则", (110,))
    for row, text in enumerate((*results.rules, *notes), 1):
        page.put(row, 1, text)
    return book.data()


def _place(learner: Learner) -> tuple[str, str, str]:
    return learner.number, learner.unit, learner.name


def _overview(page: Page, paper: PaperSet, sittings: Sequence[Scores], learners: Mapping[str, Learner]) -> None:
    sections = next(iter(paper.forms.values())).form.sections
    heads = [f"{section.type}\n{section.count * section.score:g}分" for section in sections]
    page.row(1, (*_WHO, *heads, "总分", "待阅\n题数", "用时\n（分）"), "head")
    page.fit(1, [(heads[0], len(heads[0]) * 2)])
    page.note(1, len(_WHO) + len(heads) + 3, "打开卷面的时间，学员的电脑说的，只供参考。")
    for row, one in enumerate(sittings, 2):
        places = {asking.asked.id: asking.place for asking in paper.forms[one.form].askings.values()}
        sums = [_sum(one, [name for name in one.answers if places[name] == place]) for place in range(len(sections))]
        minutes = None if one.seconds is None else round(one.seconds / 60, 1)
        page.row(row, (*_who(one, learners), *sums, _sum(one, list(one.answers)), one.open or None, minutes))
    page.freeze(2, 3)


def _who(one: Scores, learners: Mapping[str, Learner]) -> tuple[Value, ...]:
    learner = learners[one.number]
    return one.number, learner.name, learner.unit, learner.number, one.form, "机考" if one.is_screen else "纸笔"


def _sum(one: Scores, names: Sequence[str]) -> Value:
    points = [one.answers[name].points for name in names]
    known = [point for point in points if point is not None]
    if len(known) < len(points):
        return _WAITING
    return sum(known)


def _by_question(page: Page, results: Results, sittings: Sequence[Scores], learners: Mapping[str, Learner]) -> None:
    forms = sorted({letter for one in results.questions for letter in one.numbers})
    labels = ("题目编号", "题型", "满分", *(f"{letter} 卷题号" for letter in forms))
    for row, label in enumerate(labels, 1):
        page.put(row, 3, label, "head")
    page.row(len(labels), ("考号", "姓名", labels[-1]), "head")
    first = len(labels) + 1
    for column, question in enumerate(results.questions, 4):
        numbers = [question.numbers.get(letter, "") for letter in forms]
        for row, value in enumerate((question.id, question.type, question.score, *numbers), 1):
            page.put(row, column, value, "head")
        page.width(column, 12)
        for row, one in enumerate(sittings, first):
            scored = one.answers.get(question.id)
            if scored is not None:
                page.put(row, column, _WAITING if scored.points is None else scored.points)
    for row, one in enumerate(sittings, first):
        page.row(row, (one.number, learners[one.number].name, one.form))
    page.width(3, 12)
    page.freeze(first, 4)

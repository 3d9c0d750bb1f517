"""The sheet for those who mark free answers: one page a question, one row an answer, no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lunxun.export.workbook import Book, Page
from lunxun.quiz.grading import ToMark
from lunxun.quiz.marks import HEADINGS, ID_LABEL, RULE, SCORE_COLUMNS, is_apart, limit
from lunxun.quiz.paper_set import Asking

_WIDTHS = (12, 90, 8, 8, 8, 20)
_HELP = (
    "一题一张工作表，把所有人的这一题评完，再评下一题。考号是随机的，看不出是谁。",
    "得分写在“一评”。两个人评的，第二个人写在“二评”；也可以各拿一份文件，各写“一评”，最后用两次 --marks 合起来。",
    RULE,
    "标出颜色的行，是两人相差太大、还没有定分的。",
    "没有评的空着。不要改题目编号、考号和表头，不要写公式。",
    "用法：lunxun paper grade 试卷文件夹 …… --marks 本文件 -o 成绩",
)


def marking_book(groups: Mapping[str, Sequence[ToMark]]) -> bytes:
    """Write all answers to be marked, by question, with what was written beside them before."""
    book = Book()
    helping = book.sheet("说明", (100,))
    for row, text in enumerate(_HELP, 1):
        helping.put(row, 1, text)
    for place, (name, group) in enumerate(((name, group) for name, group in groups.items() if group), 1):
        _question(book.sheet(f"主观题{place} {group[0].asking.asked.type}", _WIDTHS), name, group)
    return book.data()


def _question(page: Page, name: str, group: Sequence[ToMark]) -> None:
    asking = group[0].asking
    row = 1
    for label, text in _head(name, group):
        page.put(row, 1, label, "bold" if label else "")
        page.put(row, 2, text)
        page.fit(row, [(text, _WIDTHS[1])])
        row += 1
    for point in asking.keyed.points:
        page.put(row, 1, "评分标准" if point is asking.keyed.points[0] else "", "bold")
        page.put(row, 2, point.text)
        page.put(row, 3, point.score)
        page.fit(row, [(point.text, _WIDTHS[1])])
        row += 1
    page.row(row, HEADINGS, "head")
    page.note(row, HEADINGS.index("定分") + 1, RULE)
    first = row + 1
    for one in group:
        row += 1
        _answer(page, row, one, asking.asked.score)
    _rules(page, (first, row), asking.asked.score)
    page.freeze(first, 2)


def _head(name: str, group: Sequence[ToMark]) -> list[tuple[str, str]]:
    asking: Asking = group[0].asking
    numbers = dict.fromkeys(f"{one.form} 卷第 {one.asking.number} 题" for one in group)
    return [
        (ID_LABEL, name),
        ("题号", "、".join(sorted(numbers))),
        *([("材料", asking.material)] if asking.material else []),
        ("题干", asking.asked.stem),
        ("满分", f"{asking.asked.score:g}"),
        ("参考答案", str(asking.keyed.key or "")),
    ]


def _answer(page: Page, row: int, one: ToMark, score: float) -> None:
    marked = one.marked
    page.put(row, 1, one.number)
    if not page.put(row, 2, one.text):
        page.note(row, 2, "太长或有放不下的字符，这里不全，看答卷原件。")
    for column, points in enumerate((*marked.scores, None, None)[:2], 3):
        page.put(row, column, points)
    page.put(row, 5, marked.decided)
    page.put(row, 6, "两人相差太大，要定分" if is_apart(marked, score) and not marked.note else marked.note)
    page.fit(row, [(one.text, _WIDTHS[1])])


def _rules(page: Page, rows: tuple[int, int], score: float) -> None:
    for column, heading in enumerate(HEADINGS, 1):
        if heading in SCORE_COLUMNS:
            page.points(column, rows, score)
    first = rows[0]
    apart = f"ABS($C{first}-$D{first})>{limit(score):g}"
    is_open = f'$E{first}=""'
    page.flag(rows, (1, len(HEADINGS)), f"AND(ISNUMBER($C{first}),ISNUMBER($D{first}),{apart},{is_open})")

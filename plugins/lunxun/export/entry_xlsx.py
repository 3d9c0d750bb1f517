"""The empty sheet of entries for answers on paper: a row a learner, a column a number of the form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from lunxun.export.workbook import Book, Page
from lunxun.quiz.answer_sheet import Learner, letters
from lunxun.quiz.entries import FORM, HEADINGS, SHEET
from lunxun.quiz.paper_set import Asking, PaperSet

_WIDTHS = (6, 12, 20, 12, 6)
_TITLE, _TYPES, _HEAD, _FIRST = 1, 2, 3, 4
_SPARE_ROWS = 20
_HOW = {
    "单选": "写一个字母",
    "多选": "写选了的字母，如 ACD；只选了一个也照写",
    "判断": "写 对 或 错",
    "填空": "几个空用分号（；）隔开，空着的写 -",
    "匹配": "依次写字母，如 BDA，空着的写 -",
    "排序": "照学员写的次序写字母",
    "简答": "写得分；还没有评的空着，由阅卷表评",
    "论述": "写得分；还没有评的空着，由阅卷表评",
}
_HELP = (
    "一名学员一行，卷别必填。同一学员不要登两次。",
    "照答题卡上写的登，不要替学员改。没有作答的格空着。登过的格不要用公式。",
    *(f"{name}：{how}。" for name, how in _HOW.items() if name != "论述"),
    "各卷题数、题型可能不同：看题号上的批注。卷上没有的题空着。",
    "整行没有作答的按缺考，不计入统计。",
    "用法：lunxun paper grade 试卷文件夹 --entries 本文件 -o 成绩",
)


def entry_sheet(paper: PaperSet, learners: Sequence[Learner]) -> bytes:
    """Write the sheet for these learners, who may have no names yet."""
    book = Book()
    page = book.sheet(SHEET, _WIDTHS)
    page.say(_TITLE, f"{paper.title} 登分表：怎样填，看“说明”和题号上的批注。", len(HEADINGS), "bold")
    page.row(_HEAD, HEADINGS, "head")
    page.note(_HEAD, HEADINGS.index(FORM) + 1, f"写 {'、'.join(paper.forms)}。")
    last = _FIRST + len(learners) + _SPARE_ROWS - 1
    page.choose(HEADINGS.index(FORM) + 1, (_FIRST, last), tuple(paper.forms), FORM)
    for column, number in enumerate(_numbers(paper), len(HEADINGS) + 1):
        by_form = {letter: one.askings[number] for letter, one in paper.forms.items() if number in one.askings}
        _column(page, column, number, by_form, last, is_in_all=len(by_form) == len(paper.forms))
    for row in range(_FIRST, last + 1):
        place = row - _FIRST
        learner = learners[place] if place < len(learners) else Learner()
        page.row(row, (place + 1 if place < len(learners) else None, learner.name, learner.unit), "")
        page.put(row, 4, learner.number, "text")
    page.freeze(_FIRST, len(HEADINGS) + 1)
    helping = book.sheet("说明", (100,))
    for row, text in enumerate(_HELP, 1):
        helping.put(row, 1, text)
    return book.data()


def _numbers(paper: PaperSet) -> list[str]:
    found = {asking.number for _, asking in paper.askings()}
    return sorted(found, key=lambda number: [int(part) for part in number.split("-")])


def _column(page: Page, column: int, number: str, by_form: dict[str, Asking], last: int, is_in_all: bool) -> None:
    asked = [asking.asked for asking in by_form.values()]
    types = list(dict.fromkeys(one.type for one in asked))
    page.put(_TYPES, column, "、".join(types), "grey")
    page.put(_HEAD, column, number, "head")
    told = {letter: _how(asking) for letter, asking in by_form.items()}
    if is_in_all and len(set(told.values())) == 1:
        page.note(_HEAD, column, next(iter(told.values())))
    else:
        page.note(_HEAD, column, "\n".join(f"{letter} 卷：{how}" for letter, how in told.items()))
    is_free = not any(asking.is_objective for asking in by_form.values())
    longest = max(len(one.blanks * "x") * 8 if one.type == "填空" else len(one.steps or one.lefts) for one in asked)
    page.width(column, max(6, longest))
    if is_free:
        page.points(column, (_FIRST, last), max(one.score for one in asked))
    elif len(types) == 1 and types[0] in ("单选", "多选", "判断"):
        page.choose(column, (_FIRST, last), _choices(types[0], max((letters(one) for one in asked), key=len)), types[0])
    if not is_free:
        for row in range(_FIRST, last + 1):
            page.put(row, column, None, "text")


def _choices(kind: str, signs: str) -> tuple[str, ...]:
    if kind != "多选":
        return tuple(signs)
    return tuple("".join(some) for size in range(1, len(signs) + 1) for some in combinations(signs, size))


def _how(asking: Asking) -> str:
    asked = asking.asked
    score = f"{asked.type}，{asked.score:g} 分。"
    if asked.type == "填空":
        return f"{score}{asked.blanks} 个空，{_HOW[asked.type]}。"
    signs = letters(asked)
    among = f"（{signs[0]}—{signs[-1]}）" if signs and asked.type != "判断" else ""
    return f"{score}{_HOW[asked.type]}{among}。"

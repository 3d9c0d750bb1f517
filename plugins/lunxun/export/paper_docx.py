"""A 试卷 as a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lunxun.export.docx_frame import HEI
from lunxun.export.docx_sheet import Sheet
from lunxun.export.paper_layout import Labelled, PaperView, Question
from lunxun.export.pieces import Line, Piece

_NUMBER, _PART, _LETTER = 2.0, 2.6, 1.5
Indents = dict[str, Any]
_TAB = Piece("text", "\t")


def paper_docx(view: PaperView) -> bytes:
    """Write a paper as the bytes of a .docx file."""
    sheet = Sheet(view.head, "试卷", view.print.size)
    sheet.top(view.head.about)
    sheet.score_table()
    sheet.notes(view.notes)
    for section in view.sections:
        sheet.heading(section.title, section.worth, section.instructions)
        for question in section.questions:
            if question.parts:
                _case(sheet, question, view)
            else:
                _asked(sheet, question, view, 0, _NUMBER)
    return sheet.data()


def _case(sheet: Sheet, question: Question, view: PaperView) -> None:
    head = (Piece("text", f"{question.label}\t"), Piece("strong", "阅读材料，回答问题。"))
    sheet.line(head, hanging=_NUMBER, before=0.5, keep_next=True, font=HEI)
    for line in question.stem:
        sheet.line(line, left=_NUMBER, first=2)
    for part in question.parts:
        _asked(sheet, part, view, 1, _PART)


def _asked(sheet: Sheet, question: Question, view: PaperView, left: float, wide: float) -> None:
    """Write a question; all but its last paragraph stay with the next where it must not be cut."""
    paragraphs = list(_paragraphs(question, view, left, wide))
    for place, (line, indents) in enumerate(paragraphs):
        is_last = place == len(paragraphs) - 1 and not _has_table(question, view)
        before = 0.0 if place else 0.45
        sheet.line(line, before=before, keep=question.keep, keep_next=question.keep and not is_last, **indents)
    if _has_table(question, view):
        _sides(sheet, question, left + wide)


def _paragraphs(question: Question, view: PaperView, left: float, wide: float) -> Iterator[tuple[Line, Indents]]:
    inner = left + wide
    for place, line in enumerate(question.stem or ((),)):
        if place:
            yield line, {"left": inner}
        else:
            yield (Piece("text", f"{question.label}\t"), *line), {"left": left, "hanging": wide}
    count = question.columns
    if count == 1:
        yield from (_one(option, inner) for option in question.options)
    else:
        step = (view.print.line - inner) / count
        tabs = [inner + step * column for column in range(1, count)]
        for at in range(0, len(question.options), count):
            yield _row(question.options[at : at + count]), {"left": inner, "tabs": tabs}
    if not _has_table(question, view):
        yield from (_one(side, inner, _PART) for side in question.lefts)
        yield from (_one(side, inner) for side in question.rights)


def _one(option: Labelled, left: float, wide: float = _LETTER) -> tuple[Line, Indents]:
    return (Piece("text", f"{option.label}\t"), *option.line), {"left": left, "hanging": wide}


def _row(options: Sequence[Labelled]) -> Line:
    pieces: list[Piece] = []
    for place, option in enumerate(options):
        pieces += [_TAB] if place else []
        pieces += [Piece("text", f"{option.label} "), *option.line]
    return tuple(pieces)


def _has_table(question: Question, view: PaperView) -> bool:
    return bool(question.lefts) and not view.print.large


def _sides(sheet: Sheet, question: Question, left: float) -> None:
    """Set both sides of a 匹配 beside each other, each side a cell, so that neither breaks the other's lines."""
    table = sheet.table(1, [sheet.width / 2] * 2, ruled=False)
    for cell, sides, wide in zip(table.rows[0].cells, (question.lefts, question.rights), (_PART, _LETTER), strict=True):
        for side in sides:
            line, indents = _one(side, left, wide)
            sheet.line(line, within=cell, **indents)
        cell._tc.remove(cell.paragraphs[0]._p)

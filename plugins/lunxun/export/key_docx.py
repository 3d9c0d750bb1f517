"""答案与评分标准 as a Word file."""

from __future__ import annotations

from collections.abc import Sequence

from lunxun.export.docx_frame import HEI, SONG
from lunxun.export.docx_sheet import Sheet
from lunxun.export.key_layout import KeyView, Marked, Remark, dotted
from lunxun.export.pieces import Piece

_SIZE = 10.5
_SHORT = 700
_ACROSS, _ACROSS_PARTS = 10, 5


def key_docx(view: KeyView) -> bytes:
    """Write keys and marking points as the bytes of a .docx file."""
    sheet = Sheet(view.head, "答案与评分标准", _SIZE, sealed=False)
    sheet.top((view.warning,))
    for section in view.sections:
        sheet.heading(section.title, section.worth, section.instructions)
        if section.brief:
            _brief(sheet, section.brief)
        for label, text in section.written:
            sheet.line((Piece("text", f"{dotted(label)}\t{text}"),), hanging=2.0)
        for one in section.marked:
            _marked(sheet, one)
    sheet.heading("解析与依据", "")
    _remarks(sheet, view.remarks)
    return sheet.data()


def _brief(sheet: Sheet, keys: Sequence[tuple[str, str]]) -> None:
    across = _ACROSS_PARTS if any(len(label) > 4 for label, _ in keys) else _ACROSS
    first = 14.0
    rest = (sheet.width - first) / across
    rows = [keys[at : at + across] for at in range(0, len(keys), across)]
    table = sheet.table(2 * len(rows), [first] + [rest] * across)
    # Cells of a table are looked up anew each time: once for all is much faster.
    cells = [list(row.cells) for row in table.rows]
    for place, row in enumerate(rows):
        for line, (name, texts) in enumerate((("题号", [one for one, _ in row]), ("答案", [one for _, one in row]))):
            target = cells[2 * place + line]
            sheet.fill(target[0], name, HEI, keep_next=not line)
            for cell, text in zip(target[1:], texts, strict=False):
                sheet.fill(cell, text, HEI if line else SONG)


def _marked(sheet: Sheet, one: Marked) -> None:
    sheet.text(f"{dotted(one.label)}（{one.score}分）", font=HEI, before=0.5, keep_next=True)
    if one.answer:
        sheet.text("参考答案", font=HEI, keep_next=True)
    for line in one.answer:
        sheet.text(line, after=0.2)
    if not one.points:
        return
    table = sheet.table(1 + len(one.points), [14, sheet.width - 32, 18])
    rows = (("序号", "得分点", "分值"), *((str(at), *point) for at, point in enumerate(one.points, 1)))
    for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            sheet.fill(cell, text, SONG if at else HEI, middle=place != 1)
    sheet.repeat_head(table)


def _remarks(sheet: Sheet, remarks: Sequence[Remark]) -> None:
    is_short = all(len(one.rationale) < _SHORT for one in remarks)
    table = sheet.table(1 + len(remarks), [20, 20, sheet.width - 40], whole=is_short)
    heads = ("题号", "答案", "解析与依据")
    for place, row in enumerate(table.rows):
        number, answer, why = row.cells
        if place == 0:
            for cell, text in zip((number, answer, why), heads, strict=True):
                sheet.fill(cell, text, HEI)
            continue
        one = remarks[place - 1]
        sheet.fill(number, one.label)
        sheet.fill(answer, one.answer)
        sheet.fill(why, one.rationale, middle=False)
        if one.basis:
            sheet.text(f"依据：{one.basis}", within=why, scale=0.92)
    sheet.repeat_head(table)

"""A 答题卡 as a Word file."""

from __future__ import annotations

from typing import Any

from lunxun.export.card_layout import Box, Bubbles, CardView, Written
from lunxun.export.docx_frame import HEI
from lunxun.export.docx_sheet import Sheet
from lunxun.export.key_layout import dotted
from lunxun.export.pieces import Piece
from lunxun.quiz.formats.office import office_module

_NUMBER, _BUBBLE = 2.4, 1.75
_PITCH = {False: 8.5, True: 12.0}  # from line to line, in millimetres


def card_docx(view: CardView) -> bytes:
    """Write an answer card as the bytes of a .docx file."""
    sheet = Sheet(view.head, "答题卡", view.print.size)
    sheet.top(())
    sheet.score_table()
    sheet.notes(view.notes)
    for section in view.sections:
        sheet.heading(section.title, section.worth)
        for block in section.blocks:
            if isinstance(block, Bubbles):
                _bubbles(sheet, block)
            elif isinstance(block, Written):
                _written(sheet, block)
            else:
                _box(sheet, block, view.print.large)
    return sheet.data()


def _bubbles(sheet: Sheet, block: Bubbles) -> None:
    width = sheet.width / block.most
    table = sheet.table(-(-len(block.groups) // block.across), [width] * block.across)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, group in zip(cells, block.groups, strict=False):
        empty = cell.paragraphs[0]._p
        for place, (label, letters) in enumerate(group, 1):
            wide = max(_NUMBER, len(label) * 0.62 + 0.4)
            tabs = [wide + at * _BUBBLE for at in range(len(letters))]
            text = "".join((label, *(f"\t[{one}]" for one in letters)))
            sheet.line(
                (Piece("text", text),),
                tabs=tabs,
                font=HEI,
                scale=0.95,
                within=cell,
                after=0.0 if place < len(group) else 0.2,
            )
        cell._tc.remove(empty)


def _written(sheet: Sheet, block: Written) -> None:
    for label, lines, ems in block.rows:
        # Wide blanks between unbreakable signs, so that a line stays with its own label.
        blanks = "　".join(f"{one}{'_' * (ems * 2)}" for one in lines)
        sheet.line((Piece("text", f"{dotted(label)}\t{blanks}"),), hanging=_NUMBER, before=0.5, keep=True)


def _box(sheet: Sheet, block: Box, large: bool) -> None:
    head = f"{dotted(block.label)}（{block.score}分）"
    sheet.line((Piece("text", head), Piece("end", "得分：________")), before=0.5, after=0.2, keep_next=True)
    docx = office_module("docx")
    table = sheet.table(block.lines, [sheet.width])
    for place, row in enumerate(table.rows, 1):
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = place < block.kept or None
        row.height = docx.shared.Mm(_PITCH[large])
        row.height_rule = docx.enum.table.WD_ROW_HEIGHT_RULE.EXACTLY
    _dot_inner_lines(table)


def _dot_inner_lines(table: Any) -> None:
    docx = office_module("docx")
    qn, make = docx.oxml.ns.qn, docx.oxml.OxmlElement
    borders = make("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = make(f"w:{side}")
        inner = side.startswith("inside")
        border.set(qn("w:val"), "dotted" if inner else "single")
        border.set(qn("w:sz"), "4" if inner else "6")
        border.set(qn("w:space"), "0")
        border.set(qn("w:color"), "808080" if inner else "000000")
        borders.append(border)
    # The schema wants borders after the width of the table and before its layout.
    table._tbl.tblPr.find(qn("w:tblW")).addnext(borders)

"""A printed sheet in Word: paragraphs, tables and the head that all sheets share, written through one small class."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from lunxun.export.archive import steady
from lunxun.export.docx_frame import HEI, SONG, framed, set_fonts
from lunxun.export.paper_layout import Head
from lunxun.export.pieces import BRACKETS, Line, Piece
from lunxun.quiz.formats.office import office_module

_NO_BREAK = "\u00a0"
_GAP = _NO_BREAK * 24  # six ems of the Latin font
_BRACKETS = f"（{_NO_BREAK * 6}）"
_WIDTHS = {True: 161.0, False: 170.0}  # of the text, in millimetres: with and without a seal


class Sheet:
    """A document that is written from top to bottom. Lengths are in ems of its type size."""

    def __init__(self, head: Head, kind: str, size: float, sealed: bool = True) -> None:
        self.head, self.kind, self.size = head, kind, size
        self.width = _WIDTHS[sealed]
        self.document = framed(head, kind, size, sealed)
        self._docx = office_module("docx")

    def data(self) -> bytes:
        """Give the finished file. After a last table Word wants a paragraph, which must not need a page of its own."""
        last = self.document.add_paragraph().paragraph_format
        last.line_spacing = self._docx.shared.Pt(1)
        target = io.BytesIO()
        self.document.save(target)
        return steady(target.getvalue())

    def points(self, ems: float) -> Any:
        """Turn ems into what python-docx takes."""
        return self._docx.shared.Pt(self.size * ems)

    def top(self, about: Iterable[str]) -> None:
        """Write title, kind and form, and a line below."""
        self.document.add_paragraph(self.head.title, style="Title")
        center = self._docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
        paragraph = self.text(f"{self.kind}（{self.head.form}）", font=HEI, scale=1.25, before=0.3, after=0.3)
        paragraph.alignment = center
        if shown := "　　".join(about):
            self.text(shown, before=0.2, after=0.4).alignment = center

    def heading(self, title: str, worth: str, instructions: str = "") -> None:
        """Write the head of a section; it stays with what follows."""
        self.document.add_heading(title + worth, level=1)
        if instructions:
            self.text(instructions, keep_next=True, after=0.2)

    def notes(self, notes: Sequence[str]) -> None:
        """Write the 注意事项."""
        if notes:
            self.text("注意事项", font=HEI, before=0.5, keep_next=True)
        for place, note in enumerate(notes, 1):
            self.line((Piece("text", f"{place}.\t{note}"),), hanging=1.6)

    def text(self, text: str, **how: Any) -> Any:
        """Write one run as a paragraph; see `line`."""
        return self.line((Piece("text", text),), **how)

    def line(
        self,
        line: Line,
        *,
        font: str = SONG,
        scale: float = 1.0,
        left: float = 0,
        hanging: float = 0,
        first: float = 0,
        tabs: Sequence[float] = (),
        before: float = 0,
        after: float = 0,
        keep_next: bool = False,
        keep: bool = False,
        within: Any = None,
    ) -> Any:
        """Write a paragraph, in the body or `within` a cell: it begins at `left`, further lines `hanging` more."""
        paragraph = (self.document if within is None else within).add_paragraph()
        form = paragraph.paragraph_format
        if left or hanging:
            form.left_indent = self.points(left + hanging)
        if hanging or first:
            form.first_line_indent = self.points(first - hanging)
        for tab in tabs:
            form.tab_stops.add_tab_stop(self.points(tab))
        if before:
            form.space_before = self.points(before)
        if after:
            form.space_after = self.points(after)
        form.keep_with_next, form.keep_together = keep_next or None, keep or None
        for piece in line:
            if piece.kind == "end":
                right = self._docx.enum.text.WD_TAB_ALIGNMENT.RIGHT
                form.tab_stops.add_tab_stop(self._docx.shared.Mm(self.width), right)
            self.run(paragraph, piece, font, scale)
        return paragraph

    def run(self, paragraph: Any, piece: Piece, font: str = SONG, scale: float = 1.0) -> None:
        """Write a run in fonts for both scripts."""
        text = {"gap": _GAP, "end": f"\t{piece.text}"}.get(piece.kind, piece.text)
        # Word breaks lines at wide spaces, and would tear brackets and blanks.
        run = paragraph.add_run(text.replace(BRACKETS, _BRACKETS))
        set_fonts(run._r.get_or_add_rPr(), HEI if piece.kind == "strong" else font, mixed=piece.kind != "gap")
        run.font.underline = piece.kind == "gap" or None
        if scale != 1:
            run.font.size = self.points(scale)

    def table(self, rows: int, widths: Sequence[float], ruled: bool = True, whole: bool = True) -> Any:
        """Add a table whose columns have these widths in millimetres; if `whole`, no page cuts one of its rows."""
        table = self.document.add_table(rows, len(widths), style="Table Grid" if ruled else "Normal Table")
        table.autofit = False
        mm = self._docx.shared.Mm
        for column, width in zip(table.columns, widths, strict=True):
            column.width = mm(width)
        for row in table.rows:
            if whole:
                row._tr.get_or_add_trPr().append(self._docx.oxml.OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = mm(width)
        return table

    def fill(
        self, cell: Any, text: str, font: str = SONG, middle: bool = True, scale: float = 1.0, keep_next: bool = False
    ) -> None:
        """Write a text into an empty cell."""
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.keep_with_next = keep_next or None
        if middle:
            paragraph.alignment = self._docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
        self.run(paragraph, Piece("text", text), font, scale)

    def repeat_head(self, table: Any) -> None:
        """Let the first row of a table stand on every page."""
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(self._docx.oxml.OxmlElement("w:tblHeader"))

    def score_table(self) -> None:
        """Write the table that markers fill in."""
        heads = [name for name, _ in self.head.scores]
        first = 18 if self.size < 14 else 24
        rest = (self.width - first) / (len(heads) + 1)
        rows = (
            ("题号", *heads, "总分"),
            ("满分", *(total for _, total in self.head.scores), self.head.total),
            ("得分", *[""] * (len(heads) + 1)),
            ("阅卷人", *[""] * (len(heads) + 1)),
        )
        table = self.table(len(rows), [first] + [rest] * (len(heads) + 1))
        scale = 0.95 if self.size < 14 else 0.75
        for place, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            for cell, text in zip(row.cells, texts, strict=True):
                self.fill(cell, text, SONG if place else HEI, scale=scale)
        self.repeat_head(table)

"""双向细目表 as an Excel file: the list of items, and a table of topics by levels whose sums are formulas over it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from lunxun.export.archive import steady
from lunxun.export.paper_layout import Head
from lunxun.export.paper_set import ITEM_COLUMNS, Listed
from lunxun.export.pieces import clean
from lunxun.quiz.formats.office import office_module
from lunxun.records.question import LEVELS

TABLE, LIST = "双向细目表", "逐题细目"
NO_TOPIC = "未分主题"
_FORMULA = ("=", "+", "-", "@")
_WIDTHS = (10, 34, 10, 16, 10, 8, 8, 20)
_FIRST = 4  # row of the table where topics begin
_MOST_CELL = 1000


def blueprint_xlsx(head: Head, items: Sequence[Listed]) -> bytes:
    """Write the table of a form as the bytes of an .xlsx file."""
    writer = _Writer(len(items) + 1)
    writer.list_items(items)
    topics = list(dict.fromkeys(one.topic or NO_TOPIC for one in items))
    levels = [*LEVELS, *(level for level in dict.fromkeys(one.level for one in items) if level not in LEVELS)]
    writer.table(f"{head.title}（{head.form}）双向细目表", topics, levels)
    writer.types(_FIRST + len(topics) + 4, list(dict.fromkeys(one.type for one in items)))
    return writer.data()


class _Writer:
    def __init__(self, last: int) -> None:
        self.openpyxl = office_module("openpyxl")
        self.book = self.openpyxl.Workbook()
        self.sheet = self.book.active
        self.sheet.title = TABLE
        self.listing = self.book.create_sheet(LIST)
        self.last = last
        styles = self.openpyxl.styles
        self.bold = styles.Font(name="黑体", bold=True)
        self.plain = styles.Font(name="宋体")
        side = styles.Side(style="thin")
        self.border = styles.Border(left=side, right=side, top=side, bottom=side)
        self.center = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.shade = styles.PatternFill("solid", fgColor="EEEEEE")

    def data(self) -> bytes:
        """Give the finished file."""
        for sheet in (self.sheet, self.listing):
            sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
            sheet.sheet_properties.pageSetUpPr = self.openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        self.book.properties.creator = ""
        target = io.BytesIO()
        self.book.save(target)
        return steady(target.getvalue())

    def list_items(self, items: Sequence[Listed]) -> None:
        """Write the list that all sums are taken over."""
        sheet = self.listing
        for column, (name, width) in enumerate(zip(ITEM_COLUMNS, _WIDTHS, strict=True), 1):
            self.head(sheet.cell(1, column), name)
            sheet.column_dimensions[self.letter(column)].width = width
        for row, one in enumerate(items, 2):
            cells: tuple[str | float, ...] = (
                one.label,
                one.id,
                one.type,
                one.topic or NO_TOPIC,
                one.level,
                one.difficulty,
                one.score,
                one.bank,
            )
            for column, value in enumerate(cells, 1):
                self.put(sheet.cell(row, column), value)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{self.letter(len(ITEM_COLUMNS))}{self.last}"
        sheet.print_title_rows = "1:1"

    def table(self, title: str, topics: Sequence[str], levels: Sequence[str]) -> None:
        """Write topics by levels, the questions and the points of each, and their sums."""
        sheet, columns = self.sheet, [*levels, "合计"]
        wide = 1 + 2 * len(columns)
        self.text(sheet.cell(1, 1), title)
        sheet.cell(1, 1).font, sheet.cell(1, 1).alignment = self.bold, self.center
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=wide)
        self.head(sheet.cell(2, 1), "主题")
        self.head(sheet.cell(3, 1), "")
        sheet.merge_cells(start_row=2, start_column=1, end_row=3, end_column=1)
        sheet.column_dimensions["A"].width = 20
        for place, level in enumerate(columns):
            column = 2 + 2 * place
            self.head(sheet.cell(2, column), level)
            self.head(sheet.cell(2, column + 1), "")
            sheet.merge_cells(start_row=2, start_column=column, end_row=2, end_column=column + 1)
            self.head(sheet.cell(3, column), "题数")
            self.head(sheet.cell(3, column + 1), "分值")
        for row, topic in enumerate(topics, _FIRST):
            self.head(sheet.cell(row, 1), topic)
            for place in range(len(levels)):
                column = 2 + 2 * place
                match = f"({self.range('D')}=$A{row})*({self.range('E')}={self.letter(column)}$2)"
                self.put(sheet.cell(row, column), f"=SUMPRODUCT({match})")
                self.put(sheet.cell(row, column + 1), f"=SUMPRODUCT({match}*{self.range('G')})")
            self.across(row, len(levels))
        self.sums(_FIRST + len(topics), len(columns))

    def across(self, row: int, levels: int) -> None:
        """Add up a row, the questions and the points."""
        for offset in (0, 1):
            cells = "+".join(f"{self.letter(2 + 2 * place + offset)}{row}" for place in range(levels))
            self.put(self.sheet.cell(row, 2 + 2 * levels + offset), f"={cells}")

    def sums(self, row: int, columns: int) -> None:
        """Add up the columns, and say what part of the paper each is."""
        self.head(self.sheet.cell(row, 1), "合计")
        self.head(self.sheet.cell(row + 1, 1), "占比")
        for place in range(columns):
            for column in (2 + 2 * place, 3 + 2 * place):
                name, total = self.letter(column), self.letter(2 * columns + column % 2)
                self.put(self.sheet.cell(row, column), f"=SUM({name}{_FIRST}:{name}{row - 1})")
                share = self.sheet.cell(row + 1, column)
                self.put(share, f"=IF({total}{row}=0,0,{name}{row}/{total}{row})")
                share.number_format = "0.0%"

    def types(self, row: int, types: Sequence[str]) -> None:
        """Write below how the paper is made up by type, and how hard it is."""
        sheet, end = self.sheet, row + len(types) + 1
        for column, name in enumerate(("题型", "题数", "分值", "占比", "平均难度"), 1):
            self.head(sheet.cell(row, column), name)
        for at, name in enumerate((*types, "合计"), row + 1):
            self.head(sheet.cell(at, 1), name)
            match = "1" if at == end else f"({self.range('C')}=$A{at})"
            points = f"SUMPRODUCT({match}*{self.range('G')})"
            hard = f"SUMPRODUCT({match}*{self.range('F')}*{self.range('G')})"
            count = f"SUM(B{row + 1}:B{end - 1})" if at == end else f"SUMPRODUCT({match}*1)"
            self.put(sheet.cell(at, 2), f"={count}")
            self.put(sheet.cell(at, 3), f"=SUM(C{row + 1}:C{end - 1})" if at == end else f"={points}")
            self.put(sheet.cell(at, 4), f"=IF(C${end}=0,0,C{at}/C${end})")
            self.put(sheet.cell(at, 5), f"=IF(C{at}=0,0,{hard}/C{at})")
            sheet.cell(at, 4).number_format, sheet.cell(at, 5).number_format = "0.0%", "0.00"

    def range(self, column: str) -> str:
        """Name a column of the list."""
        return f"'{LIST}'!${column}$2:${column}${self.last}"

    def letter(self, column: int) -> str:
        """Name a column by its number."""
        return str(self.openpyxl.utils.get_column_letter(column))

    def head(self, cell: Any, text: str) -> None:
        """Write a heading."""
        self.text(cell, text)
        cell.font, cell.border, cell.alignment, cell.fill = self.bold, self.border, self.center, self.shade

    def put(self, cell: Any, value: str | float) -> None:
        """Write a number, a formula of ours, or a text."""
        if isinstance(value, str) and not (value.startswith("=") and cell.parent is self.sheet):
            self.text(cell, value)
        else:
            cell.value = value
        cell.font, cell.border, cell.alignment = self.plain, self.border, self.center

    def text(self, cell: Any, text: str) -> None:
        """Write a text that stays text, whatever it begins with."""
        shown = clean(text).replace("\n", " ")[:_MOST_CELL]
        cell.value = shown
        cell.data_type = "s"
        if shown.startswith(_FORMULA):
            cell.quotePrefix = True

"""Findings about cells of the two sheets that a trainer fills in for grading: entries from paper, and marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from lunxun.findings import Finding, Place, RuleInfo, Severity
from lunxun.quiz.formats.workbook import Cell, problem_of_cell, text_of_cell
from lunxun.text.folding import fold_width

ENTRY = RuleInfo(
    "paper-entry",
    "登分表读得懂",
    "猜出来的作答会判错分，读不懂的一行不计分。",
    "照表头的批注改好这一格，再运行一次。",
)
MARK = RuleInfo(
    "paper-mark",
    "阅卷表读得懂",
    "猜出来的分数不可靠，读不懂的一格不算数。",
    "照表头的批注改好这一格，再运行一次。",
)
MARK_LEFT_OUT = RuleInfo(
    "paper-mark-left-out",
    "阅卷表里用不上的内容",
    "评了分而没有用上的，要让人知道。",
    "核对是不是这次考试的阅卷表。",
    Severity.WARNING,
)


@dataclass(slots=True)
class SheetPlaces:
    """Collects findings about the cells of one sheet of a file."""

    file: str
    sheet: str
    rule: RuleInfo
    findings: list[Finding] = field(default_factory=list)

    def say(self, row: int, column: int, message: str, remedy: str = "", rule: RuleInfo | None = None) -> str:
        """Add a finding about a cell, rows and columns counted from 1; give back what it says."""
        named = f"工作表“{self.sheet}”单元格 {column_letters(column)}{row}：{message}"
        self.findings.append((rule or self.rule).at(Place(self.file, row, column), named, remedy))
        return named

    def text(self, row: int, column: int, cell: Cell, is_narrow: bool = True) -> str | None:
        """Give what a cell says, without spaces around; nothing, and a finding, if it cannot be read."""
        problem = problem_of_cell(*cell)
        if problem is not None:
            self.say(row, column, *problem)
            return None
        text = text_of_cell(cell[0], "对", "错").strip()
        return fold_width(text) if is_narrow else text


def column_letters(column: int) -> str:
    """Name a column as spreadsheets do: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def cell_at(row: list[Cell], column: int) -> Cell:
    """Give a cell of a row, columns counted from 1; what is beyond the end is empty."""
    return row[column - 1] if column <= len(row) else (None, "n")


def points_in(text: str, most: float) -> float | str:
    """Read points: half points from 0 to the score; a text says in Chinese what is wrong."""
    try:
        points = float(text.removesuffix("分"))
    except ValueError:
        return f"“{text[:20]}”不是分数"
    if not 0 <= points <= most:
        return f"{text[:20]} 不在 0 到 {most:g} 之间"
    return points if (points * 2).is_integer() else f"{text[:20]} 不是半分的整数倍"

"""The 双向细目表 as an Excel file: its formulas are worked out here and compared with what `paper make` counted."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from lunxun.cli.main import main
from lunxun.export.paper_layout import head
from lunxun.export.paper_set import Listed, read_set
from tests.export.made_papers import made_form

openpyxl = pytest.importorskip("openpyxl")
from lunxun.export.blueprint_xlsx import LIST, TABLE, blueprint_xlsx  # noqa: E402

ROOT = Path(__file__).parents[2]
_PRODUCT = re.compile(r"=SUMPRODUCT\((.+)\)")
_EQUAL = re.compile(r"\('逐题细目'!\$(\w)\$2:\$\w\$(\d+)=\$?(\w+)\$?(\d+)\)")
_RANGE = re.compile(r"'逐题细目'!\$(\w)\$2:\$\w\$(\d+)")


def _sum(book: Any, formula: str) -> float:
    """Work out one SUMPRODUCT of the table."""
    inner = _PRODUCT.fullmatch(formula)
    assert inner
    listing, total = book[LIST], 0.0
    for row in range(2, listing.max_row + 1):
        worth = 1.0
        for factor in inner[1].split("*"):
            equal, plain = _EQUAL.fullmatch(factor), _RANGE.fullmatch(factor)
            if equal:
                assert int(equal[2]) == listing.max_row
                worth *= listing[f"{equal[1]}{row}"].value == book[TABLE][f"{equal[3]}{equal[4]}"].value
            else:
                assert plain
                worth *= listing[f"{plain[1]}{row}"].value
        total += worth
    return total


def test_sums_are_formulas_that_agree_with_the_table_of_paper_make(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    content = str(ROOT / "content")
    assert main(["paper", "make", "township-final", "--content", content, "--solver", "search", "-o", str(folder)]) == 0
    one = read_set(folder, "A")[0]
    assert one.items is not None
    book = openpyxl.load_workbook(io.BytesIO(blueprint_xlsx(head(one.form), one.items)))
    table = book[TABLE]
    with (folder / "table-a.csv").open(encoding="utf-8-sig", newline="") as file:
        counted = {row[0]: [float(cell) for cell in row[1:9]] for row in list(csv.reader(file))[1:-2]}
    rows = range(4, 4 + len(counted))
    worked = {table.cell(row, 1).value: [_sum(book, table.cell(row, at).value) for at in range(2, 10)] for row in rows}
    assert worked == counted
    last = 4 + len(counted)
    assert table.cell(last, 1).value == "合计"
    assert table.cell(last, 11).value == f"=SUM(K4:K{last - 1})"
    assert table.cell(4, 11).value == "=C4+E4+G4+I4"
    assert table.cell(last + 1, 3).value == f"=IF(K{last}=0,0,C{last}/K{last})"
    assert table.cell(last + 1, 2).value == f"=IF(J{last}=0,0,B{last}/J{last})"


def _item(**changes: Any) -> Listed:
    values = {"label": "1", "id": "q-1", "type": "单选", "topic": "支部", "level": "识记"}
    return Listed(**{**values, "difficulty": 2, "score": 1.5, "bank": "b", **changes})


def test_texts_that_look_like_formulas_stay_texts() -> None:
    items = [_item(topic="=1+1"), _item(topic="@x", level="-2"), _item(topic="\x00+3\n4")]
    book = openpyxl.load_workbook(io.BytesIO(blueprint_xlsx(head(made_form(title='=HYPERLINK("x")')), items)))
    cells = [book[LIST].cell(row, 4) for row in (2, 3, 4)] + [book[TABLE].cell(row, 1) for row in (1, 4, 5, 6)]
    assert [cell.data_type for cell in cells] == ["s"] * 7
    assert [cell.value for cell in cells[:3]] == ["=1+1", "@x", "+3 4"]


def test_levels_that_are_not_ours_and_items_without_a_topic_are_counted() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blueprint_xlsx(head(made_form()), [_item(topic=""), _item(level="创造")])))
    table = book[TABLE]
    assert [table.cell(2, at).value for at in (2, 4, 6, 8, 10, 12)] == ["识记", "理解", "应用", "分析", "创造", "合计"]
    assert table.cell(4, 1).value == "未分主题"
    assert _sum(book, table.cell(4, 3).value) == 1.5
    assert _sum(book, table.cell(5, 10).value) == 1


def test_the_same_items_give_the_same_bytes() -> None:
    first, again = (blueprint_xlsx(head(made_form()), [_item()]) for _ in range(2))
    assert first == again

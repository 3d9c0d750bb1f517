"""Figures of an indicator stand side by side, by region, the largest of each first."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.records.references import Key
from lunxun.site.comparison import Row, compare
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_tables import RecordTables
from tests.contents import edit

_MORE = """\
facts:
  - id: {id}
    label: 又一数
    value: {value}
    unit: {unit}
    indicator: grid-count
    source: {{id: src-hexi, line: 4}}
"""


def _rows(library: Library) -> tuple[Row, ...]:
    renderer = ProseRenderer(library)
    return compare(renderer.tables, renderer.shared(RecordTables).figures(Key("indicator", "grid-count")))


def _shown(rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    return [(row.region, row.fact.text) for row in rows]


def test_rows_stand_by_region(good_library: Library) -> None:
    rows = _rows(good_library)
    assert _shown(rows) == [("江南省 河西县", "320个"), ("江南省 河西县 河东镇", "45个")]
    assert [row.share for row in rows] == [1.0, pytest.approx(45 / 320)]


@pytest.mark.parametrize(
    ("value", "unit", "order"),
    [
        ("0.1", "万个", ["0.1万个", "45个"]),
        ("44", "个", ["45个", "44个"]),
        ("[40, 52]", "个", ["40—52个", "45个"]),
        ("45", "个", ["45个", "45个"]),
    ],
)
def test_the_largest_of_a_region_is_first_whatever_its_unit(
    good_content: Path, value: str, unit: str, order: list[str]
) -> None:
    edit(good_content, "cases/hedong-grid", "facts:\n", _MORE.format(id="a", value=value, unit=unit))
    rows = [row for row in _rows(load(good_content).library) if "河东" in row.region]
    assert [row.fact.text for row in rows] == order


def test_equal_figures_keep_a_certain_order(good_content: Path) -> None:
    edit(good_content, "cases/hedong-grid", "facts:\n", _MORE.format(id="z", value=45, unit="个"))
    rows = _rows(load(good_content).library)
    assert [row.fact.id for row in rows] == ["grids", "grids", "z"]


def test_figures_of_zero_have_no_share(good_content: Path) -> None:
    edit(good_content, "cases/hedong-grid", "value: 45", "value: 0")
    edit(good_content, "cases/hexi-grid", "value: 320", "value: 0")
    assert [row.share for row in _rows(load(good_content).library)] == [0.0, 0.0]


def test_a_figure_without_a_region_is_first(good_content: Path) -> None:
    edit(good_content, "practices/grid-yard", "sources:\n", _MORE.format(id="a", value=1, unit="个") + "sources:\n")
    assert _rows(load(good_content).library)[0].region == ""


def test_figures_of_hidden_records_are_left_out(good_content: Path) -> None:
    edit(good_content, "cases/hexi-grid", "state: 已审", "state: 待核")
    assert _shown(_rows(load(good_content).library)) == [("江南省 河西县 河东镇", "45个")]

"""A figure is written as the source writes it, and compared by what it amounts to."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lunxun.records.fact import Bound, Fact


def _fact(value: Any, unit: str = "个", bound: Any = None) -> Fact:
    return Fact.model_validate({"id": "a", "label": "数", "value": value, "unit": unit, "bound": bound})


_WITH_BOUND = {
    "约": "约15万人次",
    "近": "近15万人次",
    "不低于": "不低于15万人次",
    "不超过": "不超过15万人次",
    "至少": "至少15万人次",
    "超过": "超过15万人次",
    "余": "15余万人次",
    "多": "15多万人次",
    "以上": "15万人次以上",
    "以下": "15万人次以下",
    "左右": "15万人次左右",
}


def test_every_bound_is_written_where_chinese_writes_it() -> None:
    assert {bound: _fact(15, "万人次", bound).text for bound in get_args(Bound)} == _WITH_BOUND


@pytest.mark.parametrize(
    ("value", "unit", "bound", "text"),
    [
        (4039, "个", None, "4039个"),
        (0, "件", None, "0件"),
        (62.59, "%", None, "62.59%"),
        (98, "%", "以上", "98%以上"),
        (100, "个", "余", "100余个"),
        ([4, 5], "户", None, "4—5户"),
        ([0.5, 1.5], "万元", "约", "约0.5—1.5万元"),
        (4.0, "分", None, "4.0分"),
        (0.00001, "%", None, "0.00001%"),
        (10**15, "元", None, "1000000000000000元"),
    ],
)
def test_a_figure_is_written_out(value: Any, unit: str, bound: str | None, text: str) -> None:
    assert _fact(value, unit, bound).text == text


@given(st.integers(0, 10**15) | st.floats(0, 10**15).map(lambda value: round(value, 10)))
def test_a_number_is_written_so_that_it_reads_as_itself(value: float) -> None:
    written = _fact(value).number
    assert float(written) == value
    assert "e" not in written.lower()


@pytest.mark.parametrize(
    ("value", "unit", "magnitude"),
    [(3, "个", 3), (1.2, "万次", 12_000), (2, "亿元", 200_000_000), ([4, 5], "万元", 45_000), (7, "万", 70_000)],
)
def test_figures_are_compared_by_what_they_amount_to(value: Any, unit: str, magnitude: float) -> None:
    assert _fact(value, unit).magnitude == pytest.approx(magnitude)


@pytest.mark.parametrize("value", [-1, 10**16, True, "3", None, [5, 4], [4, 4], [1], [1, 2, 3], [-1, 2], ["1", 2], {}])
def test_what_is_no_figure_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        _fact(value)

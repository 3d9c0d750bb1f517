"""A date is known to the day, the month or the year, and exists."""

from __future__ import annotations

import calendar
import datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from lunxun.records.base import Review

_DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


def _read(value: Any) -> str:
    return Review.model_validate({"by": "编辑部", "on": value}).on


@given(_DAYS)
def test_every_day_is_a_date_and_so_are_its_month_and_year(day: datetime.date) -> None:
    text = day.isoformat()
    assert [_read(text), _read(text[:7]), _read(text[:4])] == [text, text[:7], text[:4]]
    assert _read(day.year) == text[:4]


@given(st.integers(1900, 2099), st.integers(0, 13), st.integers(0, 32))
@example(1900, 2, 29)
@example(2000, 2, 29)
@example(2024, 2, 29)
@example(2023, 2, 29)
def test_no_other_day_is(year: int, month: int, day: int) -> None:
    text = f"{year}-{month:02}-{day:02}"
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    if exists:
        assert _read(text) == text
    else:
        with pytest.raises(ValidationError):
            _read(text)


@pytest.mark.parametrize(
    "value",
    ["", "1899", "2100", "2023-8", "2023-08-1", "23-08-01", "2023/08/31", "2023年", "2023-08-31\n", " 2023", "２０２３",
     "2023-", "-2023", 23, 20230831, 2023.0, True, None],
)  # fmt: skip
def test_other_writings_are_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        _read(value)


@given(_DAYS, _DAYS)
def test_texts_of_dates_sort_by_time(one: datetime.date, other: datetime.date) -> None:
    assert (_read(one.isoformat()) < _read(other.isoformat())) == (one < other)

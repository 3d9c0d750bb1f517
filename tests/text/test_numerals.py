"""Arabic figures and numbers in characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.text.numerals import MAX_CHINESE, chinese_number, figures, numerals, to_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市1261個村、1,261個村", [("1261", 1261), ("1,261", 1261)]),
        ("62.59%的村年收益達10萬元以上", [("62.59%", 62.59), ("10萬", 100_000)]),
        ("發起活動約1.2萬次", [("1.2萬", 12_000)]),
        ("累计完成投资8000余万元", [("8000余万", 80_000_000)]),
        ("１２６１与６２．５９％", [("１２６１", 1261), ("６２．５９％", 62.59)]),
        ("制度49個,120名", [("49", 49), ("120", 120)]),
        ("100，261名", [("100", 100), ("261", 261)]),
        ("固定联系4-5户", [("4", 4), ("5", 5)]),
        ("“10+2”常态化", [("10", 10), ("2", 2)]),
        ("1亿人、5千万元、3百户", [("1亿", 100_000_000), ("5千万", 50_000_000), ("3", 3)]),
        ("每月20日、6个月、12年", [("20", 20), ("6", 6), ("12", 12)]),
        ("A4纸、N95口罩、没有数", []),
    ],
)
def test_figures_are_found_with_their_values(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(figure.text, figure.value) for figure in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("。2021年6月,全縣", "2021年6月"),
        ("了,2023年8月31日印发", "2023年8月31日"),
        ("确定2020年度五星级", "2020年度"),
        ("力争在10月底实现", "10月"),
        ("2020-04-13 09:49:41   来源", "2020-04-13 09:49:41"),
        ("规划(2023—2027年)", "2023—2027年"),
        ("２０２１年６月", "２０２１年６月"),
        ("上午8:30报到", "8:30"),
    ],
)
def test_a_date_is_one_figure_without_a_value(text: str, date: str) -> None:
    (figure,) = figures(text)
    assert (figure.text, figure.value, figure.is_date) == (date, None, True)


def test_only_the_year_of_an_issue_number_is_a_date() -> None:
    assert [(figure.text, figure.is_date) for figure in figures("2023年第8期")] == [("2023年", True), ("8", False)]


def test_numerals_are_bare_and_never_part_of_a_longer_number() -> None:
    assert [(one.value, one.end) for one in numerals("15万、1.2")] == [(15, 2), (1.2, 7)]


@given(st.text(alphabet=st.sampled_from("0123456789,.%万亿余年月日:-— 个112")))
def test_figures_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    end = 0
    for figure in figures(text):
        assert end <= figure.start < figure.end
        assert text[figure.start : figure.end] == figure.text
        assert figure.is_date == (figure.value is None)
        end = figure.end


@given(st.integers(0, 10**15 - 1))
def test_grouped_digits_are_one_number(number: int) -> None:
    assert [figure.value for figure in figures(f"共{number:,}个")] == [number]


def test_a_hostile_run_of_digits_is_read_without_an_error() -> None:
    assert len(figures("9" * 6000)) == 1


@given(st.integers(0, MAX_CHINESE - 1))
def test_chinese_numbers_come_back(number: int) -> None:
    assert chinese_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (110, "一百一十"),
        (202, "二百零二"),
        (1_001, "一千零一"),
        (10_010, "一万零一十"),
        (100_000, "十万"),
        (20_000_002, "二千万零二"),
    ],
)
def test_numbers_are_written_as_clauses_are(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [("一十二", 12), ("两百", 200), ("两", 2), ("两万两千", 22_000), ("一百十", 110), ("〇", 0), ("兩萬", 20_000)],
)
def test_common_variants_are_read(written: str, number: int) -> None:
    assert chinese_number(written) == number


@pytest.mark.parametrize(
    "written", ["", "百", "万", "二百五", "三十十", "一千五十", "两十", "十一百", "12", "一万万", "五级"]
)
def test_what_is_not_written_by_the_rules_is_no_number(written: str) -> None:
    assert chinese_number(written) is None


@pytest.mark.parametrize("number", [-1, MAX_CHINESE])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not in"):
        to_chinese(number)

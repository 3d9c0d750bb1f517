"""How a query of the command line is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.search.asked import MAX_LENGTH, MAX_WORDS, Filter, understand
from tests.search.indexes import NAMES


def words(query: str) -> list[str]:
    return [word.forms[0] for word in understand(query, NAMES).words]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("網格 党支部", ["网格", "党支部"]),
        ("网格　党支部", ["网格", "党支部"]),
        ("“网格 党支部”", ["网格 党支部"]),
        ('"网格 党支部" 村', ["网格 党支部", "村"]),
        ("＂网格 村＂", ["网格 村"]),
        ("「网格 村」 『党 员』", ["网格 村", "党 员"]),
        ("网格“党 员”", ["网格 党", "员"]),
        ("“网格 村", ["网格", "村"]),
        ("《条例》第十二条", ["条例 第十二条"]),
        ("http://a.cn", ["http   a cn"]),
        ("时间:9点", ["时间 9点"]),
        ("网格 网格 網格", ["网格"]),
        ("。。 ！", []),
        ("- 网格", ["网格"]),
    ],
)
def test_words(query: str, expected: list[str]) -> None:
    assert words(query) == expected


@pytest.mark.parametrize("minus", ["-", "－", "\u2212"])
def test_a_minus_before_a_word_or_phrase_excludes(minus: str) -> None:
    question = understand(f"网格 {minus}村 {minus}“党 员” 三-四", NAMES)
    assert [word.forms[0] for word in question.words] == ["网格", "三 四"]
    assert [word.forms[0] for word in question.excluded] == ["村", "党 员"]


def test_numbers_are_asked_for_in_every_safe_way() -> None:
    assert set(understand("两个", NAMES).words[0].forms) == {"两个", "二个", "2个"}
    assert understand("两委", NAMES).words[0].forms == ("两委",)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind:case", Filter("kind", ("case",))),
        ("类别：案例", Filter("kind", ("case",))),
        ("-kind:术语", Filter("kind", ("term",), True)),
        ("region:省", Filter("regions", ("jiangsu", "gansu"))),
        ("regions:盐城,gansu", Filter("regions", ("yancheng", "gansu"))),
        ("地区：“盐城市、江苏省”", Filter("regions", ("yancheng", "jiangsu"))),
        ("level:县", Filter("levels", ("county",))),
        ("year:2022、2023年", Filter("year", ("2022", "2023"))),
        ("kind:", None),
    ],
)
def test_classes(query: str, expected: Filter | None) -> None:
    question = understand(query, NAMES)
    assert question.filters == ((expected,) if expected else ())
    assert not question.warnings


def test_a_class_that_is_unknown_is_said_with_those_there_are() -> None:
    question = understand("region:火星", NAMES)
    assert question.filters == (Filter("regions", ()),)
    assert question.warnings == ("没有叫“火星”的地区。有：江苏省、盐城市、甘肃省。",)


def test_queries_are_bounded() -> None:
    long = understand("网" * (MAX_LENGTH + 1), NAMES)
    assert len(long.words[0].forms[0]) == MAX_LENGTH and "查询太长" in long.warnings[0]
    many = understand(" ".join(f"词{at}" for at in range(20)), NAMES)
    assert len(many.words) == MAX_WORDS and "词太多" in many.warnings[0]


@given(st.text(alphabet='网格 -"“”:：kind，*\0\x1b\ud800(', max_size=300))
def test_any_text_is_understood_somehow(query: str) -> None:
    question = understand(query, NAMES)
    for word in (*question.words, *question.excluded):
        assert all(form == form.strip() and form for form in word.forms)

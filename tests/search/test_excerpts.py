"""What is shown of a document, and what of it is marked."""

from __future__ import annotations

from lunxun.search.excerpts import Excerpt, Segment, excerpt, marked
from lunxun.search.suggest import suggest
from tests.search.indexes import document

FILLER = "此处写的是别的事情，" * 30


def shown(found: Excerpt) -> str:
    return "".join(segment.text for segment in found.segments)


def test_all_places_are_marked_and_the_text_stays_as_it_was() -> None:
    segments = marked("網格員在网格，格员", ["网格", "格员"])
    assert segments == (
        Segment("網格員", True),
        Segment("在", False),
        Segment("网格", True),
        Segment("，", False),
        Segment("格员", True),
    )


def test_the_stretch_with_the_words_is_cut_out() -> None:
    one = document("one", "题目", "摘要。", f"{FILLER}甲乙在前。{FILLER}甲乙和丙丁。{FILLER}")
    found = excerpt(one, [["甲乙"], ["丙丁"]])
    assert found.anchor == "p1" and "甲乙和丙丁" in shown(found) and "在前" not in shown(found)
    assert shown(found).startswith("……") and shown(found).endswith("……") and len(shown(found)) < 110


def test_the_part_that_holds_most_words_is_chosen_and_the_first_of_equals() -> None:
    one = document("one", "题目", "甲乙。", "丙丁。甲乙。", "甲乙。丙丁。")
    assert excerpt(one, [["甲乙"], ["丙丁"]]).anchor == "p1"
    assert excerpt(one, [["甲乙"]]).anchor == ""


def test_without_any_word_the_summary_is_shown() -> None:
    assert shown(excerpt(document("one", "题目", "摘要。", "正文。"), [["戊己"]])) == "摘要。"
    assert excerpt(document("none", "题目"), [["甲乙"]]) == Excerpt("", "", ())


def test_suggestions_sound_alike_or_differ_in_one_character() -> None:
    names = ["网格化管理", "三会一课", "四议两公开", "一肩挑", "网格员 工作"]
    assert suggest("网隔化", names) == ("网格化",)
    assert suggest("三会一刻", names) == ("三会一课",)
    assert suggest("四义两公开", names) == ("四议两公开",)
    assert suggest("一肩条", names) == ("一肩挑",)
    assert suggest("shyk", names) == ("三会一课",)
    assert suggest("wanggeh", names) == ("网格化",)
    assert suggest("全不相干", names) == suggest("网" * 500, names) == suggest("wg" * 50, names) == ()


def test_whole_names_are_suggested_before_parts_of_names() -> None:
    assert suggest("一肩条", ["一肩挡一肩挑", "甲一肩挡", "乙一肩挡", "一肩挑"])[0] == "一肩挑"

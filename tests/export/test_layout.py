"""How forms are laid out: numbers, rows of options, worth, what stays together; cards and keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.export import pieces
from lunxun.export.card_layout import Box, Bubbles, Written, card_view
from lunxun.export.key_layout import is_of, key_view
from lunxun.export.paper_layout import LARGE, NORMAL, Question, paper_view
from tests.export.made_papers import UNPRINTABLE, made_form, made_key, question, section


def _words(view_question: Question) -> str:
    return "".join(piece.text for line in view_question.stem for piece in line)


def test_sections_are_numbered_and_say_what_they_are_worth() -> None:
    view = paper_view(made_form(), NORMAL)
    assert [(one.title, one.worth) for one in view.sections[:4]] == [
        ("一、单项选择题", "（每小题2分，共6分）"),
        ("二、多项选择题", "（本题3分）"),
        ("三、判断题", "（每小题1分，共2分）"),
        ("四、填空题", "（本题2分）"),
    ]
    assert view.head.about == ("考试时间：90分钟", "满分：52分")
    assert [name for name, _ in view.head.scores] == list("一二三四五六七八九")


def test_options_stand_four_two_or_one_in_a_row() -> None:
    single = paper_view(made_form(), NORMAL).sections[0].questions
    assert [one.columns for one in single] == [4, 2, 1]
    assert [one.columns for one in paper_view(made_form(), LARGE).sections[0].questions] == [1, 1, 1]


@given(st.lists(st.text(st.sampled_from("党a甲1 ")), min_size=1, max_size=12), st.integers(10, 60))
def test_options_side_by_side_have_room(texts: list[str], line: int) -> None:
    count = pieces.columns(texts, line)
    assert count in (1, 2, 3, 4)
    assert count == 1 or max(map(pieces.ems, texts)) * count < line


def test_brackets_are_widened_and_added_where_an_answer_needs_them() -> None:
    sections = paper_view(made_form(), NORMAL).sections
    assert [_words(one) for one in sections[0].questions][::2] == ["短选项的题是（　　）。", "长选项的题。（　　）"]
    assert [one.stem[-1][-1].kind for one in sections[2].questions] == ["end", "end"]
    assert "（　　）" not in _words(sections[6].questions[0])


def test_blanks_parts_and_stress_are_told_apart() -> None:
    sections = paper_view(made_form(), NORMAL).sections
    assert [piece.kind for piece in sections[3].questions[0].stem[0]] == ["text", "gap", "text", "gap", "text"]
    case = sections[8].questions[0]
    assert [part.label for part in case.parts] == ["（1）", "（2）"]
    assert [_words(part)[-4:] for part in case.parts] == ["（2分）", "10分）"]
    assert [piece.kind for piece in case.stem[1]] == ["text", "strong", "text"]


def test_what_is_longer_than_half_a_page_may_be_cut() -> None:
    long = section("单选", 1, [question(1, "单选", 1, "长" * 2000, options=["甲", "乙"])])
    assert not paper_view(made_form(sections=[long]), NORMAL).sections[0].questions[0].keep
    assert all(one.keep for one in paper_view(made_form(), NORMAL).sections[0].questions)


def test_an_uneven_section_says_only_what_it_is_worth_in_all() -> None:
    uneven = section("简答", 5, [question(1, "简答", 5, "一。"), question(2, "简答", 2.5, "二。")])
    assert paper_view(made_form(sections=[uneven]), NORMAL).sections[0].worth == "（共7.5分）"


def test_a_card_has_a_place_for_every_answer() -> None:
    form = made_form()
    places: list[str] = []
    for one in card_view(form, NORMAL).sections:
        for block in one.blocks:
            if isinstance(block, Bubbles):
                places += [label for group in block.groups for label, _ in group]
            elif isinstance(block, Written):
                places += [label for label, _, _ in block.rows]
            else:
                places.append(block.label)
    assert [place.replace("（", "-").replace("）", "") for place in places] == [number for number, _ in form.answered()]


def test_a_card_groups_by_fives_and_gives_more_lines_for_more_points() -> None:
    many = section("单选", 1, [question(no, "单选", 1, "题（）", options=list("甲乙丙")) for no in range(1, 13)])
    free = section("论述", 1, [question(13, "简答", 4, "少"), question(14, "论述", 20, "多")])
    bubbles, *_ = card_view(made_form(sections=[many]), NORMAL).sections[0].blocks
    assert isinstance(bubbles, Bubbles)
    assert [len(group) for group in bubbles.groups] == [5, 5, 2]
    assert {letters for group in bubbles.groups for _, letters in group} == {("A", "B", "C")}
    few, more = card_view(made_form(sections=[free]), NORMAL).sections[0].blocks
    assert isinstance(few, Box)
    assert isinstance(more, Box)
    assert few.lines == few.kept < more.lines > more.kept


def test_a_key_tells_every_answer_and_what_it_rests_on() -> None:
    form = made_form()
    view = key_view(form, made_key(form), {"secret-basis": "某条例（2023版第五条）"})
    assert view.sections[0].brief == (("1", "B"), ("2", "B"), ("3", "B"))
    assert view.sections[3].written == (
        ("7", "（1）保密答案次（也可以写：保密写法）　（2）3（误差 0.5 以内）（各空可以互换）"),
    )
    assert view.sections[4].written == (("8", "（1）C　（2）A"),)
    assert view.sections[5].written == (("9", "C → A → B"),)
    assert view.sections[6].marked[0].points == (("保密要点", "6"),)
    assert [one.label for one in view.remarks][-2:] == ["12（1）", "12（2）"]
    assert {one.basis for one in view.remarks} == {"某条例（2023版第五条）"}


def test_a_key_of_another_form_is_not_its_key() -> None:
    form = made_form()
    assert is_of(made_key(form), form)
    assert not is_of(made_key(made_form(form="B")), form)
    assert not is_of(made_key(made_form(sections=made_form().model_dump(mode="json")["sections"][:3])), form)


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH")])
def test_letters_go_on_after_z(place: int, letter: str) -> None:
    assert pieces.letter(place) == letter


@given(st.text())
def test_nothing_unprintable_is_left(text: str) -> None:
    left = pieces.clean(text + UNPRINTABLE)
    assert pieces.clean(left) == left
    assert not set(left) & set(UNPRINTABLE)
    assert all(one == "\n" or one.isprintable() or one.isspace() or ord(one) > 127 for one in left)

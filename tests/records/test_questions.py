"""A bank holds nine types of questions; what is written wrongly is told at its place, in the words of its type."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.findings import Finding
from lunxun.library.load import load
from lunxun.library.questions import questions
from lunxun.records.bank import Bank
from lunxun.records.question_types import TYPES, Blank, CaseAnalysis, Choice, FillIn, Question, SingleChoice
from tests.contents import BANK, add_banks, edit, place_of


def _schema(content: Path, *pairs: tuple[str, str]) -> list[Finding]:
    add_banks(content)
    for old, new in pairs:
        edit(content, BANK, old, new)
    return [finding for finding in load(content).findings if finding.rule == "schema"]


def _bank(content: Path) -> Bank:
    add_banks(content)
    loaded = load(content)
    assert not loaded.findings
    ((_, bank),) = loaded.library.of(Bank)
    return bank


def _question(content: Path, name: str) -> Question:
    add_banks(content)
    return next(one.question for one in questions(load(content).library) if one.question.id == name)


def test_every_type_is_read(good_content: Path) -> None:
    bank = _bank(good_content)
    assert tuple(question.type for question in bank.questions) == TYPES
    assert [question.score for question in bank.questions] == [1, 2, 1, 2, 4, 3, 5, 15, 2]


@pytest.mark.parametrize(
    ("old", "new", "at", "message", "remedy"),
    [
        ("    type: 论述\n", "", "id: grid-bank-essay", "没有写题型", "案例分析"),
        ("type: 论述", "type: 作文", "id: grid-bank-essay", "没有题型“作文”", "只能是：单选、多选"),
        ("key: AC", "key: [A, C]", "[A, C]", "key 应是文字", ""),
        ("key: AC", "key: A、C", "A、C", "的写法“A、C”不对", ""),
        ("    key: 错", "    key: 错误", "错误", "不在可选之列", "只能是：对、错。"),
        ("[一名, 两名, 三名", "[一名, 2, 三名", "2, 三名", "options 应是文字", "加引号"),
        ("[few-hands]\n    difficulty: 4", "[]\n    difficulty: 4", "[]", "basis 太少：至少 1 项", ""),
        ("difficulty: 1", "difficulty: 6", "6\n", "difficulty 太大：至多 5", ""),
        ("share: 60", "share: 101", "101", "share 太大：至多 100", ""),
        ("extra: [流动", "extras: [流动", "extras", "不认识的字段 extras", "是不是 extra？"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    good_content: Path, old: str, new: str, at: str, message: str, remedy: str
) -> None:
    (finding,) = _schema(good_content, (old, new))
    assert finding.place == place_of(good_content, BANK, at)
    assert message in finding.message
    assert remedy in finding.remedy


def test_a_missing_field_is_named_in_the_words_of_its_type(good_content: Path) -> None:
    (finding,) = _schema(good_content, ("    key: [划定网格边界, 落实网格人员, 住户到院议事]\n", ""))
    assert finding.message == "缺少字段 key（答案）"
    (finding,) = [one for one in load(good_content).findings if one.rule == "schema"]
    assert finding.place == place_of(good_content, BANK, "id: grid-bank-order")


def test_a_case_holds_no_case(good_content: Path) -> None:
    (finding,) = _schema(
        good_content, ("      - id: grid-bank-case-mend\n        type: 判断", "      - id: x\n        type: 案例分析")
    )
    assert "没有题型“案例分析”" in finding.message
    assert "案例分析" not in finding.remedy


def test_blanks_have_one_form(good_content: Path) -> None:
    question = _question(good_content, "grid-bank-count")
    assert isinstance(question, FillIn)
    assert question.blanks == (
        Blank(accept=("${hexi-grid.grids}",), unit="个", tolerance=0),
        Blank(accept=("98%以上", "百分之九十八以上")),
    )


def test_options_have_names_that_outlive_shuffling(good_content: Path) -> None:
    question = _question(good_content, "grid-bank-steps")
    assert isinstance(question, Choice)
    assert question.option_ids == ("a", "b", "staff")
    assert question.option_texts[2] == "落实网格人员"
    assert question.keyed == (0, 2)


def test_the_score_of_a_case_is_that_of_its_parts(good_content: Path) -> None:
    question = _question(good_content, "grid-bank-case")
    assert isinstance(question, CaseAnalysis)
    assert question.score == sum(part.score for part in question.questions) == 2


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("下列说法不正确的是（）", "不正确"),
        ("不属于“四议”的一项是（）", "不属于"),
        ("下列说法错误的是（）", "错误"),
        ("下列做法有误的有（）", "有误"),
        ("基层不应承担（）", "不应"),
        ("每年集中培训不少于（）学时", None),
        ("不超过三个的是（）", None),
        ("对错误的做法，正确的处理是（）", None),
        ("不得由村民小组决定，应由谁决定（）", None),
    ],
)
def test_a_stem_that_asks_for_what_is_wrong_is_known(stem: str, word: str | None) -> None:
    question = SingleChoice(
        id="x",
        type="单选",
        stem=stem,
        options=("甲", "乙"),
        key="A",
        rationale="道理",
        basis=("x",),
        difficulty=1,
        level="识记",
    )
    assert (stem[slice(*question.negation)] if question.negation else None) == word


def test_a_path_leads_to_its_question(good_content: Path) -> None:
    bank = _bank(good_content)
    paths = [
        ("questions", 3, "stem"),
        ("questions", 8, "basis", 0),
        ("questions", 8, "questions", 1, "key"),
        ("title",),
    ]
    found = [bank.question_at(path) for path in paths]
    names = ["grid-bank-count", "grid-bank-case", "grid-bank-case-mend", None]
    assert [question.id if question else None for question in found] == names

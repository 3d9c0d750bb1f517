"""What the rules on questions make of figures, twins, wording and whole banks, beyond one example of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.checks.bank_counts import count
from lunxun.checks.question_figures import values
from lunxun.checks.question_form import same_text
from lunxun.library.load import load
from lunxun.library.questions import questions_of
from lunxun.records.bank import Bank
from tests.checks.made_questions import judgements, singles
from tests.contents import BANK, add_banks, append, edit, findings


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the good banks beside the good content."""
    add_banks(good_content)
    return good_content


def _rules(content: Path) -> set[str]:
    return {finding.rule for finding in findings(content)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("至少1次", 1),
        ("至少一次", 1),
        ("１２天", 12),
        ("十二天", 12),
        ("62.59%", 62.59),
        ("1.2万元", 12_000),
        ("1.2万元", 1.2),
        ("第十四条", 14),
        ("2023年8月", (2023, 8)),
        ("2018-10-28", (2018, 10, 28)),
    ],
)
def test_values_are_read_however_they_are_written(text: str, number: float | tuple[int, ...]) -> None:
    assert number in values(text)


@pytest.mark.parametrize("text", ["一名", "两名专职网格员", "1 名", "第5条说的那名", "“213”里的一名"])
def test_figures_that_the_basis_has_are_proven(content: Path, text: str) -> None:
    edit(content, BANK, "[一名, 两名", f"[{text}, 六名")
    assert "key-figure" not in _rules(content)


@pytest.mark.parametrize("text", ["9名", "2019年起一名", "1.5名", "${hexi-grid.staff}"])
def test_figures_that_the_basis_lacks_are_not(content: Path, text: str) -> None:
    edit(content, BANK, "[一名, 两名", f'["{text}", 六名')
    assert "key-figure" in _rules(content)


def test_a_date_is_proven_by_a_longer_one(content: Path) -> None:
    edit(content, BANK, "[一名, 两名", "[2023年3月, 六名")
    assert "key-figure" not in _rules(content)
    edit(content, BANK, "2023年3月", "2023年4月")
    assert "key-figure" in _rules(content)


def test_where_the_wrong_option_is_asked_for_its_figures_are_free(content: Path) -> None:
    edit(content, BANK, "每个网格至少有专职网格员（）", "下列说法 **不正确** 的是（）")
    edit(content, BANK, "[一名, 两名", "[至少9名, 六名")
    assert not {"key-figure", "negative-stem"} & _rules(content)


def test_old_wording_may_stand_in_a_distractor_but_not_in_the_key(content: Path) -> None:
    edit(content, BANK, "添置办公用房", "设综治网格")
    assert "old-wording" not in _rules(content)
    edit(content, BANK, "key: AC", "key: BC")
    assert "old-wording" in _rules(content)


def test_figures_of_questions_are_no_typed_figures(content: Path) -> None:
    edit(content, BANK, "四名]", "4名]")
    assert _rules(content) == set()


@pytest.mark.parametrize(
    "option",
    ["以上都对", "以上都不对", "以上皆是", "上述各项均正确", "都正确", "前两项都是", "A和B", "ABC", "所有选项都对"],
)
def test_options_about_options_are_found(content: Path, option: str) -> None:
    edit(content, BANK, "四名]", f"{option}]")
    assert "all-of-the-above" in _rules(content)


@pytest.mark.parametrize("option", ["三名以上", "以上一年度为准", "前两项工作的负责人", "AB岗", "各项制度", "都江堰"])
def test_options_that_only_sound_like_it_are_left_alone(content: Path, option: str) -> None:
    edit(content, BANK, "四名]", f"{option}]")
    assert "all-of-the-above" not in _rules(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("专职网格员（）", "专职网格员（ ）"),
        ("专职网格员（）", "专职网格员【】"),
        ("专职网格员（）", "专职网格员____"),
        ("专职网格员（）", "专职网格员（），共（）"),
        ("按照网格工作规定，每", "按照网格工作规定，，每"),
        ("stem: 按照", "stem: 3. 按照"),
        ("____ ，办结率", "（），办结率"),
        ("____ ，办结率", "______ ，办结率"),
        ("缓解人手不足。", "缓解人手不足（）"),
        ("四名]", "④四名]"),
        ("四名]", "，四名]"),
        ("right: 连心铃", "right: 连心铃；"),
    ],
)
def test_stray_punctuation_and_odd_answer_spaces_are_found(content: Path, old: str, new: str) -> None:
    edit(content, BANK, old, new)
    assert "question-punctuation" in _rules(content)


@given(st.permutations(["甲地", "乙地", "丙地", "丁地"]), st.sampled_from(["", " ", "。", "，"]))
def test_a_question_is_the_same_in_whatever_order_its_options_stand(order: list[str], mark: str) -> None:
    words = ["".join((text[0], mark, text[1])) for text in order]
    assert sorted(map(same_text, words)) == sorted(map(same_text, ["甲地", "乙地", "丙地", "丁地"]))


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ((" 谁来管这件事？（）", ["丙地", "甲 地", "乙地"], "B"), True),
        (("誰來管這件事（）", ["乙地", "甲地", "丙地"], "B"), True),
        (("谁来管这件事（）", ["乙地", "甲地", "丁地"], "B"), False),
        (("谁来管那件事（）", ["乙地", "甲地", "丙地"], "B"), False),
    ],
)
def test_twins_are_told_from_look_alikes(content: Path, other: tuple[str, list[str], str], is_same: bool) -> None:
    append(content, BANK, singles(("谁来管这件事（）", ["甲地", "乙地", "丙地"], "A"), other))
    assert ("same-question" in _rules(content)) is is_same


def test_a_retired_twin_does_not_count(content: Path) -> None:
    twins = singles(("谁管（）", ["甲", "乙", "丙"], "A"), ("谁管（）", ["丙", "乙", "甲"], "C"))
    retired = '  - id: made-single-0\n    retired: {on: "2024", why: 重复}\n'
    append(content, BANK, twins.replace("  - id: made-single-0\n", retired))
    assert "same-question" not in _rules(content)


def test_a_bank_is_counted_as_a_reader_would(content: Path) -> None:
    append(content, BANK, singles(("甲事（）", ["甲", "乙二", "丙"], "B"), ("乙事（）", ["甲", "乙", "丙三三"], "B")))
    append(content, BANK, judgements("丁事归村里管。", "?丁事归镇里管。"))
    library = load(content).library
    ((entry, bank),) = library.of(Bank)
    counts = count(library, questions_of(library, entry, bank))
    assert counts.types["单选"] == 4
    assert counts.total == sum(counts.levels.values()) == sum(counts.difficulties.values()) == 14
    assert {letter: chance.happened for letter, chance in counts.single_letters.items()} == {
        "A": 1,
        "B": 3,
        "C": 0,
        "D": 0,
    }
    assert counts.single_letters["D"].trials == 1
    assert counts.single_letters["A"].expected == pytest.approx(1 / 4 + 3 * 1 / 3)
    # 一名、两名… are of one length; 网格员多为兼职 is the longest of its question, 乙二 of the next, 丙三三 is wrong.
    assert (counts.longest_is_key.happened, counts.longest_is_key.trials) == (2, 3)
    assert counts.longest_run == 3
    assert (counts.true_statements.happened, counts.true_statements.trials) == (2, 4)


def test_hidden_distractors_of_matching_must_be_wrong(content: Path) -> None:
    edit(content, BANK, "[流动党校]", "[连心铃]")
    assert "option-repeats" in _rules(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[一名, 两名, 三名, 四名]", "[]"),
        ("[一名, 两名, 三名, 四名]", f"[{', '.join('甲乙丙丁戊己庚辛壬癸子丑寅')}]"),
        ("[划定网格边界, 落实网格人员, 住户到院议事]", "[]"),
        ('      - ["98%以上", 百分之九十八以上]', "      - []"),
        ("      - {left: 河东镇, right: 连心铃}\n", ""),
        ("key: AC", "key: JJ"),
        ("按照网格工作规定，每个网格至少有专职网格员（）。", "（"),
    ],
)
def test_odd_questions_are_findings_and_no_crash(content: Path, old: str, new: str) -> None:
    edit(content, BANK, old, new)
    assert _rules(content) & {"question-form", "quotes"}


def test_an_empty_bank_is_no_crash(content: Path) -> None:
    path = content.parent / "quizzes/banks/empty-bank.yml"
    path.write_text("title: 空\nsummary: 还没有题目的题库。\nquestions: []\n", encoding="utf-8")
    assert _rules(content) == set()

"""Questions are part of the Library: they have one id for life, and go stale with what they rest on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lunxun.checks.register import check
from lunxun.library.basis import basis_text, digest, is_confirmed
from lunxun.library.freshness import stale_links
from lunxun.library.impact import Target, links_to
from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.library.questions import PlacedQuestion, questions, questions_by_basis
from lunxun.library.said import said
from lunxun.records.references import Key
from tests.contents import BANK, add_banks, edit, findings, place_of

_RULES, _HEXI = "policies/grid-rules", "cases/hexi-grid"
_COUNTED = ("grid-bank-count",)


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the good banks beside the good content."""
    add_banks(good_content)
    return good_content


def _library(content: Path) -> Library:
    loaded = load(content)
    assert not loaded.findings, loaded.findings
    return loaded.library


def _placed(library: Library, name: str) -> PlacedQuestion:
    return next(one for one in questions(library) if one.question.id == name)


def _stale(content: Path) -> list[str]:
    library = _library(content)
    bank = library.entries[Key("bank", "grid-bank")].record
    found = (stale.link for stale in stale_links(library) if stale.link.source.kind == "bank")
    return sorted({question.id for link in found if (question := bank.question_at(link.path))})  # type: ignore[attr-defined]


def test_the_good_banks_are_clean(content: Path) -> None:
    assert findings(content) == ()


def test_banks_stand_beside_the_content_or_where_one_says(content: Path, tmp_path: Path) -> None:
    count = len(list(questions(load(content).library)))
    elsewhere = shutil.move(content.parent / "quizzes", tmp_path / "elsewhere")
    assert list(questions(load(content).library)) == []
    assert len(list(questions(load(content, quizzes=Path(elsewhere)).library))) == count == 11


def test_a_bank_is_no_record_of_the_content_folder(content: Path) -> None:
    shutil.copytree(content.parent / "quizzes/banks", content / "banks")
    (content.parent / "quizzes/notes.txt").write_text("x", encoding="utf-8")
    assert {finding.place.file for finding in findings(content)} == {"content/banks", "quizzes/notes.txt"}


def test_an_id_is_unique_over_all_banks_and_cases(content: Path) -> None:
    banks = content.parent / "quizzes/banks"
    shutil.copy(banks / "grid-bank.yml", banks / "second-bank.yml")
    edit(content, BANK, "id: grid-bank-case-mend", "id: grid-bank-why")
    found = [finding for finding in load(content).findings if finding.rule == "id"]
    assert place_of(content, BANK, "grid-bank-why\n        type: 判断") in [finding.place for finding in found]
    assert len(found) == 1 + 10  # one id of the second bank is still free


@pytest.mark.parametrize(
    ("enemy", "is_known"), [("grid-bank-why", True), ("grid-bank-order", False), ("no-such", False)]
)
def test_enemies_are_other_questions(content: Path, enemy: str, is_known: bool) -> None:
    edit(content, BANK, "    key: [划定网格边界", f"    enemies: [{enemy}]\n    key: [划定网格边界")
    found = [finding for finding in load(content).findings if finding.rule == "reference"]
    assert [finding.place for finding in found] == ([] if is_known else [place_of(content, BANK, f"{enemy}]")])


@pytest.mark.parametrize(
    ("basis", "message"),
    [
        ("hexi-grid.nothing", "没有编号为“nothing”的数据"),
        ("nowhere.grids", "没有编号为“nowhere”的记录"),
        ("grid-rules@2023#99", "没有登记第 99 条"),
        ("src-hexi", "是来源，这里要的是"),
        ("grid bank", "不是引用的写法"),
    ],
)
def test_a_basis_that_is_not_there_is_found(content: Path, basis: str, message: str) -> None:
    edit(content, BANK, "[hexi-grid, hedong-grid]", f"[{basis}]")
    (finding,) = load(content).findings
    assert finding.place == place_of(content, BANK, f"{basis}]")
    assert message in finding.message


def test_impact_names_the_questions(content: Path) -> None:
    library = _library(content)
    bank = library.entries[Key("bank", "grid-bank")].record
    target = Target(Key("policy", "grid-rules"), "2023", "5")
    links = [link for link in links_to(library, target) if link.source.kind == "bank"]
    assert [bank.question_at(link.path).id for link in links] == ["grid-bank-worker", "grid-bank-steps"]  # type: ignore[attr-defined]


def test_a_changed_fact_makes_its_questions_stale(content: Path) -> None:
    assert _stale(content) == []
    edit(content, _HEXI, "value: 320", "value: 321\n    changed_on: 2024-07")
    assert _stale(content) == ["grid-bank-count"]


def test_a_corrected_version_makes_its_questions_stale(content: Path) -> None:
    edit(content, _RULES, "issued: 2023\n", 'issued: 2023\n    changed_on: "2024-07"\n')
    assert _stale(content) == ["grid-bank-hours", "grid-bank-steps", "grid-bank-worker"]
    rules = {finding.rule for finding in check(load(content).library)}
    assert "fact-changed" in rules and "superseded" not in rules


def test_a_replaced_version_makes_its_questions_stale(content: Path) -> None:
    edit(content, BANK, "[grid-rules@2023#14-2]", "[grid-rules@2018]")
    assert _stale(content) == ["grid-bank-hours"]


@pytest.mark.parametrize(("reviewed", "is_stale"), [("2024-06-30", True), ("2024-07", False)])
def test_the_review_of_a_question_settles_it_for_this_one(content: Path, reviewed: str, is_stale: bool) -> None:
    edit(content, _HEXI, "value: 320", "value: 321\n    changed_on: 2024-07")
    edit(content, BANK, "[few-hands, grid-yard]", "[hexi-grid.grids]")
    review = f'    review: {{by: 编辑部, on: "{reviewed}"}}\n'
    edit(content, BANK, "  - id: grid-bank-pairs\n", review + "  - id: grid-bank-pairs\n")
    assert _stale(content) == ["grid-bank-case-mend", *(_COUNTED if is_stale else ())]


def test_the_review_of_a_bank_settles_it_for_all(content: Path) -> None:
    edit(content, _HEXI, "value: 320", "value: 321\n    changed_on: 2024-07")
    edit(content, BANK, "topics: [grid, training]", 'review: {by: 编辑部, on: "2024-08"}\ntopics: [grid, training]')
    assert _stale(content) == []


def test_the_review_of_a_part_settles_it_for_the_part(content: Path) -> None:
    edit(content, _HEXI, "value: 320", "value: 321\n    changed_on: 2024-07")
    edit(content, BANK, "[few-hands, grid-yard]", '[hexi-grid.grids]\n        review: {by: 编辑部, on: "2024-08"}')
    assert _stale(content) == ["grid-bank-count"]


def test_topics_come_from_the_case_or_the_bank_where_a_question_has_none(content: Path) -> None:
    assert _placed(_library(content), "grid-bank-case-mend").topics == ("grid", "training")
    edit(content, BANK, "case: hedong-grid", "case: hedong-grid\n    topics: [grid]")
    assert _placed(_library(content), "grid-bank-case-mend").topics == ("grid",)


def test_what_waits_or_is_retired_is_not_open(content: Path) -> None:
    edit(content, BANK, "case: hedong-grid", "case: hedong-grid\n    state: 待核")
    edit(content, BANK, "key: AC", 'key: AC\n    retired: {on: "2024", why: 太容易}')
    closed = {one.question.id for one in questions(_library(content)) if not one.is_open}
    assert closed == {"grid-bank-steps", "grid-bank-case", "grid-bank-case-cause", "grid-bank-case-mend"}


def test_records_know_what_is_asked_of_them(content: Path) -> None:
    def asked() -> list[str]:
        found = questions_by_basis(_library(content)).get(Key("policy", "grid-rules"), ())
        return [placed.question.id for placed in found]

    assert asked() == ["grid-bank-worker", "grid-bank-steps", "grid-bank-hours"]
    edit(content, BANK, "key: AC", "key: AC\n    state: 待核")
    assert asked() == ["grid-bank-worker", "grid-bank-hours"]
    edit(content, BANK, "audiences:", "use: 考试\naudiences:")
    assert asked() == []


def test_a_bank_for_exams_is_hidden(content: Path) -> None:
    assert not _library(content).entries[Key("bank", "grid-bank")].is_hidden
    edit(content, BANK, "audiences:", "use: 考试\naudiences:")
    assert _library(content).entries[Key("bank", "grid-bank")].is_hidden


def test_prose_is_read_with_its_figures_and_names(content: Path) -> None:
    prose = "共${grids}，见[[grid-yard]]和[[grid-rules@2023#5|第五条]]，${none}"
    text = said(_library(content), Key("case", "hexi-grid"), prose)
    assert text == "共320个，见一格一院和第五条，${none}"


def test_a_basis_says_what_its_target_says_and_no_more(content: Path) -> None:
    library = _library(content)
    (clause,) = _placed(library, "grid-bank-hours").basis
    text = basis_text(library, clause)
    assert "网格员每年参加集中培训" in text
    assert "32学时" in text
    assert "专职网格员" not in text  # another article
    fact, rate = _placed(library, "grid-bank-count").basis
    assert basis_text(library, fact) == "网格数，320个，全县"
    assert "98%以上" in basis_text(library, rate)


def test_the_digest_follows_the_wording_of_the_basis_only(content: Path) -> None:
    def now() -> str:
        library = _library(content)
        return digest(library, _placed(library, "grid-bank-why").basis)

    before = now()
    edit(
        content, "practices/grid-yard", "topics: [grid]", "topics: [grid]\nstate: 已审\nreview: {by: 编辑部, on: 2024}"
    )
    assert now() == before
    edit(content, "practices/grid-yard", "一格配一名网格员", "一格配两名网格员")
    assert now() != before


def test_unconfirmed_clauses_and_hidden_records_prove_nothing(content: Path) -> None:
    library = _library(content)
    assert all(is_confirmed(library, link) for one in questions(library) for link in one.basis)
    edit(content, "problems/few-hands", "topics: [grid]", "topics: [grid]\nstate: 待核")
    library = _library(content)
    (link,) = _placed(library, "grid-bank-essay").basis
    assert not is_confirmed(library, link)

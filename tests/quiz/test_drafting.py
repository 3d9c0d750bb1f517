"""Drafts are the same every time, rest on what they name, and breach no rule; they wait for an editor."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from environment import ROOT
from lunxun.checks.register import check
from lunxun.findings import Severity, in_order
from lunxun.library.impact import Target, find_target
from lunxun.library.library import Library
from lunxun.library.load import Loaded, load
from lunxun.library.questions import questions
from lunxun.quiz.chance import number, shuffled
from lunxun.quiz.draft import MAX_ID, question_id
from lunxun.quiz.drafting import RULES, as_bank, make_drafts
from lunxun.quiz.figures import changed, wrong_values
from lunxun.records.question_types import Judgement, SingleChoice
from tests.contents import edit


@pytest.fixture(scope="module")
def library() -> Library:
    """Load the content of the project, without its banks."""
    return load(ROOT / "content", quizzes=ROOT / "no-such-folder").library


def _with_drafts(folder: Path, content: Path, text: str) -> Loaded:
    banks = folder / "quizzes/banks"
    banks.mkdir(parents=True, exist_ok=True)
    (banks / "drafts.yml").write_text(text, encoding="utf-8")
    return load(content, quizzes=folder / "quizzes")


@pytest.fixture(scope="module")
def drafted(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Read all drafts of the project's content as a bank."""
    return _with_drafts(tmp_path_factory.mktemp("all"), ROOT / "content", as_bank(library, make_drafts(library)))


def test_every_rule_drafts_something(library: Library) -> None:
    assert {draft.rule for draft in make_drafts(library)} == set(RULES)


def test_drafts_are_questions_without_errors(drafted: Loaded) -> None:
    found = in_order([*drafted.findings, *check(drafted.library)])
    of_drafts = [finding for finding in found if "drafts.yml" in finding.place.file]
    assert [finding for finding in of_drafts if finding.severity is Severity.ERROR] == []
    # What remains are matters of taste for the editor: a long option, two much alike.
    assert Counter(finding.rule for finding in of_drafts).total() < len(list(questions(drafted.library))) / 20


def test_no_learner_sees_a_draft(drafted: Loaded) -> None:
    placed = list(questions(drafted.library))
    assert len(placed) > 300
    assert not [one.question.id for one in placed if one.is_open or not one.entry.is_hidden]


def test_drafts_are_the_same_every_time(library: Library) -> None:
    again = load(ROOT / "content", quizzes=ROOT / "no-such-folder").library
    shuffled_entries = Library(
        again.taxonomy,
        dict(reversed(list(again.entries.items()))),
        tuple(reversed(again.links)),
        again.taxonomy_document,
    )
    text = as_bank(library, make_drafts(library))
    assert as_bank(again, make_drafts(again)) == text
    single = make_drafts(library, ["fact", "clause", "term"])
    assert as_bank(library, single) == as_bank(
        shuffled_entries, make_drafts(shuffled_entries, ["fact", "clause", "term"])
    )


def test_keys_stand_in_every_place(drafted: Loaded) -> None:
    asked = [one.question for one in questions(drafted.library)]
    letters = Counter(question.key for question in asked if isinstance(question, SingleChoice))
    assert set(letters) == set("ABCD")
    assert max(letters.values()) < 2 * min(letters.values())
    statements = Counter(question.key for question in asked if isinstance(question, Judgement))
    assert 0.35 < statements["对"] / statements.total() < 0.65


def test_drafts_on_one_thing_are_enemies(drafted: Loaded) -> None:
    placed = {one.question.id: one for one in questions(drafted.library)}
    by_basis: dict[tuple[object, ...], set[str]] = {}
    for name, one in placed.items():
        for link in one.basis:
            by_basis.setdefault((link.target, link.version, link.article, link.fact), set()).add(name)
    assert all(names - {name} <= set(placed[name].question.enemies) for names in by_basis.values() for name in names)


@pytest.mark.parametrize(
    "text",
    ["huangnan-grid", "huangnan-grid.grids", "petition-regulations@2022#34", "cadre-training-regulations@2023"],
)
def test_drafts_can_be_asked_for_by_what_they_rest_on(library: Library, text: str) -> None:
    target = find_target(library, text)
    assert isinstance(target, Target)
    drafts = make_drafts(library, target=target)
    assert drafts
    assert {link.target for draft in drafts for link in draft.basis} == {target.key}
    assert all(target.article in (None, link.article) for draft in drafts for link in draft.basis)


def test_drafts_can_be_asked_for_by_kind_and_rule(library: Library) -> None:
    assert {draft.rule for draft in make_drafts(library, kind="policy")} == {"clause", "clause-true"}
    assert {draft.rule for draft in make_drafts(library, ["steps"])} == {"steps"}
    assert make_drafts(library, ["steps"], kind="term") == ()


def test_what_a_bank_has_is_not_drafted_again(drafted: Loaded) -> None:
    assert make_drafts(drafted.library) == ()


def test_a_changed_basis_marks_the_draft(good_content: Path, tmp_path: Path) -> None:
    library = load(good_content).library
    text = as_bank(library, make_drafts(library))
    before = _with_drafts(tmp_path, good_content, text)
    assert "basis-changed" not in {finding.rule for finding in check(before.library)}
    edit(good_content, "cases/hexi-grid", "value: 320", "value: 330")
    after = _with_drafts(tmp_path, good_content, text).library
    changed_lines = {finding.place.line for finding in check(after) if finding.rule == "basis-changed"}
    on_grids = {one.place("origin").line for one in questions(after) if "hexi-grid-grids" in one.question.id}
    assert changed_lines == on_grids != set()


def test_hidden_records_and_old_versions_are_not_drafted_from(good_content: Path) -> None:
    edit(good_content, "cases/hexi-grid", "state: 已审", "state: 待核")
    drafts = make_drafts(load(good_content).library)
    assert not [draft.id for draft in drafts if "hexi-grid" in draft.id]
    assert not [link for draft in drafts for link in draft.basis if link.version == "2018"]


@given(st.text(max_size=200), st.integers(1, 1000))
def test_numbers_are_below_their_bound(seed: str, below: int) -> None:
    assert 0 <= number(seed, below) < below
    assert number(seed, below) == number(seed, below)


@given(st.text(max_size=10), st.lists(st.text(max_size=5), unique=True, max_size=8), st.randoms())
def test_an_order_does_not_depend_on_the_order_before(seed: str, items: list[str], chance: object) -> None:
    mixed = list(items)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert shuffled(seed, mixed) == shuffled(seed, items)
    assert sorted(shuffled(seed, items)) == sorted(items)


_VALUES = st.integers(3, 10**9) | st.decimals(1, 100, places=2).map(float)


@given(_VALUES, st.sampled_from(["%", "个", "万元"]))
def test_changed_figures_are_wrong_and_as_exact_as_the_right_one(right: float, unit: str) -> None:
    assume(unit != "%" or right <= 100)
    made = changed(right, unit)
    assert right not in made
    assert len(set(made)) == len(made)
    assert all(one > 0 and (unit != "%" or one <= 100) for one in made)
    assert all(isinstance(one, int) == isinstance(right, int) for one in made)
    assert all(len(str(one).partition(".")[2]) <= len(str(right).partition(".")[2]) for one in made)


@given(st.text(max_size=10), _VALUES, st.lists(st.integers(1, 10**6), max_size=5), st.sampled_from(["%", "个"]))
def test_wrong_figures_are_as_many_as_asked_for_where_there_are_enough(
    seed: str, right: float, others: list[int], unit: str
) -> None:
    assume(unit != "%" or right <= 100)
    pool = {*others, *changed(right, unit)} - {right}
    wrong = wrong_values(seed, right, [one for one in others if one != right], changed(right, unit), 3)
    assert right not in wrong
    assert len(set(wrong)) == len(wrong) == min(3, len(pool))


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_an_id_fits_and_is_its_own(name: str) -> None:
    made = question_id("fact", name)
    assert len(made) <= MAX_ID
    assert made == f"fact-{name}" or made.endswith(hashlib.sha256(f"fact-{name}".encode()).hexdigest()[:8])

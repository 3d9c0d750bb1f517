"""Nothing of a source is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.checks.coverage import SourceCoverage, Tally, coverage, coverage_findings
from lunxun.checks.coverage_names import phrase_key, title_key
from lunxun.checks.fact_proof import Outcome, prove
from lunxun.checks.source_texts import read_source_texts
from lunxun.findings import Severity
from lunxun.library.load import load
from tests.checks.small_library import RAW_FILE, Small, fact, reload, small_library, term, write

_PROJECT = Path(__file__).parents[2]


def test_figures_are_claimed_left_out_dated_or_missing(tmp_path: Path) -> None:
    small = small_library(
        tmp_path,
        "2021年6月,全縣204個村,183個村“1+6”\n全縣97名",
        [fact(204, "个")],
        figures_left_out=[{"line": 1, "text": "1+6", "reason": "名称"}],
    )
    figures = _only(small).figures
    assert (figures.total, figures.in_content, figures.left_out, figures.dates) == (6, 1, 2, 1)
    assert [(item.line, item.text) for item in figures.missing] == [(1, "183"), (2, "97")]


def test_a_fact_claims_only_the_line_and_the_words_that_prove_it(tmp_path: Path) -> None:
    small = small_library(tmp_path, "9個村、9人\n9個村", [fact(9, "个", line=1)])
    assert [(item.line, item.text) for item in _only(small).figures.missing] == [(1, "9"), (2, "9")]


def test_printed_words_claim_all_figures_in_them(tmp_path: Path) -> None:
    small = small_library(tmp_path, "市委常委“10+2”常態化", [fact(12, "人", printed="“10+2”")])
    assert _only(small).figures.missing == ()


def test_a_left_out_number_is_not_found_inside_a_longer_one(tmp_path: Path) -> None:
    small = small_library(tmp_path, "213人、13人", figures_left_out=[{"line": 1, "text": "13", "reason": "名称"}])
    assert [item.text for item in _only(small).figures.missing] == ["213"]


def test_figures_outside_the_body_do_not_count(tmp_path: Path) -> None:
    small_library(tmp_path, "浏览量 5\n全縣97名\n共有 0 条评论")
    path = tmp_path / "content/sources/src-a.yml"
    body = path.read_text(encoding="utf-8").replace("  - 1\n  - 3\n", "  - 2\n  - 2\n")
    path.write_text(body, encoding="utf-8")
    assert [item.text for item in _only(reload(tmp_path)).figures.missing] == ["97"]


def test_titles_are_known_by_a_policy_or_a_term_or_left_out(tmp_path: Path) -> None:
    small = small_library(
        tmp_path,
        "落實《關于新形勢下黨內政治生活的若干準則》\n《黨章》《習近平談治國理政》《條例(試行)》",
        titles_left_out=[{"line": 1, "text": "习近平谈治国理政", "reason": "著作"}],
    )
    write(tmp_path / "content/terms/rules.yml", term("准则", aliases=["《关于新形势下党内政治生活的若干准则》"]))
    write(tmp_path / "content/terms/charter.yml", term("条例"))
    titles = _only(reload(tmp_path)).titles
    assert small.findings == ()
    assert (titles.total, titles.in_content, titles.left_out) == (4, 2, 1)
    assert [item.text for item in titles.missing] == ["党章"]


def test_phrases_are_known_whatever_became_of_their_plus_and_quotes(tmp_path: Path) -> None:
    small_library(
        tmp_path,
        "拓展“1 X”黨性教育模式,“黨建聯盟 ”&ldquo;標準+示范&rdquo;“一盤棋”“号子”",
        phrases_left_out=[{"line": 1, "text": "一盘棋", "reason": "修辞"}],
    )
    write(tmp_path / "content/terms/one-x.yml", term("“1+X”党性教育", aliases=["1+X", "党建联盟", "标准示范"]))
    phrases = _only(reload(tmp_path)).phrases
    assert (phrases.total, phrases.in_content, phrases.left_out) == (5, 3, 1)
    assert [item.text for item in phrases.missing] == ["号子"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1 X", "1+X", True),
        ("1+6", "16", False),
        ("2 10", "2+10", True),
        ("黨建+", "党建", True),
        ("AB崗", "ab 岗", True),
    ],
)
def test_phrases_that_are_one_have_one_key(one: str, other: str, same: bool) -> None:
    assert (phrase_key(one) == phrase_key(other)) is same


def test_a_version_note_does_not_part_two_titles() -> None:
    notes = ("条例", "《条例》", "條例(试行)", "条例\uff08试行\uff09(2023年修订)", "条例〔2019〕", "条 例")
    assert {title_key(title) for title in notes} == {"条例"}
    assert title_key("(试行)") == "(试行)"


def test_findings_stand_in_the_source_and_name_the_lines(tmp_path: Path) -> None:
    small = small_library(tmp_path, "“一肩挑”《黨章》97名\n“一肩挑”")
    findings = coverage_findings(small.library, coverage(small.library, small.texts))
    assert [(finding.rule, finding.severity) for finding in findings] == [
        ("coverage-figure", Severity.WARNING),
        ("coverage-title", Severity.WARNING),
        ("coverage-phrase", Severity.NOTE),
    ]
    assert {finding.place.file for finding in findings} == {"content/sources/src-a.yml"}
    assert "第 1、2 行的引语“一肩挑”" in findings[2].message


def test_a_source_without_text_is_not_counted(tmp_path: Path) -> None:
    small_library(tmp_path, "97名")
    (tmp_path / "sources" / RAW_FILE).unlink()
    small = reload(tmp_path)
    assert coverage(small.library, small.texts) == ()


def test_totals_add_up() -> None:
    assert Tally(2, 1, 3, ()).total == 6


def test_no_fact_of_the_real_content_is_missing_from_its_source() -> None:
    """Look at the real sources where they lie beside the project; elsewhere there is nothing to assert."""
    folder = _PROJECT.parent / "shared/sources"
    if not folder.is_dir() or not (_PROJECT / "content/sources").is_dir():
        pytest.skip("the real sources are not here: nothing is asserted")
    library = load(_PROJECT / "content").library
    texts, _ = read_source_texts(folder, library)
    lost = [proof for proof in prove(library, texts) if proof.outcome in (Outcome.NOT_FOUND, Outcome.WRONG_BOUND)]
    assert lost == []


def _only(small: Small) -> SourceCoverage:
    (one,) = coverage(small.library, small.texts)
    return one

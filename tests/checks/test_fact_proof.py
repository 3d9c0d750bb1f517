"""Every fact is compared with the line that it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.checks.fact_match import matches
from lunxun.checks.fact_proof import Outcome, Proof, proof_findings, prove
from lunxun.findings import Finding, Severity
from lunxun.records.fact import Fact
from lunxun.text.folding import squeeze
from tests.checks.small_library import RAW_FILE, TERM, fact, reload, small_library

FOUND, NOT_FOUND, WRONG_BOUND = Outcome.FOUND, Outcome.NOT_FOUND, Outcome.WRONG_BOUND

_GRIDS = "全州共劃分網格4039個,配備網格員4763人、網格長975人"
_TRAINED = "線上線下培訓基層黨員15萬人次,發起活動約1.2萬次"
_INCOME = "62.59%的村年收益達10萬元以上"
_RATE = "召開率提高到98%以上,實(shí)現(xiàn)了"
_LEADERS = "每年按照不低于10%的比例"
_MONEY = "累计完成投资8000余万元"
_BRANCHES = "调研党支部100余个,指导提升"
_HOUSES = "固定联系4-5户困难农户"
_RECENT = "近两年新建、改扩建村级活动场所103个"
_LEVELS = "黨員中心戶五級責任網絡"
_CONTACT = "市委常委“10+2”常態化掛鉤"


@pytest.mark.parametrize(
    ("line", "entry", "outcome"),
    [
        (_GRIDS, fact(4039, "个"), FOUND),
        (_GRIDS, fact(4763, "人"), FOUND),
        (_GRIDS, fact(403, "个"), NOT_FOUND),
        (_GRIDS, fact(39, "个"), NOT_FOUND),
        (_GRIDS, fact(4039, "人"), NOT_FOUND),
        (_TRAINED, fact(15, "万人次"), FOUND),
        (_TRAINED, fact(15, "万人"), NOT_FOUND),
        (_TRAINED, fact(5, "万人次"), NOT_FOUND),
        (_TRAINED, fact(1.2, "万次", bound="约"), FOUND),
        (_TRAINED, fact(1.2, "万次"), WRONG_BOUND),
        (_TRAINED, fact(1.2, "万次", bound="近"), WRONG_BOUND),
        (_TRAINED, fact(15, "万人次", bound="约"), WRONG_BOUND),
        (_TRAINED, fact(2, "万次"), NOT_FOUND),
        (_INCOME, fact(62.59, "%"), FOUND),
        (_INCOME, fact(62, "%"), NOT_FOUND),
        (_INCOME, fact(10, "万元", bound="以上"), FOUND),
        (_INCOME, fact(10, "万元"), WRONG_BOUND),
        (_RATE, fact(98, "%", bound="以上"), FOUND),
        (_RATE, fact(98, "%"), WRONG_BOUND),
        (_LEADERS, fact(10, "%", bound="不低于"), FOUND),
        (_LEADERS, fact(10, "%"), WRONG_BOUND),
        (_MONEY, fact(8000, "万元", bound="余"), FOUND),
        (_MONEY, fact(8000, "万元"), WRONG_BOUND),
        (_BRANCHES, fact(100, "个", bound="余"), FOUND),
        (_BRANCHES, fact(100, "个"), WRONG_BOUND),
        (_BRANCHES, fact(100, "个", bound="多"), WRONG_BOUND),
        (_HOUSES, fact([4, 5], "户"), FOUND),
        (_HOUSES, fact([4, 6], "户"), NOT_FOUND),
        (_HOUSES, fact(5, "户"), NOT_FOUND),
        (_RECENT, fact(103, "个"), FOUND),
        (_RECENT, fact(2, "年", printed="近两年", bound="近"), FOUND),
        (_LEVELS, fact(5, "级", printed="五級"), FOUND),
        (_LEVELS, fact(4, "级", printed="五级"), NOT_FOUND),
        (_LEVELS, fact(5, "级"), NOT_FOUND),
        (_CONTACT, fact(12, "个", printed="10+2"), FOUND),
        (_CONTACT, fact(10, "个", printed="10+2"), FOUND),
        (_CONTACT, fact(7, "个", printed="10+2"), NOT_FOUND),
        ("全市1,261個村", fact(1261, "个"), FOUND),
        ("全市 1261 個村", fact(1261, "个"), FOUND),
        ("“2 10”例會", fact(210, "会"), NOT_FOUND),
        ("建立6个月、2个百分点", fact(6, "个"), NOT_FOUND),
        ("培训100余万人次", fact(100, "万人次", bound="余"), FOUND),
        ("培训15万余人次", fact(15, "万人次", bound="余"), FOUND),
        ("培训15万余人次", fact(15, "万人次"), WRONG_BOUND),
        ("节约10万元,签约2家", fact(10, "万元"), FOUND),
        ("节约10万元,签约2家", fact(2, "家"), FOUND),
        ("10%—20%、30%至40%、5～6户", fact([10, 20], "%"), FOUND),
        ("10%—20%、30%至40%、5～6户", fact([30, 40], "%"), FOUND),
        ("10%—20%、30%至40%、5～6户", fact([5, 6], "户"), FOUND),
        ("五級以上,約12萬余人", fact(12, "万人", printed="12萬余人", bound="余"), FOUND),
        ("五級以上,約12萬余人", fact(12, "万人", printed="12萬余人"), WRONG_BOUND),
        ("五級以上,約12萬余人", fact(5, "级", printed="五級"), WRONG_BOUND),
    ],
)
def test_a_line_proves_a_fact_or_does_not(tmp_path: Path, line: str, entry: dict[str, Any], outcome: Outcome) -> None:
    assert _proof(tmp_path, line, entry).outcome is outcome


def test_the_words_that_prove_are_those_of_the_cleaned_line(tmp_path: Path) -> None:
    proof = _proof(tmp_path, "涉惡?jiǎn)栴},全市 9 個(gè)村,9個(gè)", fact(9, "个"))
    assert [("涉恶问题,全市 9 个村,9个")[start:end] for start, end in proof.spans] == ["9 个", "9个"]


def test_a_figure_on_another_line_is_a_warning_that_names_the_line(tmp_path: Path) -> None:
    small = small_library(tmp_path, f"題\n{_GRIDS}\n{_GRIDS}", [fact(975, "人", line=1)])
    (proof,) = prove(small.library, small.texts)
    assert (proof.outcome, proof.lines) == (Outcome.ELSEWHERE, (2, 3))
    finding = _only(proof_findings(small.library, (proof,)))
    assert finding.severity is Severity.WARNING
    assert "第 2、3 行" in finding.remedy


def test_a_unit_of_nothing_visible_is_no_crash(tmp_path: Path) -> None:
    assert _proof(tmp_path, _GRIDS, fact(4039, "\u200b")).outcome is Outcome.FOUND


def test_a_line_beyond_the_text_is_no_crash(tmp_path: Path) -> None:
    assert _proof(tmp_path, _GRIDS, fact(975, "人", line=99)).outcome is Outcome.ELSEWHERE


def test_a_figure_nowhere_is_an_error_at_the_source_of_the_fact(tmp_path: Path) -> None:
    small = small_library(tmp_path, _GRIDS, [fact(4039, "个"), fact(976, "人")])
    finding = _only(proof_findings(small.library, prove(small.library, small.texts)))
    assert (finding.rule, finding.severity) == ("fact-proof", Severity.ERROR)
    assert finding.place == small.library.entries[TERM].document.place(("facts", 1, "source"))
    assert "976人" in finding.message


@pytest.mark.parametrize(
    ("line", "entry", "words"),
    [
        (_TRAINED, fact(1.2, "万次"), "原文有‘约’\uff0c数据漏了界限词"),
        (_TRAINED, fact(1.2, "万次", bound="近"), "写的是‘约’\uff0c不是‘近’"),
        (_TRAINED, fact(15, "万人次", bound="约"), "旁边没有‘约’"),
        (_CONTACT, fact(7, "个", printed="10+2"), "printed“10+2”里没有这个数"),
    ],
)
def test_the_message_says_what_is_wrong(tmp_path: Path, line: str, entry: dict[str, Any], words: str) -> None:
    small = small_library(tmp_path, line, [entry])
    assert words in _only(proof_findings(small.library, prove(small.library, small.texts))).message


def test_a_fact_without_its_text_is_left_to_the_rule_about_texts(tmp_path: Path) -> None:
    small_library(tmp_path, _GRIDS, [fact(1, "个")])
    (tmp_path / "sources" / RAW_FILE).unlink()
    small = reload(tmp_path)
    proofs = prove(small.library, small.texts)
    assert [proof.outcome for proof in proofs] == [Outcome.NO_TEXT]
    assert proof_findings(small.library, proofs) == ()


@given(
    st.integers(0, 10**9),
    st.sampled_from(["个", "万元", "%", "人次"]),
    st.sampled_from([None, "约", "近", "余", "多", "以上", "不低于"]),
    st.sampled_from(["", " ", "全州有", "完成,", "第3项"]),
)
def test_a_fact_as_it_is_written_proves_itself(value: int, unit: str, bound: str | None, before: str) -> None:
    fact_ = Fact.model_validate({"id": "f", "label": "数", "value": value, "unit": unit, "bound": bound})
    (match,) = matches(fact_, squeeze(f"{before}{fact_.text}。").text)
    assert match.is_proof


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_no_other_number_proves_a_fact(value: int, other: int) -> None:
    fact_ = Fact.model_validate({"id": "f", "label": "数", "value": value, "unit": "个"})
    assert bool(matches(fact_, f"共{other}个、{other}.5个")) == (value == other)


def _proof(folder: Path, line: str, entry: dict[str, Any]) -> Proof:
    small = small_library(folder, line, [entry])
    (proof,) = prove(small.library, small.texts)
    return proof


def _only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding

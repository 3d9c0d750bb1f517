"""Every rule has an example that it finds, at the right place, and one beside it that it leaves alone."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lunxun.checks.against_sources import compare_with_sources
from lunxun.checks.register import rule_infos
from lunxun.findings import Finding, Place
from lunxun.library.load import load
from tests.contents import RAW, edit, findings, place_of

Change = Callable[[Path], None]
Where = tuple[str, str]

HEXI, HEDONG = "cases/hexi-grid", "cases/hedong-grid"
YARD, HANDS, BELL, GRID = "practices/grid-yard", "problems/few-hands", "terms/hexi-bell", "terms/grid-term"
RULES, NOTICE, SOURCE = "policies/grid-rules", "policies/hexi-notice", "sources/src-hexi"
LESSON = "先划清边界，再配人员。"
SHA256 = hashlib.sha256((RAW / "hexi.txt").read_bytes()).hexdigest()
CITED = "sources:\n  - source: src-hexi\n    lines: [3]\n"


@dataclass(frozen=True)
class Example:
    """A change that breaches a rule, where the rule says so, and a change that it must not mind."""

    rule: str
    bad: Change
    at: tuple[Where, ...]
    good: Change


def change(record: str, old: str, new: str) -> Change:
    return lambda content: edit(content, record, old, new)


def lesson(text: str) -> Change:
    return change(HEXI, LESSON, text)


def raw(old: str, new: str) -> Change:
    """Change the raw text beside the content."""
    return lambda content: edit(content.parent, "raw", old, new)


def rename(old: str, new: str) -> Change:
    def make(content: Path) -> None:
        (content / old).rename(content / new)

    return make


def copy(record: str, to: str, *pairs: tuple[str, str]) -> Change:
    def make(content: Path) -> None:
        shutil.copy(content / f"{record}.yml", content / f"{to}.yml")
        for old, new in pairs:
            edit(content, to, old, new)

    return make


def both(*changes: Change) -> Change:
    def make(content: Path) -> None:
        for one in changes:
            one(content)

    return make


def facts(*ids: str) -> str:
    fields = "label: 又一数\n    value: 1\n    unit: 个\n    source: {id: src-hexi, line: 4}\n"
    return "facts:\n" + "".join(f"  - id: {one}\n    {fields}" for one in ids)


EXAMPLES = (
    Example("file", change(BELL, "河西县给", "河\0西"), ((BELL, "title"),), change(BELL, "河西县给", "\u3000河西县给")),
    Example("file-name", rename(f"{BELL}.yml", f"{BELL}.txt"), ((f"{BELL}.txt", ""),), change(BELL, "给", "为")),
    Example(
        "yaml",
        change(BELL, "title: 连心铃", "title: 连心: 铃"),
        ((BELL, ": 铃"),),
        change(BELL, "title: 连心铃", "title: 连心：铃"),
    ),
    Example(
        "schema",
        change(BELL, "scope: local", "scope: county"),
        ((BELL, "county"),),
        change(BELL, "scope: local", "scope: local\nexplain: false"),
    ),
    Example(
        "id",
        change(HEDONG, "facts:\n", facts("grids")),
        ((HEDONG, "grids\n    label: 网格数"),),
        change(HEDONG, "facts:\n", facts("more", "still-more")),
    ),
    Example("reference", lesson("见[[grid-yards]]。"), ((HEXI, "[[grid-yards]]"),), lesson("见[[grid-yard]]。")),
    Example(
        "class",
        change(HEDONG, "level: township", "level: town"),
        ((HEDONG, "town\n"),),
        change(HEDONG, "level: township", "level: county"),
    ),
    Example(
        "fact-source",
        change(HEDONG, "unit: 万元\n    source:\n      id: src-hexi\n      line: 4\n", "unit: 万元\n"),
        ((HEDONG, "id: cost"),),
        change(HEDONG, "unit: 万元\n", "unit: 万元\n    bound: 约\n"),
    ),
    Example(
        "typed-figure",
        lesson("每格配 3 人。"),
        ((HEXI, "3 人"),),
        lesson("2023年起按“3+3”和《第3号通知》办，共${grids}，一格一人。"),
    ),
    Example(
        "indicator-unit",
        change(HEXI, "unit: 个", "unit: 户"),
        ((HEXI, "户\n"),),
        change(HEXI, "unit: 个", "unit: 万个"),
    ),
    Example(
        "replaced-by",
        change(RULES, 'replaced_by: "2023"', "replaced_by: hexi-notice@2023"),
        ((RULES, "hexi-notice@2023"),),
        change(RULES, 'replaced_by: "2023"', "replaced_by: hexi-notice@2024"),
    ),
    Example(
        "superseded",
        both(
            change(YARD, "[grid-rules@2023]", "[grid-rules@2018]"),
            change(HEDONG, "越简单", "见[[grid-rules@2018#3]]，越简单"),
        ),
        ((YARD, "grid-rules@2018"), (HEDONG, "[[grid-rules@2018#3]]")),
        both(change(YARD, "[grid-rules@2023]", "[grid-rules]"), lesson("当时见[[grid-rules@2018#3]]。")),
    ),
    Example(
        "fact-changed",
        change(HEXI, "value: 320", "value: 321\n    changed_on: 2024-07-01"),
        ((HEDONG, "${hexi-grid.grids}"),),
        change(HEXI, "bound: 约", "bound: 约\n    changed_on: 2024-07-01"),
    ),
    Example(
        "local-brand",
        change(BELL, "region: hexi\n", ""),
        ((BELL, "local"),),
        change(BELL, "region: hexi", "region: hedong"),
    ),
    Example(
        "local-policy",
        change(NOTICE, "region: hexi\n", ""),
        ((NOTICE, "county"),),
        both(change(NOTICE, "region: hexi\n", ""), change(NOTICE, "level: county", "level: national")),
    ),
    Example(
        "uncited",
        change(HANDS, CITED, ""),
        ((HANDS, "title: 网格"),),
        change(HANDS, CITED, "sources:\n  - source: src-hexi\n"),
    ),
    Example(
        "review",
        change(HEXI, 'review:\n  by: 编辑部\n  on: "2024-06-30"\n', ""),
        ((HEXI, "已审"),),
        both(change(HEXI, 'review:\n  by: 编辑部\n  on: "2024-06-30"\n', ""), change(HEXI, "已审", "草稿")),
    ),
    Example(
        "hidden-target",
        change(HANDS, "topics: [grid]", "topics: [grid]\nstate: 待核"),
        ((HEXI, "few-hands"), (YARD, "few-hands")),
        both(
            change(HANDS, "topics: [grid]", "topics: [grid]\nstate: 待核"),
            change(YARD, "answers: [few-hands]\n", ""),
            change(HEXI, "problems: [few-hands]\n", ""),
        ),
    ),
    Example("quotes", lesson("先把“边界划清。"), ((HEXI, "“边界"),), lesson("先把“‘边界’（含《规定》所说）”划清。")),
    Example("half-width", lesson("先划清边界,再配人员。"), ((HEXI, ",再"),), lesson("见 A, B 两处（甲、乙）。")),
    Example(
        "empty-section",
        change(HEDONG, "来源没有说明。", "略。"),
        ((HEDONG, "略"),),
        change(HEDONG, "来源没有说明。", "暂无数据，来源没有说明。"),
    ),
    Example("raw-html", lesson("先<br>划清。"), ((HEXI, "<br>"),), lesson("甲<乙，丙>丁，A&B。")),
    Example("term-variant", lesson("先划网络格。"), ((HEXI, "网络格"),), lesson("先划网络、格子。")),
    Example("old-wording", lesson("先划综治网格。"), ((HEXI, "综治网格"),), lesson("先划原综治网格。")),
    Example(
        "same-title",
        change(BELL, "title: 连心铃", "title: 治理网格"),
        ((BELL, "治理网格"),),
        change(BELL, "title: 连心铃", "title: 一格一院"),
    ),
    Example(
        "near-duplicate",
        copy(YARD, "practices/hexi-yard", ("一格一院", "一格一所"), ("网格小院", "网格小所")),
        (("practices/hexi-yard", "title: 一"),),
        copy(
            BELL,
            "terms/hexi-door",
            ("title: 连心铃", "title: 敲门日"),
            ("给网格住户装的求助铃", "每月上门走访的日子"),
            ("河西县的叫法，指住户求助时按的铃，由网格员应答。", "每月十日，干部到包联的人家里坐一坐、问一问。"),
        ),
    ),
    Example("personal-data", lesson("有事打13800138000。"), ((HEXI, "13800138000"),), lesson("见编号“13800138”。")),
    Example("source-file", raw("首页", "主页"), ((SOURCE, SHA256),), change(SOURCE, "[2, 4]", "[1, 5]")),
    Example(
        "fact-proof",
        change(HEXI, "value: 320", "value: 302"),
        ((HEXI, "id: src-hexi\n      line: 3\n  - id: staff"),),
        change(HEXI, "unit: 人\n    bound: 约", "unit: 人\n    bound: 约\n    note: 同一行"),
    ),
    Example(
        "coverage-figure", raw("640人", "640人、网格长12人"), ((SOURCE, "title"),), raw("640人", "640人、2021年起")
    ),
    Example(
        "coverage-title",
        raw("推行网格", "按《网格条例》推行网格"),
        ((SOURCE, "title"),),
        raw("推行网格", "按《网格工作规定》推行网格"),
    ),
    Example(
        "coverage-phrase",
        raw("“连心铃”", "“连心铃”和“连心锁”"),
        ((SOURCE, "title"),),
        raw("“连心铃”", "“一格一院”和“连心铃”"),
    ),
)


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the raw text beside the good content."""
    shutil.copy(RAW / "hexi.txt", good_content.parent / "raw.yml")
    return good_content


def test_every_rule_has_an_example() -> None:
    assert [example.rule for example in EXAMPLES] == [info.id for info in rule_infos()]


def test_rules_are_told_apart_and_explained() -> None:
    infos = rule_infos()
    assert len({info.id for info in infos}) == len({info.title for info in infos}) == len(infos)
    assert all(info.title and info.reason.endswith("。") and info.remedy.endswith("。") for info in infos)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_a_breach_is_found_at_its_place(content: Path, example: Example) -> None:
    example.bad(content)
    found = _found(content, example.rule)
    assert sorted(finding.place for finding in found) == sorted(_place(content, *where) for where in example.at)
    severity = {info.id: info.severity for info in rule_infos()}[example.rule]
    assert {finding.severity for finding in found} == {severity}
    assert all(finding.remedy for finding in found)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_what_only_resembles_a_breach_is_left_alone(content: Path, example: Example) -> None:
    example.good(content)
    assert _found(content, example.rule) == []


def test_the_good_fixture_breaches_no_rule(content: Path) -> None:
    assert _all(content) == []


def _found(content: Path, rule: str) -> list[Finding]:
    return [finding for finding in _all(content) if finding.rule == rule]


def _all(content: Path) -> list[Finding]:
    texts = content.parent / "texts"
    texts.mkdir(exist_ok=True)
    shutil.copy(content.parent / "raw.yml", texts / "hexi.txt")
    library = load(content).library
    return [*findings(content), *compare_with_sources(library, texts).findings]


def _place(content: Path, record: str, text: str) -> Place:
    if not text:
        return Place(f"content/{record}")
    return place_of(content, record, text)

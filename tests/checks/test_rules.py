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
from tests.checks.made_questions import judgements, singles
from tests.contents import BANK, PAPER, RAW, add_banks, append, edit, findings, place_of

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


def bank(*pairs: tuple[str, str], added: str = "") -> Change:
    """Put the good bank beside the content, and change it or add questions to it."""

    def make(content: Path) -> None:
        add_banks(content)
        for old, new in pairs:
            edit(content, BANK, old, new)
        append(content, BANK, added)

    return make


def paper(old: str, new: str) -> Change:
    """Put the good bank and its blueprint beside the content, and change the blueprint."""
    return both(bank(), change(PAPER, old, new))


def facts(*ids: str) -> str:
    fields = "label: 又一数\n    value: 1\n    unit: 个\n    source: {id: src-hexi, line: 4}\n"
    return "facts:\n" + "".join(f"  - id: {one}\n    {fields}" for one in ids)


_ALIKE = ("村里每月至少公布一次集体的收支账目。", "村里每季至少公布一次集体的收支账目。")
_DIGEST = "44c25d2280648ab8"
_ORIGIN = (
    '    difficulty: 4\n    level: 分析\n    topics: [grid]\n    origin:\n      rule: 手写\n      digest: "{}"\n'
    "  - id: grid-bank-case\n"
)
_WORDS = ("春耕", "夏种", "秋收", "冬藏", "修路", "架桥", "挖渠", "植树", "护林", "防火", "防汛", "清淤")


def _positions(keys: str) -> list[tuple[str, list[str], str]]:
    """Make questions of options of one length with these keys."""
    return [
        (f"{word}归谁管（）", [f"{word}{who}" for who in ("甲", "乙", "丙", "丁")], key)
        for word, key in zip(_WORDS, keys, strict=True)
    ]


def _lengths(keys: str, longest: str) -> list[tuple[str, list[str], str]]:
    """Make questions of which the option with the second letter is the longest."""
    made = _positions(keys)
    for (_, options, _), letter in zip(made, longest, strict=True):
        options["ABCD".index(letter)] += "等人"
    return made


def _statements(true: int) -> tuple[str, ...]:
    """Make statements of which the first ones are true; the rest are marked by a question mark in front."""
    return tuple(("" if index < true else "?") + f"{word}由村里安排。" for index, word in enumerate(_WORDS[:10]))


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
    Example(
        "question-form",
        bank(("key: AC", "key: CA"), ("____ ，办结率", "许多，办结率"), ("share: 60", "share: 50")),
        ((BANK, "CA\n"), (BANK, "- accept"), (BANK, "- {text: 说出小院的用途")),
        bank(("key: AC", "key: ABC")),
    ),
    Example(
        "option-repeats",
        bank(("三名, 四名", "三名, 一 名"), ("[流动党校]", "[连心铃。]")),
        ((BANK, "一 名"), (BANK, "连心铃。")),
        bank(("三名, 四名", "三名, 十一名")),
    ),
    Example("all-keyed", bank(("key: AC", "key: ABC")), ((BANK, "ABC"),), bank(("key: AC", "key: BC"))),
    Example(
        "basis",
        both(
            bank(("[grid-rules@2023#14-2]", "[grid-rules]")),
            change(RULES, "certainty: 多方印证\n      - no: 14-2", "certainty: 未证实\n      - no: 14-2"),
        ),
        (
            (BANK, "grid-rules]\n"),
            (BANK, "grid-rules@2023#5]\n    difficulty: 1"),
            (BANK, "grid-rules@2023#5]\n    difficulty: 2"),
        ),
        both(
            bank(("[grid-rules@2023#14-2]", "[grid-rules@2023]")),
            change(RULES, "certainty: 单一来源", "certainty: 未证实"),
        ),
    ),
    Example(
        "basis-changed",
        bank(
            (
                "    difficulty: 4\n    level: 分析\n    topics: [grid]\n  - id: grid-bank-case\n",
                _ORIGIN.format("0" * 16),
            )
        ),
        ((BANK, "rule: 手写"),),
        bank(
            (
                "    difficulty: 4\n    level: 分析\n    topics: [grid]\n  - id: grid-bank-case\n",
                _ORIGIN.format(_DIGEST),
            )
        ),
    ),
    Example(
        "key-figure",
        bank(("[一名, 两名", "[7名, 两名"), ("划定网格边界, 落实", "划定6条边界, 落实"), ("可以缓解", "可以缓解3成")),
        ((BANK, "7名"), (BANK, "6条"), (BANK, "3成")),
        bank(("两名", "7名"), ("划定网格边界, 落实", "划定“3+3”边界, 落实"), ("64学时", "640学时")),
    ),
    Example(
        "question-figure",
        bank(("按照网格工作规定", "按照2019年的规定"), ("题干多说了一倍", "题干多说了33学时")),
        ((BANK, "2019年"), (BANK, "33学时")),
        bank(("按照网格工作规定", "按照2023年的规定"), ("题干多说了一倍", "题干写成64，多说了一倍")),
    ),
    Example(
        "true-as-false",
        bank(
            ("网格里的党员每年参加集中培训不少于64学时。", "按户数划格，边界不跨村民小组。"),
            ("[grid-rules@2023#14-2]", "[grid-yard]"),
        ),
        ((BANK, "错\n    rationale"),),
        bank(
            ("网格里的党员每年参加集中培训不少于64学时。", "按户数划格，边界可跨村民小组。"),
            ("[grid-rules@2023#14-2]", "[grid-yard]"),
        ),
    ),
    Example(
        "same-question",
        bank(
            added=singles(
                ("只差次序的题干（）", ["甲地", "乙地", "丙地"], "A"),
                ("只差次序 的题干（）。", ["丙地", "甲地", "乙 地"], "B"),
            )
        ),
        ((BANK, "只差次序 的题干"),),
        bank(
            added=singles(
                ("同样的题干（）", ["甲地", "乙地", "丙地"], "A"), ("同样的题干（）", ["甲地", "乙地", "丁地"], "B")
            )
        ),
    ),
    Example(
        "similar-question",
        bank(added=judgements(*_ALIKE)),
        ((BANK, _ALIKE[1]),),
        bank(added=judgements(*_ALIKE, enemies=True)),
    ),
    Example(
        "all-of-the-above",
        bank(("三名, 四名", "三名, 以上都不对")),
        ((BANK, "以上都不对"),),
        bank(("三名, 四名", "三名, 三名以上")),
    ),
    Example(
        "negative-stem",
        bank(("一格一院的步骤有（）", "不属于一格一院的步骤是（）")),
        ((BANK, "不属于"),),
        bank(("一格一院的步骤有（）", "**不属于** 一格一院的步骤是（）"), ("至少有专职", "不少于专职")),
    ),
    Example(
        "question-punctuation",
        bank(("专职网格员（）", "专职网格员( )"), ("四名]", "D．四名]"), ("- 添置办公用房", "- 添置办公用房。")),
        ((BANK, "( )"), (BANK, "D．四名"), (BANK, "。\n      - text")),
        bank(("四名]", "四名（含）]"), ("- 添置办公用房", "- 添置“办公用房”")),
    ),
    Example(
        "rationale",
        bank(
            ("规定第五条写明每个网格至少有一名专职网格员，兼职的另算。", "正确答案是A。"),
            ("看做法要看它答不答得了求助，牌子不说明问题。", "规定要求的是32学时，题干多说了一倍。"),
        ),
        (
            (BANK, "|\n      正确答案是A"),
            (BANK, "|\n      规定要求的是32学时，题干多说了一倍。\n    basis: [grid-yard]"),
        ),
        bank(("规定第五条写明每个网格至少有一名专职网格员，兼职的另算。", "答案是一名，规定第五条这样写明。")),
    ),
    Example(
        "key-position",
        bank(added=singles(*_positions("AABAABAABAAB"))),
        ((BANK, "questions:\n  - id: grid-bank-worker"),),
        bank(added=singles(*_positions("ABCDABCDABCD"))),
    ),
    Example(
        "key-length",
        bank(("[一名, 两名, 三名", "[有专门编制并且只做网格工作的一名, 两名, 三名")),
        ((BANK, "有专门编制"),),
        bank(("两名, 三名, 四名", "两名, 三名, 有专门编制并且只做网格工作的四名")),
    ),
    Example(
        "length-bias",
        bank(added=singles(*_lengths("ABCDABCDABCD", "ABCDABCDABCD"))),
        ((BANK, "questions:\n  - id: grid-bank-worker"),),
        bank(added=singles(*_lengths("ABCDABCDABCD", "ABCDBCDACDAB"))),
    ),
    Example(
        "judgement-balance",
        bank(added=judgements(*_statements(10))),
        ((BANK, "questions:\n  - id: grid-bank-worker"),),
        bank(added=judgements(*_statements(4))),
    ),
    Example(
        "topic-balance",
        bank(("topics: [training]", "topics: [grid]"), ("case: hedong-grid", "case: hedong-grid\n    topics: [grid]")),
        ((BANK, "training]\naudiences"),),
        bank(("topics: [training]", "topics: [grid]")),  # the parts of the case have the topics of the bank
    ),
    Example(
        "paper-sums",
        paper("total: 30", "total: 31"),
        ((PAPER, "sections"),),
        paper("count: 1, score: 10", "count: 2, score: 5"),
    ),
    Example(
        "paper-questions",
        paper("[grid-bank-count]", "[grid-bank-counts]"),
        ((PAPER, "grid-bank-counts"),),
        paper("[grid-bank-count]", "[grid-bank-order]"),
    ),
    Example(
        "paper-quotas",
        paper("count: {min: 1}", "count: {min: 2}"),
        ((PAPER, "{min: 2}"),),
        paper("count: {min: 1}", "count: {max: 2}"),
    ),
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

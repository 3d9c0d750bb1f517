"""What the schema refuses is told in Chinese, by the name of the field, with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.findings import Finding
from tests.contents import append, edit, findings, place_of

_FACT = "    value: 1.2\n    unit: 万元\n"


@pytest.mark.parametrize(
    ("record", "old", "new", "at", "message", "remedy"),
    [
        ("cases/hexi-grid", "unit: 河西县委", "units: 河西县委", "units:", "不认识的字段 units", "是不是 unit？"),
        (
            "cases/hedong-grid",
            "  - title: 装铃\n",
            "  - titel: 装铃\n",
            "titel:",
            "不认识的字段 titel",
            "是不是 title？",
        ),
        (
            "collections/grid-cases",
            "      kind: case\n",
            "      kind: case\n      wanted: all\n",
            "wanted:",
            "不认识的字段 wanted",
            "这里可用的字段：kind、topics、fields、levels、regions。",
        ),
        (
            "terms/grid-term",
            "scope: national",
            "scope: local level",
            "local level",
            "“local level”",
            "只能是：national、local。",
        ),
        (
            "terms/grid-term",
            "scope: national",
            "scope:\n    |\n    national\n    local",
            "|\n    national",
            "“national local”",
            "",
        ),
        ("terms/grid-term", "title: 网格\n", "title:\n", "\naliases", "title（标题）还没有填写", "整行删去"),
        ("cases/hedong-grid", "actions:\n", "actions: 一项\nold:\n", "一项", "actions 应是列表", "“- ”"),
        ("cases/hedong-grid", _FACT, "    value: 多\n    unit: 万元\n", "多", "value 应是数字", "单位写在 unit"),
        ("cases/hedong-grid", _FACT, "    value: [1, 2.5, 3]\n    unit: 万元\n", "[1, 2.5", "value 应是数字", ""),
        ("cases/hedong-grid", _FACT, "    value: [2.5, 1]\n    unit: 万元\n", "id: cost", "区间要从小到大", ""),
        ("cases/hexi-grid", "bound: 约", "bound: 大约", "大约", "bound 的内容“大约”不在可选之列", "约、近、不低于"),
        (
            "cases/hexi-grid",
            "      line: 3\n  - id: staff",
            "      line: -3\n  - id: staff",
            "-3\n",
            "line 太小：至少 1",
            "",
        ),
        ("policies/grid-rules", "years: 1\n", "years: 11\n", "11", "years 太大：至多 10", ""),
        ("policies/grid-rules", 'no: "3"', "no: 3", "3\n        label: 第三条", "no 应是文字", "加引号"),
        ("policies/grid-rules", 'no: "3"', 'no: "第3条"', '"第3条"', "no 的写法“第3条”不对", ""),
        (
            "sources/src-hexi",
            'published: "2022-05"',
            "published: 2022-13",
            "2022-13",
            "published 不合要求：日期写成",
            "",
        ),
        (
            "sources/src-hexi",
            "self_reported: true",
            "self_reported: 是",
            "是\n",
            "self_reported 应是 true 或 false",
            "",
        ),
        ("sources/src-hexi", "body: [2, 4]", "body: [2]", "[2]", "body 少了一项", "如 [1, 20]"),
        (
            "policies/hexi-notice",
            '  - id: "2024"',
            '  - id: "2024"\n  - id: "2024"',
            "title: 河西",
            "有两个版本用了同一个版本号",
            "",
        ),
        (
            "collections/grid-cases",
            "    query:\n      kind: case\n      topics: [grid]\n      regions: [hexi]\n",
            "",
            "title: 网格治理",
            "“各地案例”既没有条目，也没有条件",
            "",
        ),
    ],
)
def test_a_fault_is_told_at_its_place(
    good_content: Path, record: str, old: str, new: str, at: str, message: str, remedy: str
) -> None:
    edit(good_content, record, old, new)
    found = [one for one in findings(good_content) if one.rule == "schema" and message in one.message]
    assert [one.place for one in found] == [place_of(good_content, record, at)]
    assert remedy in found[0].remedy
    assert "\n" not in found[0].message


def test_every_missing_field_is_told(good_content: Path) -> None:
    (good_content / "terms/grid-term.yml").write_text("title: 网格\n", encoding="utf-8")
    found = [finding for finding in findings(good_content) if finding.rule == "schema"]
    assert [finding.message for finding in found] == [
        "缺少字段 certainty（把握）",
        "缺少字段 definition（释义）",
        "缺少字段 scope（范围）",
        "缺少字段 summary（摘要）",
    ]


def test_a_mistake_is_told_once_although_a_union_has_branches(good_content: Path) -> None:
    edit(good_content, "cases/hedong-grid", _FACT, "    value: {a: 1}\n    unit: 万元\n")
    assert len(_of_file(findings(good_content), "hedong-grid")) == 1


def test_long_input_is_cut_short(good_content: Path) -> None:
    append(good_content, "cases/hedong-grid", f"state: {'草' * 400}\n")
    (found,) = _of_file(findings(good_content), "hedong-grid")
    assert len(found.message) < 60
    assert "…" in found.message


def _of_file(found: tuple[Finding, ...], name: str) -> list[Finding]:
    return [finding for finding in found if name in finding.place.file]

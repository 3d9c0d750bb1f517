"""Every reference, class and prose mark has one target, or is a finding at its very place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lunxun.library.library import Library, Link
from lunxun.library.load import load
from lunxun.records.references import Key
from tests.contents import append, edit, findings, place_of

_CASE = "cases/hexi-grid"
_PROSE = "先划清边界，再配人员。"


@pytest.mark.parametrize(
    ("record", "old", "new", "message", "remedy"),
    [
        (_CASE, "practices: [grid-yard", "gird-yard", "没有编号为“gird-yard”的记录", ""),
        (_CASE, "practices: [grid-yard", "hexi-notice", "“hexi-notice”是政策法规，这里要的是经验做法", "对应的字段"),
        (_CASE, "practices: [grid-yard", '"nowhere:grid-yard"', "“grid-yard”是经验做法", ""),
        (_CASE, "practices: [grid-yard", "一格两院", "“一格两院”不是引用的写法", "编号@版本"),
        (_CASE, "practices: [grid-yard", "grid-yard@2023", "“grid-yard”不是政策法规，没有版本和条款", "去掉 @"),
        (_CASE, 'policies: ["grid-rules@2023#14-2"', '"grid-rules#14-2"', "没有写版本", "grid-rules@版本#14-2"),
        (_CASE, 'policies: ["grid-rules@2023#14-2"', "grid-rules@2022", "没有版本“2022”", "已有版本：2018、2023。"),
        (
            _CASE,
            'policies: ["grid-rules@2023#14-2"',
            "grid-rules@2023#3",
            "“grid-rules@2023”没有登记第 3 条",
            "articles",
        ),
        (_CASE, "indicator: grid-count", "grid-counts", "没有编号为“grid-counts”的记录", ""),
        ("cases/hedong-grid", "- source: src-hexi", "src-hedong", "没有编号为“src-hedong”的记录", ""),
        ("collections/grid-cases", 'items: ["case:hexi-grid"', "grid-lot", "没有编号为“grid-lot”的记录", ""),
        ("problems/few-hands", "practices: [grid-yard", "hexi-bell", "这里要的是经验做法", ""),
    ],
)
def test_a_reference_without_its_target_is_found(
    good_content: Path, record: str, old: str, new: str, message: str, remedy: str
) -> None:
    # The last word of the old text is replaced by the new one.
    edit(good_content, record, old, re.sub(r"[^ \[]+$", new, old))
    (found,) = findings(good_content)
    assert found.rule == "reference"
    assert message in found.message
    assert remedy in found.remedy
    assert found.place == place_of(good_content, record, new)


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("${grid}", "“hexi-grid”没有编号为“grid”的数据"),
        ("${hedong-grid.staff}", "“hedong-grid”没有编号为“staff”的数据"),
        ("${nowhere.grids}", "没有编号为“nowhere”的记录"),
        ("${case:grid-yard.grids}", "“grid-yard”是经验做法，这里要的是典型案例"),
        ("${网格数}", "“${网格数}”不是数据引用的写法"),
        ("[[nowhere]]", "没有编号为“nowhere”的记录"),
        ("[[nowhere|此处]]", "没有编号为“nowhere”的记录"),
        ("[[hexi-grid]]", "“hexi-grid”引用了自己"),
        ("[[grid-rules@2020]]", "没有版本“2020”"),
        ("[[grid-rules#5]]", "没有写版本"),
        ("[[../../etc/passwd]]", "不是引用的写法"),
        ("[[javascript:alert(1)]]", "不是引用的写法"),
    ],
)
def test_a_mark_in_prose_is_found_at_its_own_line_and_column(good_content: Path, mark: str, message: str) -> None:
    edit(good_content, _CASE, _PROSE, f"先划清边界。\n\n  再配${{staff}}，见{mark}。")
    (found,) = (finding for finding in findings(good_content) if finding.rule == "reference")
    assert message in found.message
    assert found.place == place_of(good_content, _CASE, mark)


@pytest.mark.parametrize("style", ["|\n  {}", ">\n  {}", '"{}"', "'{}'", "{}", '"\\u524d\\t{}"'])
def test_a_mark_has_its_place_in_every_kind_of_scalar(good_content: Path, style: str) -> None:
    edit(good_content, _CASE, f"|\n  {_PROSE}", style.format("上文\n  下文，见[[nowhere]]与[[grid-yard]]"))
    (found,) = findings(good_content)
    assert found.place == place_of(good_content, _CASE, "[[nowhere]]")


def test_of_two_equal_marks_each_has_its_own_place(good_content: Path) -> None:
    edit(good_content, _CASE, _PROSE, "见[[nowhere]]，又见[[nowhere]]。")
    assert [finding.place.column for finding in findings(good_content)] == [4, 18]


def test_an_id_of_two_kinds_has_to_be_told_apart(good_content: Path) -> None:
    (good_content / "terms/grid-yard.yml").write_text(
        (good_content / "terms/grid-term.yml")
        .read_text("utf-8")
        .replace("title: 网格", "title: 小院")
        .replace("治理网格", "院子"),
        encoding="utf-8",
    )
    found = [finding for finding in findings(good_content) if finding.rule == "reference"]
    # Where only one kind is allowed nothing is unclear; in prose and in a collection both may be meant.
    assert {finding.place.file for finding in found} == {
        "content/cases/hexi-grid.yml",
        "content/collections/grid-cases.yml",
    }
    assert all("practice:grid-yard、term:grid-yard" in finding.message for finding in found)
    edit(good_content, _CASE, "[[grid-yard|", "[[practice:grid-yard|")
    edit(good_content, "collections/grid-cases", ", grid-yard]", ", practice:grid-yard]")
    assert not [finding for finding in findings(good_content) if finding.rule == "reference"]


def test_a_class_outside_the_taxonomy_is_found_with_those_inside(good_content: Path) -> None:
    edit(good_content, "cases/hedong-grid", "region: hedong", "region: hedon")
    (found,) = findings(good_content)
    assert (found.rule, found.place) == ("class", place_of(good_content, "cases/hedong-grid", "hedon\n"))
    assert "hedong（河东镇）" in found.remedy


def test_a_broken_record_is_not_also_a_dangling_reference(good_content: Path) -> None:
    edit(good_content, "practices/grid-yard", "title: 一格一院", "titel: 一格一院")
    assert {finding.place.file for finding in findings(good_content)} == {"content/practices/grid-yard.yml"}


def test_what_refers_to_what_is_known_exactly(good_library: Library) -> None:
    hedong, hexi = Key("case", "hedong-grid"), Key("case", "hexi-grid")
    assert Link(hedong, ("background", 10), hexi, fact="grids") in good_library.outgoing(hedong)
    assert Link(hexi, ("policies", 0), Key("policy", "grid-rules"), "2023", "14-2") in good_library.links
    assert Link(hexi, ("facts", 0, "source", "id"), Key("source", "src-hexi")) in good_library.links
    assert {link.source for link in good_library.incoming(Key("term", "hexi-bell"))} == {
        hedong,
        hexi,
        Key("term", "grid-term"),
    }


def test_links_lead_back_to_their_places(good_content: Path) -> None:
    library = load(good_content).library
    entry = library.entries[Key("case", "hedong-grid")]
    (link,) = (link for link in library.outgoing(entry.key) if link.fact == "grids" and link.target != entry.key)
    assert entry.document.place(link.path) == place_of(good_content, "cases/hedong-grid", "${hexi-grid.grids}")


def test_order_does_not_depend_on_the_file_system(good_content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(good_content, _CASE, "questions_: 1\n")
    expected = load(good_content)
    real = __import__("os").scandir

    class Reversed:
        def __init__(self, path: str) -> None:
            self.entries = iter(sorted(real(path), key=lambda entry: str(entry.name), reverse=True))

        def __enter__(self) -> Reversed:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def __iter__(self) -> Reversed:
            return self

        def __next__(self) -> object:
            return next(self.entries)

        def close(self) -> None:
            pass

    monkeypatch.setattr("os.scandir", Reversed)
    assert load(good_content) == expected

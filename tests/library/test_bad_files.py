"""Every kind of broken file becomes a finding that an editor can act on; none becomes a traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from lunxun.findings import Finding, Place
from lunxun.records.kinds import KINDS
from tests.contents import BAD, GOOD, add_banks, append, edit, findings, place_of

_TERM = (BAD / "good-crlf.yml").read_bytes().replace(b"\r\n", b"\n")
_HAN = re.compile("[\u4e00-\u9fff]")
_HALF_WIDTH = re.compile("(?<=[\u4e00-\u9fff”])[,;:!?()]|[()](?=[\u4e00-\u9fff])")

# Fixture -> the rule and the place (line, column) of its one fault; None where there is none.
EXPECTED: dict[str, tuple[str, int, int] | None] = {
    "alias": ("yaml", 8, 9),
    "alias-bomb": ("yaml", 1, 4),
    "anchor": ("yaml", 1, 8),
    "at-sign-at-start": ("yaml", 5, 13),
    "bad-choice": ("schema", 7, 12),
    "bad-date": ("schema", 13, 12),
    "bad-escape": ("yaml", 1, 11),
    "bad-fact-id": ("schema", 9, 9),
    "bare-point": ("yaml", 11, 12),
    "binary": ("file", 1, 1),
    "blank-title": ("schema", 1, 8),
    "bom-in-the-middle": ("yaml", 6, 4),
    "both-expansions": ("schema", 1, 1),
    "brace-at-start": ("yaml", 5, 13),
    "broken-utf-8": ("file", 6, 1),
    "colon-in-prose": ("yaml", 5, 15),
    "comma-in-number": ("schema", 11, 12),
    "comment-only": ("schema", 1, 1),
    "control-character": ("yaml", 6, 4),
    "dangling-reference": ("reference", 8, 12),
    "dash-on-the-line": ("yaml", 8, 10),
    "date-as-timestamp": ("schema", 13, 12),
    "date-as-words": ("schema", 13, 12),
    "deep-block": ("yaml", 24, 33),
    "deep-flow": ("yaml", 8, 24),
    "duplicate-key": ("yaml", 8, 1),
    "duplicate-nested-key": ("yaml", 14, 5),
    "empty": ("file", 1, 1),
    "escaped-control-character": ("yaml", 1, 8),
    "exponent": ("yaml", 11, 12),
    "fields-instead-of-list": ("schema", 8, 8),
    "gbk": ("file", 1, 1),
    "good-bom": None,
    "good-crlf": None,
    "hexadecimal": ("yaml", 11, 12),
    "infinity": ("yaml", 11, 12),
    "line-separator": ("yaml", 6, 4),
    "line-zero": ("schema", 13, 34),
    "list-as-key": ("yaml", 8, 3),
    "list-instead-of-mapping": ("schema", 1, 1),
    "list-instead-of-text": ("schema", 1, 8),
    "local-tag": ("yaml", 1, 9),
    "long-number": ("yaml", 11, 12),
    "long-title": ("schema", 1, 8),
    "mark-at-start": ("yaml", 5, 26),
    "merge-key": ("yaml", 8, 1),
    "missing-field": ("schema", 1, 1),
    "missing-nested-field": ("schema", 9, 5),
    "negative-value": ("schema", 11, 12),
    "no-space-after-colon": ("yaml", 7, 1),
    "not-a-reference": ("reference", 8, 12),
    "null-title": ("schema", 1, 7),
    "number-as-text": ("schema", 11, 12),
    "octal": ("yaml", 11, 12),
    "path-as-reference": ("reference", 8, 12),
    "percent-at-start": ("yaml", 5, 13),
    "plus-sign": ("yaml", 11, 12),
    "python-tag": ("yaml", 1, 8),
    "range-downwards": ("schema", 9, 5),
    "range-of-three": ("schema", 11, 12),
    "repeated-fact-id": ("id", 14, 9),
    "scalar-only": ("schema", 1, 1),
    "self-reference": ("reference", 8, 11),
    "sexagesimal": ("yaml", 11, 12),
    "star-at-start": ("yaml", 5, 14),
    "tab-after-key": ("yaml", 5, 1),
    "tab-indent": ("yaml", 6, 1),
    "text-after-bar": ("yaml", 5, 15),
    "text-after-quote": ("yaml", 1, 13),
    "text-instead-of-fields": ("schema", 8, 12),
    "text-instead-of-list": ("schema", 8, 10),
    "too-many-aliases": ("schema", 8, 10),
    "two-documents": ("yaml", 8, 1),
    "unclosed-quote": ("yaml", 1, 8),
    "underscore": ("yaml", 11, 12),
    "uneven-indent": ("yaml", 4, 2),
    "uneven-list": ("yaml", 10, 2),
    "unindented-block": ("yaml", 6, 1),
    "unknown-key": ("schema", 8, 1),
    "unknown-topic": ("class", 8, 10),
    "upper-case-true": ("yaml", 8, 11),
    "utf-16": ("file", 1, 1),
    "whitespace-only": ("file", 1, 1),
    "wrong-kind": ("reference", 8, 12),
    "wrong-type": ("schema", 1, 8),
    "yes": ("yaml", 8, 10),
}

# Names that are no ids, each given to a good file.
BAD_NAMES = (
    "Grid.yml", "网格.yml", "two words.yml", "con.yml", "lpt1.yml", "-grid.yml", "grid--term2.yml", "a.b.yml", "...yml",
    "grid.yaml", "grid.YML", "grid.txt", "grid", f"{'a' * 65}.yml", "new\nline.yml", "\x1b[31mred.yml", "\udcff.yml",
)  # fmt: skip

# Mistakes of an editor that libyaml words for programmers: what the message has to name.
WORDS = {
    "tab-indent": "Tab",
    "tab-after-key": "Tab",
    "unclosed-quote": "引号没有配对",
    "star-at-start": "以 * 开头",
    "local-tag": "以 ! 开头",
    "text-after-bar": "不能直接写字",
    "colon-in-prose": "冒号",
    "number-as-text": "应是数字",
    "gbk": "GBK",
    "utf-16": "UTF-16",
    "unknown-key": "orgin",
    "missing-field": "certainty（把握）",
    "duplicate-key": "第 4 行",
    "bad-date": "2023年2月没有30日",
}


def test_every_fixture_is_expected() -> None:
    assert {path.stem for path in BAD.glob("*.yml")} == set(EXPECTED)
    assert sum(expected is not None for expected in EXPECTED.values()) >= 40


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_bad_file_is_found_where_it_is_bad(good_content: Path, name: str) -> None:
    shutil.copy(BAD / f"{name}.yml", good_content / "terms")
    found = findings(good_content)
    expected = EXPECTED[name]
    if expected is None:
        assert found == ()
        return
    _assert_readable(found, f"content/terms/{name}.yml")
    rule, line, column = expected
    assert (rule, Place(f"content/terms/{name}.yml", line, column)) in {(one.rule, one.place) for one in found}


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_the_message_names_the_mistake(good_content: Path, name: str, words: str) -> None:
    shutil.copy(BAD / f"{name}.yml", good_content / "terms")
    assert any(words in finding.message for finding in findings(good_content))


def test_all_bad_files_at_once_are_found_each_for_itself(good_content: Path) -> None:
    for path in BAD.glob("*.yml"):
        shutil.copy(path, good_content / "terms")
    found = findings(good_content)
    files = {Path(finding.place.file).stem for finding in found}
    assert {name for name, expected in EXPECTED.items() if expected is not None} <= files
    # The good files are no worse for their company; two of the bad ones merely share titles with others.
    assert not {Path(path).stem for path in GOOD.rglob("*.yml")} & files


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_is_no_id_is_found(good_content: Path, name: str) -> None:
    (good_content / "terms" / name).write_bytes(_TERM)
    shown = "".join(character if character.isprintable() else "\ufffd" for character in name)
    hidden = name.startswith(".")
    found = findings(good_content)
    if hidden:
        assert found == ()
        return
    _assert_readable(found, f"content/terms/{shown}")
    assert found[0].rule == "file-name"
    str(found[0].place).encode("utf-8")


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in sorted(KINDS[kind].reserved)])
def test_an_id_that_a_page_of_the_site_has_is_found(good_content: Path, kind: str, name: str) -> None:
    model = KINDS[kind]
    folder = good_content.parent / model.root / model.folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yml").write_bytes(_TERM)
    (found,) = findings(good_content)
    assert (found.rule, str(found.place)) == ("file-name", f"{model.root}/{model.folder}/{name}.yml:1:1")
    assert "网站自己的页面" in found.message
    assert "换一个编号" in found.remedy


def test_a_hand_written_page_at_the_address_of_another_is_found(good_content: Path) -> None:
    add_banks(good_content)
    for name in (
        "cases/hexi-grid",
        "cases/other",
        "terms/index",
        "quizzes/notebook",
        "quizzes/grid-bank",
        "about/hexi-grid",
    ):
        page = good_content / f"pages/{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# 页", "utf-8")
    found = {finding.place.file: finding for finding in findings(good_content) if finding.rule == "file-name"}
    covered = ("cases/hexi-grid", "terms/index", "quizzes/notebook", "quizzes/grid-bank")
    assert set(found) == {f"content/pages/{name}.md" for name in covered}
    assert "案例 hexi-grid 的页面" in found["content/pages/cases/hexi-grid.md"].message
    assert all("换一个文件名" in finding.remedy for finding in found.values())


def test_a_huge_file_is_refused_without_being_read(good_content: Path) -> None:
    path = good_content / "terms/huge.yml"
    with path.open("wb") as file:
        file.write(_TERM)
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    found = findings(good_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(finding.rule, finding.place) for finding in found] == [("file", Place("content/terms/huge.yml"))]
    assert peak < 64 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep-flow", "a: " + "[" * 100_000),
        ("deep-flow-closed", "a: " + "[" * 100_000 + "]" * 100_000),
        ("deep-mapping", "{a: " * 100_000),
        ("deep-list", "- " * 100_000),
        ("many-nodes", "aliases:\n" + "- a\n" * 60_000),
        ("many-documents", "--- a\n" * 60_000),
        ("many-anchors", "".join(f"- &a{number} x\n" for number in range(20_000))),
        ("many-control-characters", "a\x01\n" * 200_000),
        ("one-long-line", "title: " + "网" * 300_000),
    ],
)
def test_what_grows_without_bound_is_refused_early(good_content: Path, name: str, text: str) -> None:
    (good_content / f"terms/{name}.yml").write_text(text, encoding="utf-8")
    tracemalloc.start()
    found = findings(good_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    _assert_readable(found, f"content/terms/{name}.yml")
    assert len(found) <= 30
    assert peak < 200 * 1024 * 1024


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_does_not_hang(good_content: Path) -> None:
    os.mkfifo(good_content / "terms/pipe.yml")
    # In a process of its own, which can be ended if it waits for a writer after all.
    command = [sys.executable, "-m", "lunxun", "check", "--content", str(good_content)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    assert b"content/terms/pipe.yml:1:1: " in done.stdout


def _file_outside(content: Path) -> Path:
    path = content.parent / "outside.yml"
    path.write_bytes(_TERM)
    return path


def _folder_outside(content: Path) -> Path:
    path = content.parent / "outside"
    path.mkdir()
    (path / "grid-worker.yml").write_bytes(_TERM)
    return path


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("terms/link.yml", _file_outside),
        ("terms/linked", _folder_outside),
        ("terms/dangling.yml", lambda content: content / "nowhere.yml"),
        ("terms/loop.yml", lambda content: content / "terms/loop.yml"),
    ],
)
def test_a_link_is_not_followed(good_content: Path, name: str, make: Callable[[Path], Path]) -> None:
    (good_content / name).symlink_to(make(good_content))
    found = findings(good_content)
    assert [(finding.rule, finding.place) for finding in found] == [("file-name", Place(f"content/{name}"))]


def test_a_folder_of_a_kind_is_a_folder(good_content: Path) -> None:
    shutil.move(good_content / "collections", good_content.parent / "elsewhere")
    (good_content / "collections").symlink_to(good_content.parent / "elsewhere")
    assert [finding.place for finding in findings(good_content)] == [Place("content/collections")]
    (good_content / "collections").unlink()
    (good_content / "collections").write_bytes(_TERM)
    assert [finding.place for finding in findings(good_content)] == [Place("content/collections")]


def test_a_folder_named_like_a_record_is_found(good_content: Path) -> None:
    (good_content / "terms/folder.yml").mkdir()
    (good_content / "terms/folder.yml/grid-worker.yml").write_bytes(_TERM)
    _assert_readable(findings(good_content), "content/terms/folder.yml")


def test_sub_folders_are_read_but_not_endlessly(good_content: Path) -> None:
    deep = good_content / "terms" / "/".join("abcdefghijk")
    deep.mkdir(parents=True)
    (deep / "grid-worker.yml").write_bytes(_TERM)
    shutil.copy(deep / "grid-worker.yml", good_content / "terms/a/b/grid-leader.yml")
    assert [finding.place for finding in findings(good_content)] == [Place("content/terms/a/b/c/d/e/f/g/h/i")]


def test_two_files_of_one_id_are_found(good_content: Path) -> None:
    (good_content / "terms/local").mkdir()
    shutil.copy(good_content / "terms/hexi-bell.yml", good_content / "terms/local")
    found = [finding for finding in findings(good_content) if finding.rule == "id"]
    assert [finding.place for finding in found] == [Place("content/terms/local/hexi-bell.yml")]


def test_an_unreadable_file_is_found(good_content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Permissions do not stop root, so the system call is made to fail.
    real = os.open

    def refuse(path: Path, flags: int) -> int:
        if Path(path).name == "hexi-bell.yml":
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    found = [finding for finding in findings(good_content) if finding.rule == "file"]
    assert [finding.place for finding in found] == [Place("content/terms/hexi-bell.yml")]
    assert "没有读取的权限" in found[0].message


def test_more_files_than_can_be_right_are_found(good_content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lunxun.library.files.MAX_FILES", 1)
    found = [finding for finding in findings(good_content) if finding.rule == "file-name"]
    assert Place("content/terms/hexi-bell.yml") in [finding.place for finding in found]


def test_what_is_no_record_has_no_place_in_the_content(good_content: Path) -> None:
    (good_content / "notes.docx").write_bytes(b"")
    (good_content / "Cases").mkdir(exist_ok=True)
    (good_content / ".DS_Store").write_bytes(b"")
    (good_content / "terms/.grid.yml.swp").write_bytes(b"")
    (good_content / "terms/grid.yml~").write_bytes(b"")
    found = findings(good_content)
    assert [finding.place.file for finding in found] == ["content/Cases", "content/notes.docx"]


def test_a_folder_without_content_is_a_finding(tmp_path: Path) -> None:
    found = findings(tmp_path / "nowhere")
    assert {finding.rule for finding in found} == {"file-name", "file"}


def test_a_cycle_of_regions_is_found(good_content: Path) -> None:
    edit(good_content, "taxonomy", "{id: jiangnan, name: 江南省}", "{id: jiangnan, name: 江南省, parent: hedong}")
    found = findings(good_content)
    assert {finding.rule for finding in found} == {"class"}
    assert [finding.place.line for finding in found] == [14, 15, 16]
    assert found[0].place.column == place_of(good_content, "taxonomy", "hedong}").column


def test_broken_lists_of_classes_are_found(good_content: Path) -> None:
    edit(good_content, "taxonomy", "parent: hexi}", "parent: nowhere}")
    append(good_content, "taxonomy", "  - {id: hexi, name: 又一个河西县}\n")
    found = findings(good_content)
    assert [finding.place.line for finding in found] == [16, 17]
    assert "nowhere" in found[0].message


def test_a_broken_taxonomy_is_one_mistake_not_one_in_every_record(good_content: Path) -> None:
    edit(good_content, "taxonomy", "id: training, name", "id: training, title")
    assert {finding.place.file for finding in findings(good_content)} == {"content/taxonomy.yml"}


def test_records_may_refer_to_each_other_in_a_circle(good_content: Path) -> None:
    # The two terms of the fixture name each other.
    assert findings(good_content) == ()


def _assert_readable(found: tuple[Finding, ...], file: str) -> None:
    assert found
    for finding in found:
        assert finding.place.file == file
        assert finding.place.line >= 1
        assert finding.place.column >= 1
        assert _HAN.search(finding.message)
        assert not _HALF_WIDTH.search(finding.message)
        assert _HAN.search(finding.remedy)

"""Each verb through the front door: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lunxun.cli import main
from lunxun.cli.chinese import in_chinese
from lunxun.cli.main import _parser
from lunxun.records.kinds import KINDS
from lunxun.records.skeleton import skeleton
from tests.contents import RAW, edit, place_of

Output = pytest.CaptureFixture[str]
_ENGLISH = re.compile(r"\b(usage|options?|positional|arguments?|error|show|exit|invalid|choose|required|expected)\b")
_VERBS = re.findall(r"^    ([a-z]+) ", _parser(None).format_help(), re.MULTILINE)


def _run(*arguments: str | Path) -> int:
    """Run the program and give its exit code, also where argparse ends it."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


# check


def test_check_of_good_content_ends_with_0(good_content: Path, capsys: Output) -> None:
    assert _run("check", "--content", good_content) == 0
    assert capsys.readouterr().out == "错误 0 处、提醒 0 处、说明 0 处。\n"


def test_check_of_bad_content_ends_with_1(good_content: Path, capsys: Output) -> None:
    edit(good_content, "terms/hexi-bell", "scope: local", "scope: county")
    assert _run("check", "--content", good_content) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{place_of(good_content, 'terms/hexi-bell', 'county')}: 错误[schema] ")
    assert lines[-1] == "错误 1 处、提醒 0 处、说明 0 处。"


def test_check_that_only_warns_ends_with_0(good_content: Path, capsys: Output) -> None:
    edit(good_content, "practices/grid-yard", "[grid-rules@2023]", "[grid-rules@2018]")
    assert _run("check", "--content", good_content) == 0
    assert "提醒[superseded]" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["json", "junit", "sarif"])
def test_check_writes_formats_that_programs_read(good_content: Path, capsys: Output, name: str) -> None:
    edit(good_content, "terms/hexi-bell", "scope: local", "scope: county")
    assert _run("check", "--content", good_content, "--format", name) == 1
    text = capsys.readouterr().out
    if name == "junit":
        assert ET.fromstring(text).attrib["failures"] == "1"
    else:
        found = json.loads(text)
        (one,) = found["findings"] if name == "json" else found["runs"][0]["results"]
        assert one["rule" if name == "json" else "ruleId"] == "schema"


def test_check_compares_with_the_raw_texts(good_content: Path, tmp_path: Path, capsys: Output) -> None:
    assert _run("check", "--content", good_content, "--sources", RAW) == 0
    assert "逐条核对 5 条数据：找到 5" in capsys.readouterr().out
    edit(good_content, "cases/hexi-grid", "value: 320", "value: 302")
    assert _run("check", "--content", good_content, "--sources", RAW) == 1
    assert "错误[fact-proof]" in capsys.readouterr().out
    assert _run("check", "--content", good_content, "--sources", tmp_path / "nowhere") == 2
    assert "没有文件夹" in capsys.readouterr().err


def test_check_without_content_is_a_finding(tmp_path: Path, capsys: Output) -> None:
    assert _run("check", "--content", tmp_path / "nowhere") == 1
    assert "没有内容文件夹" in capsys.readouterr().out


# new


@pytest.mark.parametrize("kind", KINDS)
def test_new_writes_a_skeleton(good_content: Path, capsys: Output, kind: str) -> None:
    assert _run("new", kind, "brand-new", "--content", good_content) == 0
    path = good_content.parent / KINDS[kind].root / KINDS[kind].folder / "brand-new.yml"
    assert str(path) in capsys.readouterr().out
    assert path.read_bytes() == skeleton(KINDS[kind]).encode()


def test_new_makes_the_folder_of_the_kind(good_content: Path) -> None:
    shutil.rmtree(good_content / "collections")
    assert _run("new", "collection", "brand-new", "--content", good_content) == 0


@pytest.mark.parametrize(
    "text",
    ["../x", "../../etc/x", "/tmp/x", "CON", "con", "nul", "lpt9", "网格", "a b", "", ".", "..", "a.yml", "A", "a_b",
     "-a-", "a" * 65, "a\n", "a/b", "a\\b", "\udcff"],
)  # fmt: skip
def test_new_refuses_what_is_no_id(good_content: Path, capsys: Output, text: str) -> None:
    before = sorted(good_content.parent.rglob("*"))
    assert _run("new", "--content", good_content, "--", "case", text) == 2
    assert re.search("不能用作编号|Windows 的设备名", capsys.readouterr().err)
    assert sorted(good_content.parent.rglob("*")) == before


def test_new_refuses_the_address_of_a_page_of_the_site(good_content: Path, capsys: Output) -> None:
    assert _run("new", "bank", "notebook", "--content", good_content) == 2
    assert "网站自己的页面" in capsys.readouterr().err
    assert _run("new", "case", "index", "--content", good_content) == 2
    assert _run("new", "case", "notebook", "--content", good_content) == 0


def test_new_does_not_overwrite(good_content: Path, capsys: Output) -> None:
    path = good_content / "cases/hexi-grid.yml"
    before = path.read_bytes()
    assert _run("new", "case", "hexi-grid", "--content", good_content) == 2
    assert "已经存在" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_new_does_not_write_through_a_link(good_content: Path, tmp_path: Path) -> None:
    (good_content / "cases/linked.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert _run("new", "case", "linked", "--content", good_content) == 2
    assert not (tmp_path / "elsewhere.yml").exists()


def test_new_needs_a_content_folder(tmp_path: Path, capsys: Output) -> None:
    assert _run("new", "case", "brand-new", "--content", tmp_path / "nowhere") == 2
    assert "没有内容文件夹" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_new_tells_why_it_cannot_write(good_content: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", refuse)
    assert _run("new", "case", "brand-new", "--content", good_content) == 2
    assert "磁盘空间" in capsys.readouterr().err


# impact


@pytest.mark.parametrize(
    ("reference", "count", "record", "text", "title"),
    [
        ("hexi-bell", 3, "terms/grid-term", "hexi-bell", "术语“网格”"),
        ("grid-rules@2023", 4, "practices/grid-yard", "grid-rules@2023]\n", "经验做法“一格一院”"),
        ("grid-rules@2023#14-2", 1, "cases/hexi-grid", '"grid-rules@2023#14-2"', "典型案例“河西县：一格一院”"),
        ("hexi-grid.grids", 2, "cases/hedong-grid", "${hexi-grid.grids}", "典型案例“河东镇：装上连心铃”"),
        ("hexi-grid.staff", 1, "cases/hexi-grid", "${staff}。\nresults", "典型案例“河西县：一格一院”"),
    ],
)
def test_impact_lists_what_rests_on_a_target_with_its_place(
    good_content: Path, capsys: Output, reference: str, count: int, record: str, text: str, title: str
) -> None:
    assert _run("impact", reference, "--content", good_content) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"依据 {reference} 的有 {count} 条记录："
    assert f"{place_of(good_content, record, text)}: {title}" in out
    assert ("指标对比页“网格数”也随之改变。" in out) is (reference == "hexi-grid.grids")


def test_impact_of_what_nothing_rests_on_is_no_fault(good_content: Path, capsys: Output) -> None:
    assert _run("impact", "grid-rules@2018", "--content", good_content) == 0
    assert capsys.readouterr().out == "依据 grid-rules@2018 的有 0 条记录：\n"


@pytest.mark.parametrize(
    "reference", ["nowhere", "hexi-grid.nothing", "grid-rules@1999", "grid-rules@2023#99", "一格一院", ""]
)
def test_impact_refuses_what_does_not_exist(good_content: Path, capsys: Output, reference: str) -> None:
    assert _run("impact", reference, "--content", good_content) == 2
    assert f"没有“{reference}”" in capsys.readouterr().err


def test_impact_asks_which_of_two_is_meant(good_content: Path, capsys: Output) -> None:
    shutil.copy(good_content / "terms/grid-term.yml", good_content / "terms/hexi-grid.yml")
    assert _run("impact", "hexi-grid", "--content", good_content) == 2
    assert "不止一条，写明类别：case:hexi-grid、term:hexi-grid。" in capsys.readouterr().err


# build (tests/site builds for real)


def test_build_needs_its_configuration(tmp_path: Path, capsys: Output) -> None:
    assert _run("build", "--config", tmp_path / "mkdocs.yml") == 2
    assert "没有网站配置" in capsys.readouterr().err


# the parser


@pytest.mark.parametrize("verb", ["", *_VERBS])
def test_help_is_chinese(capsys: Output, verb: str) -> None:
    assert _run(*([verb] if verb else []), "--help") == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：lunxun")
    assert "选项：" in text
    assert not _ENGLISH.search(text)


def test_help_names_the_verbs() -> None:
    assert {"new", "check", "build", "serve", "impact"} <= set(_VERBS)


@pytest.mark.parametrize("verb", _VERBS)
def test_a_verb_says_of_itself_what_the_list_says(verb: str) -> None:
    assert _parser(verb).format_help() == _parser(None).format_help()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "缺少：命令"),
        (["chekc"], "命令 没有“chekc”，只能是：new、check"),
        (["check", "--format", "xml"], "--format 没有“xml”，只能是：text、json、junit、sarif"),
        (["check", "--content"], "--content 后面要写一个值"),
        (["check", "--form"], "--format 后面要写一个值"),
        (["check", "--nonsense", "x"], "不认识的参数：--nonsense x"),
        (["new"], "缺少：类别、编号"),
        (["new", "person", "x"], "类别 没有“person”，只能是：policy"),
        (["impact", "a", "b"], "不认识的参数：b"),
        (["--version=3"], "--version 后面不能写值“3”"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(capsys: Output, arguments: list[str], complaint: str) -> None:
    assert _run(*arguments) == 2
    err = capsys.readouterr().err
    assert err.startswith("用法：lunxun")
    assert f"错误：{complaint}" in err
    assert "--help 看说明。" in err
    assert not _ENGLISH.search(err)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("argument --port: invalid int value: 'x'", "--port 的值“x”写法不对"),
        ("argument -a: not allowed with argument -b", "-a 不能和 -b 一起用"),
        ("ambiguous option: --f could match --format, --foo", "“--f”不止一种意思，写全：--format、--foo"),
        ("one of the arguments -a -b is required", "这几个参数要写一个：-a -b"),
        ("argument x: expected at least one argument", "x 后面至少要写一个值"),
        ("argument x: expected 2 arguments", "x 后面的值个数不对"),
        ("argument v: invalid choice: 'y', maybe you meant 'z'? (choose from z)", "v 没有“y”，只能是：z"),
        ("argument v: invalid choice: 'a\nb' (choose from c, d)", "v 没有“a\nb”，只能是：c、d"),
        ("something that a later Python says", "命令写得不对"),
    ],
)
def test_every_complaint_of_argparse_has_its_chinese(message: str, told: str) -> None:
    assert in_chinese(message) == told


# the program as a process


def _process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "lunxun", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_a_terminal_without_chinese_gets_no_traceback(good_content: Path) -> None:
    (good_content / os.fsdecode(b"\xff\xfe.yml")).write_bytes(b"")
    done = _process("check", "--content", str(good_content), PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"file-name" in done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize("strays", [0, 3000])
def test_the_reader_of_a_pipe_may_leave(good_content: Path, strays: int) -> None:
    for number in range(strays):
        (good_content / f"stray-{number}").write_bytes(b"")
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "lunxun", "check", "--content", str(good_content)]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")

"""`lunxun search` through the front door."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lunxun.cli import main
from lunxun.cli.search import ENGINES
from tests.contents import edit

Output = pytest.CaptureFixture[str]
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:()!?]")


class Desk:
    """A user at a terminal, with a home and a cache of their own."""

    def __init__(self, content: Path, cache: Path, output: Output) -> None:
        self.content = content
        self.cache = cache
        self._output = output

    def search(self, *arguments: str) -> tuple[int, str, str]:
        """Run the verb; give its exit code and what it said."""
        places = ("--content", str(self.content), "--cache", str(self.cache))
        try:
            code = main(["search", *places, *arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        said = self._output.readouterr()
        assert not _HALF_WIDTH.search(said.out) and not _HALF_WIDTH.search(said.err), said
        return code, said.out, said.err

    def json(self, *arguments: str) -> Any:
        """Give the answer for programs."""
        code, out, _ = self.search("--json", *arguments)
        assert code == 0
        return json.loads(out)


@pytest.fixture
def desk(good_content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> Desk:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    return Desk(good_content, tmp_path / "cache", capsys)


@pytest.mark.parametrize("engine", ENGINES)
def test_records_are_listed_best_first(desk: Desk, engine: str) -> None:
    code, out, err = desk.search("网格员", "--engine", engine)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert re.fullmatch(r"找到 \d+ 条。", lines[0])
    assert lines[1].startswith(" 1. ") and "\033" not in out
    assert "term:grid-term" in desk.search("网格", "--engine", engine)[1].splitlines()[1]


def test_what_a_program_gets(desk: Desk) -> None:
    answer = desk.json("网格", "kind:case")
    assert list(answer) == ["query", "total", "partial", "suggestions", "warnings", "hits"]
    assert (answer["query"], answer["partial"], answer["suggestions"]) == ("网格 kind:case", False, [])
    assert answer["total"] == len(answer["hits"]) == 2
    hit = answer["hits"][0]
    assert set(hit) == {
        *("record", "kind", "title", "titleMarks", "address", "anchor"),
        *("heading", "snippet", "snippetMarks", "facets"),
    }
    assert hit["kind"] == "case" and hit["facets"]["kind"] == ["case"]
    assert hit["address"] == f"cases/{hit['record'].removeprefix('case:')}.html"
    for text, marks in ((hit["title"], hit["titleMarks"]), (hit["snippet"], hit["snippetMarks"])):
        assert {text[start:end] for start, end in marks} <= {"网格"}


def test_kind_and_limit(desk: Desk) -> None:
    assert {hit["kind"] for hit in desk.json("网格", "--kind", "case")["hits"]} == {"case"}
    answer = desk.json("网格", "--limit", "1")
    assert len(answer["hits"]) == 1 < answer["total"]
    assert "，列出前 1 条。" in desk.search("网格", "--limit", "1")[1]


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "1e3"])
def test_a_limit_must_be_a_number_within_bounds(desk: Desk, limit: str) -> None:
    code, _, err = desk.search("网格", "--limit", limit)
    assert code == 2 and "--limit" in err


def test_an_edit_is_found_at_once(desk: Desk) -> None:
    assert desk.json("枇杷膏")["total"] == 0
    edit(desk.content, "terms/grid-term", "title: ", "aliases: [枇杷膏药]\ntitle: ")
    assert desk.json("枇杷膏")["hits"][0]["record"] == "term:grid-term"


def test_a_minus_excludes_also_without_quotes(desk: Desk) -> None:
    every = {hit["record"] for hit in desk.json("网格", "--limit", "99")["hits"]}
    some = {hit["record"] for hit in desk.json("网格", "-河东", "--limit", "99")["hits"]}
    assert some < every and some == {hit["record"] for hit in desk.json("网格 -河东", "--limit", "99")["hits"]}


def test_nothing_found_is_said_and_is_no_failure(desk: Desk) -> None:
    code, out, _ = desk.search("量子纠缠")
    assert code == 0 and out == "没有找到“量子纠缠”。换个说法，少写几个字，或去掉限定条件再试。\n"


def test_a_typo_is_answered_with_what_may_be_meant(desk: Desk) -> None:
    assert desk.json("网隔")["suggestions"][0] == "网格"
    assert desk.search("网隔")[1].startswith("您是不是要找：网格")


def test_an_article_is_found_or_said_to_be_missing(desk: Desk) -> None:
    hit = desk.json("网格工作规定 第14条")["hits"][0]
    assert (hit["record"], hit["anchor"]) == ("policy:grid-rules", "v-2023-14-2")
    answer = desk.json("网格工作规定第九十九条")
    assert answer["partial"] and answer["hits"][0]["record"] == "policy:grid-rules"
    assert answer["warnings"] == ["没有收录“第九十九条”，先列出文件本身。"]
    assert desk.search("网格工作规定第九十九条")[1].startswith("没有收录“第九十九条”，先列出文件本身。\n")


@pytest.mark.parametrize("query", ["", " ", "。、*", "“”", "-盐城"])
def test_a_query_without_words_is_refused(desk: Desk, query: str) -> None:
    code, out, err = desk.search("--", query) if query.startswith("-") else desk.search(query)
    assert (code, out) == (2, "") and "没有可查的字词" in err


def test_a_class_that_does_not_exist_is_said(desk: Desk) -> None:
    code, _, err = desk.search("网格 region:火星")
    assert code == 0 and err.startswith("没有叫“火星”的地区。有：")
    assert desk.json("网格 地区：火星")["warnings"][0].startswith("没有叫“火星”的地区")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "query", ["网" * 10_000, "*" * 10_000, '"' * 9_999, "网格 \x1b[2J\x07\0\u202e", "kind:" * 2_000, "(" * 10_000]
)
def test_hostile_queries_end_well_and_steer_no_terminal(desk: Desk, engine: str, query: str) -> None:
    code, out, err = desk.search(query, "--engine", engine)
    assert code in (0, 2)
    assert not set("\x1b\x07\0\u202e") & set(out + err)


def test_colours_are_for_terminals_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\033[1;33m网格\033[0m" in desk.search("网格")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in desk.search("网格")[1]


def test_broken_records_do_not_stop_the_search(desk: Desk) -> None:
    (desk.content / "terms" / "broken.yml").write_text("title: [", encoding="utf-8")
    code, out, err = desk.search("网格")
    assert code == 0 and "term:grid-term" in out
    assert err == "有的记录有错误，没有收进索引；运行 lunxun check 看是哪些。\n"


def test_a_content_folder_that_is_missing_is_named(desk: Desk) -> None:
    desk.content = desk.content / "nowhere"
    code, _, err = desk.search("网格")
    assert code == 2 and err.startswith("没有内容文件夹 ")


def test_a_cache_that_cannot_be_written_is_named(desk: Desk) -> None:
    desk.cache.write_text("")
    code, _, err = desk.search("网格")
    assert code == 2 and err.startswith("索引写不进 ") and "--cache" in err


def test_a_key_that_cannot_be_written_is_named(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    code, _, err = desk.search("网格")
    assert code == 2 and err.startswith("密钥写不进 ")


def test_without_tantivy_the_user_is_told_how_to_get_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    code, _, err = desk.search("网格", "--engine", "tantivy")
    assert code == 2 and err.startswith("没有安装 tantivy") and "search-fast" in err


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_a_read_only_cache_serves_while_the_content_stays(desk: Desk) -> None:
    desk.search("网格")
    assert os.environ["XDG_STATE_HOME"]
    paths = [desk.cache, *desk.cache.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert desk.json("网格")["total"] > 0
    finally:
        for path in paths:
            path.chmod(0o700)


def test_the_help_is_chinese_and_keeps_its_lines(desk: Desk) -> None:
    code, out, _ = desk.search("--help")
    assert code == 0 and "\n  网格 党支部 " in out and "写法：\n" in out


def test_import_of_whoosh_is_silent() -> None:
    # Its regular expressions are of 2016, and newer Pythons complain of them at the first compilation.
    command = [sys.executable, "-B", "-W", "error::SyntaxWarning", "-c", "import lunxun.search.whoosh_engine"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

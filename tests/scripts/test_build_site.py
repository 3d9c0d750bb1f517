"""Arguments of build.py, and the small server."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from build_site import Options, main, output_folder, read_options
from console import ScriptError
from environment import ROOT
from serving import SiteServer


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], Options()),
        (["--serve"], Options(serve=True)),
        (["--serve", "--port", "9000"], Options(True, 9000)),
        (["--port=9000"], Options(False, 9000)),
        (["--serve", "--", "--jobs", "2", "--"], Options(True, None, ("--jobs", "2", "--"))),
    ],
)
def test_arguments_are_read(arguments: list[str], options: Options) -> None:
    assert read_options(arguments) == options


@pytest.mark.parametrize("arguments", [["--nope"], ["x"], ["--port"], ["--port", "0"], ["--port=99999"], ["--port=一"]])
def test_bad_arguments_are_refused_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ScriptError):
        read_options(arguments)
    assert main(arguments) == 2
    assert "端口" in capsys.readouterr().out


def test_help_goes_before_everything_but_not_after_the_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "用法" in capsys.readouterr().out
    assert read_options(["--", "--help"]).extra == ("--help",)


def test_output_folder_follows_the_arguments_for_the_build() -> None:
    assert output_folder([]) == ROOT / "site"
    assert output_folder(["--jobs", "2", "--output", "甲/乙"]) == ROOT / "甲" / "乙"
    assert output_folder(["--output=丙"]) == ROOT / "丙"


def test_server_answers_below_its_prefix_only(tmp_path: Path) -> None:
    (tmp_path / "页.html").write_text("好", "utf-8")
    with SiteServer(tmp_path, prefix="/a/b/") as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            with urlopen(f"{server.address}%E9%A1%B5.html?q=1") as answer:
                assert answer.read().decode() == "好"
            for path in ("/%E9%A1%B5.html", "/a/%E9%A1%B5.html", "/a/b", "/a/b/no.html"):
                with pytest.raises(HTTPError, match="404") as refused:
                    urlopen(f"http://127.0.0.1:{server.server_port}{path}")
                refused.value.close()
        finally:
            server.shutdown()
            thread.join()

"""`lunxun serve` as a process: what it prints, what it goes on serving, and how it ends."""

from __future__ import annotations

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from lunxun.cli import main
from tests.contents import edit
from tests.site.projects import make_project
from tests.site.serving_process import ServingProcess, serving

LIMIT = 60.0
CASE, WAS, BECAME = "cases/hexi-grid.html", "先划清边界，再配人员。", "先改了这一句。"
RIGHT, WRONG = "\ntitle: ", "\ntytle: "


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture
def server(project: Path) -> Iterator[ServingProcess]:
    with serving(project) as one:
        yield one


def page(server: ServingProcess, address: str = CASE) -> str:
    with urllib.request.urlopen(server.address + address, timeout=LIMIT) as answer:
        text: str = answer.read().decode()
        return text


def test_each_change_is_one_line_and_errors_leave_the_last_page(server: ServingProcess, project: Path) -> None:
    content = project / "content"
    assert WAS in page(server)
    edit(content, "cases/hexi-grid", WAS, BECAME)
    line = server.wait_for("有改动")
    pattern = (
        r"\[\d+\.\d 秒\] content/cases/hexi-grid\.yml 有改动：更新网页 \d+ 个、其他文件 \d+ 个，用 \d+\.\d\d 秒。\n"
    )
    assert re.fullmatch(pattern, line)
    assert BECAME in page(server)

    edit(content, "cases/hexi-grid", RIGHT, WRONG)
    assert "内容有错误，仍显示改错之前的网站" in server.wait_for("有改动")
    assert "content/cases/hexi-grid.yml:2:1: 错误[schema]" in server.wait_for("tytle")
    assert BECAME in page(server)

    edit(content, "cases/hexi-grid", WRONG, RIGHT)
    assert "网站没有变化" in server.wait_for("有改动")


def test_pages_come_and_go_with_their_records(server: ServingProcess, project: Path) -> None:
    (project / "content/collections/grid-cases.yml").unlink()
    server.wait_for("更新网页")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        page(server, "collections/grid-cases.html")


def test_what_is_not_content_is_made_again_too(server: ServingProcess, project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("site_name: 轮训", "site_name: 新名"), "utf-8")
    server.wait_for("更新网页")
    assert "新名" in page(server)
    template = project / "theme/main.html"
    whole = template.read_text("utf-8")
    template.write_text("{% nonsense %}", "utf-8")
    assert "仍显示改错之前的网站" in server.wait_for("theme/main.html 有改动")
    assert "新名" in page(server)
    template.write_text(whole.replace("本页目录", "目录在此"), "utf-8")
    server.wait_for("更新网页")
    assert "目录在此" in page(server)


def test_ctrl_c_ends_it_while_clients_are_connected(server: ServingProcess) -> None:
    port = int(server.address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), LIMIT), socket.create_connection(("127.0.0.1", port)) as told:
        told.sendall(b"GET /__lunxun__/changes HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert told.recv(1000).startswith(b"HTTP/1.1 200")
        code, said = server.interrupt()
    assert (code, said.splitlines()[-1]) == (0, "已停止。")
    assert "Traceback" not in said


# what is refused


def test_a_port_in_use_is_told_before_anything_is_made(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["serve", "--config", str(project / "mkdocs.yml"), "--address", address]) == 2
    assert "已被别的程序占用" in capsys.readouterr().err
    assert not (project / ".cache").exists()


def test_the_configuration_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert "没有网站配置" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["", "x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "a b:80", "[x]:1"]
)
def test_what_is_no_address_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serve", "--address", address])
    assert end.value.code == 2
    assert "--address" in capsys.readouterr().err

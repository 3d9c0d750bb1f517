"""A build either replaces the whole site or leaves the last one as it was."""

from __future__ import annotations

import shutil
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lunxun.site.swap import discard_leftovers, swap_in
from tests.contents import edit
from tests.site.projects import build, make_project, outputs, snapshot, start_build


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small project once."""
    project = make_project(tmp_path_factory.mktemp("built") / "project")
    done = build(project)
    assert done.returncode == 0, done.stdout
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """Copy the built project, for a test to spoil."""
    return shutil.copytree(built, tmp_path / "project")


def test_every_visible_record_has_its_page(built: Path) -> None:
    pages = {path for path in snapshot(built / "site") if path.endswith(".html")}
    records = {f"{path.parent.name}/{path.stem}.html" for path in (built / "content").glob("*/*.yml")}
    assert records <= pages
    assert {"index.html", "404.html", "search.html", "cases/index.html", "about/index.html"} <= pages
    assert outputs(built) == {"site"}


def test_both_ways_in_build_the_same_bytes_again(project: Path) -> None:
    before = snapshot(project / "site")
    assert build(project, "mkdocs", "build").returncode == 0
    assert snapshot(project / "site") == before


def test_the_output_may_go_elsewhere(project: Path) -> None:
    before = snapshot(project / "site")
    done = build(project, "lunxun", "build", "--output", "elsewhere/site")
    assert done.returncode == 0, done.stdout
    assert snapshot(project / "elsewhere/site") == before == snapshot(project / "site")


def test_a_page_that_is_gone_goes_from_the_site(project: Path) -> None:
    (project / "content/collections/grid-cases.yml").unlink()
    assert build(project).returncode == 0
    assert not (project / "site/collections/grid-cases.html").exists()


def test_a_killed_build_leaves_the_last_site_and_the_next_one_cleans_up(project: Path) -> None:
    before = snapshot(project / "site")
    edit(project / "content", "cases/hexi-grid", "先划清边界，再配人员。", "改过了。")
    (project / "stop").touch()
    _kill_half_way(project)
    (leftover,) = outputs(project) - {"site"}
    assert leftover.startswith("site.building-")
    assert snapshot(project / leftover)
    assert snapshot(project / "site") == before
    (project / "stop").unlink()
    assert build(project).returncode == 0
    assert outputs(project) == {"site"}
    assert "改过了。" in (project / "site/cases/hexi-grid.html").read_text("utf-8")


def test_a_killed_first_build_shows_no_half_site(project: Path) -> None:
    shutil.rmtree(project / "site")
    (project / "stop").touch()
    _kill_half_way(project)
    assert not (project / "site").exists()
    (project / "stop").unlink()
    assert build(project).returncode == 0
    assert outputs(project) == {"site"}


@pytest.mark.parametrize("program", ["lunxun", "mkdocs"])
def test_wrong_content_leaves_the_last_site_and_ends_with_1(project: Path, program: str) -> None:
    before = snapshot(project / "site")
    edit(project / "content", "cases/hexi-grid", "level: county", "level: country")
    done = build(project, program, "build")
    assert done.returncode == 1
    assert "content/cases/hexi-grid.yml:" in done.stdout
    assert "上一次的网站保持原样" in done.stdout
    assert "Traceback" not in done.stdout
    assert outputs(project) == {"site"}
    assert snapshot(project / "site") == before


def test_a_build_that_fails_while_writing_leaves_the_last_site(project: Path) -> None:
    before = snapshot(project / "site")
    (project / "fail").touch()
    done = build(project)
    assert done.returncode == 1
    assert "检查磁盘空间" in done.stdout
    assert "Traceback" not in done.stdout
    assert outputs(project) == {"site"}
    assert snapshot(project / "site") == before


def test_titles_cannot_break_out_of_the_head_of_a_page(project: Path) -> None:
    title, summary = "A&B<甲> \"乙\" '丙'", '用“引号”和"直引号"，大于>小于<。'
    edit(project / "content", "collections/grid-cases", "title: 网格治理案例汇编", "title: |\n  " + title)
    edit(project / "content", "collections/grid-cases", "一县一镇的做法放在一起看。", summary)
    edit(project / "content", "collections/grid-cases", "title: 全县铺开", "title: |\n      " + title)
    done = build(project)
    assert done.returncode == 0, done.stdout
    head = _Head()
    head.feed((project / "site/collections/grid-cases.html").read_text("utf-8"))
    assert head.title == f"{title} - 轮训"
    assert head.description == summary
    assert title in head.contents


def test_a_swap_that_is_cut_in_two_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, made = tmp_path / "site", tmp_path / "site.building-1"
    for folder, text in ((target, "旧"), (made, "新")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    real = Path.rename

    def die_at_the_second(path: Path, to: Path) -> Path:
        if path == made:
            raise KeyboardInterrupt
        return real(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            swap_in(made, target)
    assert not target.exists()
    discard_leftovers(target)
    assert (target / "index.html").read_text("utf-8") == "旧"
    assert outputs(tmp_path) == {"site"}


def test_a_swap_needs_no_last_site(tmp_path: Path) -> None:
    (tmp_path / "site.building-1").mkdir()
    (tmp_path / "site.old").mkdir()
    swap_in(tmp_path / "site.building-1", tmp_path / "site")
    assert outputs(tmp_path) == {"site"}


def _kill_half_way(project: Path) -> None:
    with start_build(project) as process:
        # The hook says when it stands still, so there is no race; the loop ends when the build does.
        while not (project / "stopped").exists() and process.poll() is None:
            time.sleep(0.02)
        assert process.poll() is None, "the build ended before it could be killed"
        process.kill()
    (project / "stopped").unlink()


class _Head(HTMLParser):
    """Read title, description and table of contents as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.description = ""
        self.contents: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("name") == "description":
            self.description = found.get("content") or ""
        if tag in ("title", "nav", "a"):
            self._inside.append("toc" if found.get("class") == "lx-toc" else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("title", "nav", "a"):
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside[-1:] == ["title"]:
            self.title += data
        if self._inside[-2:] == ["toc", "a"]:
            self.contents.append(data)

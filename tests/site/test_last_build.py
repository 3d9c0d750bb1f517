"""When nothing has changed nothing is built; whatever has changed is built; a spoilt memory does no harm."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.contents import edit
from tests.site.projects import build, make_project, snapshot

_SAME = "没有变化，网站已是最新"
_LONG_AGO = time.time() - 3600


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small project from content that has been there for a while."""
    project = make_project(tmp_path_factory.mktemp("built") / "project")
    _age(project)
    assert _SAME not in build(project).stdout
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """Move the built project, for a test to change; what is remembered goes by the place."""
    project = shutil.copytree(built, tmp_path / "project", ignore=shutil.ignore_patterns("builds"))
    assert build(project).returncode == 0
    return project


def test_nothing_is_built_when_nothing_has_changed(project: Path) -> None:
    before = _times(project / "site")
    done = build(project)
    assert done.returncode == 0
    assert _SAME in done.stdout
    assert _times(project / "site") == before


def test_warnings_are_said_again(project: Path) -> None:
    edit(project / "content", "practices/grid-yard", "topics: [grid]", "topics: [grid]\nstate: 待核")
    _age(project)
    first = build(project).stdout
    again = build(project).stdout
    assert _SAME in again
    lines = [line for line in first.splitlines() if line.startswith("content/")]
    assert lines
    assert [line for line in again.splitlines() if line.startswith("content/")] == lines


def test_an_edit_of_a_record_is_built(project: Path) -> None:
    edit(project / "content", "cases/hexi-grid", "先划清边界，再配人员。", "改过了。")
    assert _SAME not in build(project).stdout
    assert "改过了。" in (project / "site/cases/hexi-grid.html").read_text("utf-8")


@pytest.mark.parametrize("path", ["theme/partials/footer.html", "mkdocs.yml"])
def test_a_change_of_theme_or_settings_is_built(project: Path, path: str) -> None:
    with (project / path).open("a", encoding="utf-8") as file:
        file.write("\n<!-- 新的 -->\n" if path.endswith("html") else "\ncopyright: 新的\n")
    assert _SAME not in build(project).stdout


def test_a_spoilt_page_is_made_again(project: Path) -> None:
    before = snapshot(project / "site")
    (project / "site/cases/hexi-grid.html").write_text("坏了", "utf-8")
    assert _SAME not in build(project).stdout
    assert snapshot(project / "site") == before


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b'{"version": 1}', b"\xff\xfe", b'{"a": ' * 5000])
def test_a_spoilt_memory_does_no_harm(project: Path, spoilt: bytes) -> None:
    before = snapshot(project / "site")
    (state,) = (project / ".cache/lunxun/builds").glob("*.json")
    state.write_bytes(spoilt)
    (project / ".cache/lunxun/frame/frame.json").write_bytes(spoilt)
    done = build(project)
    assert done.returncode == 0, done.stdout
    assert _SAME not in done.stdout
    assert snapshot(project / "site") == before


@pytest.mark.parametrize("shells", ["[]", "{}", '{"": 1}', "null"])
def test_a_frame_that_holds_no_shells_is_made_again(project: Path, shells: str) -> None:
    frame = project / ".cache/lunxun/frame/frame.json"
    frame.write_text(json.dumps({**json.loads(frame.read_text("utf-8")), "shells": json.loads(shells)}), "utf-8")
    edit(project / "content", "cases/hexi-grid", "先划清边界，再配人员。", "改过了。")
    assert build(project).returncode == 0
    assert "改过了。" in (project / "site/cases/hexi-grid.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["index", "site"])
@pytest.mark.parametrize("part", [slice(0), slice(1000), slice(-40)])
def test_a_spoilt_knowledge_of_the_site_does_no_harm(project: Path, name: str, part: slice) -> None:
    edit(project / "content", "cases/hexi-grid", "先划清边界，再配人员。", "改过了。")
    (known,) = (project / ".cache/lunxun/builds").glob(f"*.{name}.rows")
    times = known.stat()
    whole = known.read_bytes()
    # The length stays, as whoever looks only at size and time must not be misled either.
    known.write_bytes(whole[part] + bytes(len(whole) - len(whole[part])))
    os.utime(known, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert build(project).returncode == 0
    updated = snapshot(project / "site")
    shutil.rmtree(project / ".cache")
    shutil.rmtree(project / "site")
    assert build(project).returncode == 0
    assert snapshot(project / "site") == updated


def test_content_edited_just_before_a_build_is_looked_at_again(project: Path) -> None:
    # An edit this young may be followed by another that leaves size and time as they are.
    edit(project / "content", "cases/hexi-grid", "先划清边界，再配人员。", "改过了，再配人员。")
    assert build(project).returncode == 0
    path = project / "content/cases/hexi-grid.yml"
    times = path.stat()
    edit(project / "content", "cases/hexi-grid", "改过了，再配人员。", "又改了，再配人员。")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert build(project).returncode == 0
    assert "又改了，再配人员。" in (project / "site/cases/hexi-grid.html").read_text("utf-8")


def test_a_stray_file_is_found_though_no_record_has_changed(project: Path) -> None:
    before = snapshot(project / "site")
    (project / "content/cases/BAD NAME.yml").write_text("title: x\n", "utf-8")
    done = build(project)
    assert done.returncode == 1
    assert "BAD NAME" in done.stdout
    assert snapshot(project / "site") == before


def _age(project: Path) -> None:
    for path in (project / "content").rglob("*"):
        os.utime(path, (_LONG_AGO, _LONG_AGO))


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}

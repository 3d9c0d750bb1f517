"""What the server shows after an edit: at once the pages that it reaches, and in the end the site of a whole build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from lunxun.site.build import Order
from lunxun.site.live_rebuilder import LiveRebuilder
from lunxun.site.mkdocs import make_frame
from lunxun.workers import InProcess
from tests.contents import add_banks, edit
from tests.site.projects import make_project, snapshot
from tests.site.random_edits import Editor
from tests.site.test_updates import Project, Silent

CASE, WAS, BECAME = "cases/hexi-grid.html", "先划清边界，再配人员。", "先改了这一句。"
_STEPS = 12


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(make_project(tmp_path / "project"))
    add_banks(made.content)
    return made


@pytest.fixture
def live(project: Project) -> LiveRebuilder:
    folder = project.folder
    order = Order(folder / "mkdocs.yml", None, folder / "cache", make_frame, InProcess(), Silent())
    rebuilder = LiveRebuilder(order)
    assert rebuilder.start().ok
    return rebuilder


def _record(project: Project, name: str) -> Path:
    return project.content / f"{name}.yml"


def _text(live: LiveRebuilder, address: str) -> str:
    data = live.file(address)
    assert data is not None, address
    return data.decode()


def test_an_edited_page_is_shown_before_the_rest_is_done(project: Project, live: LiveRebuilder) -> None:
    edit(project.content, "cases/hexi-grid", "\ntitle: ", "\ntitle: 改过的")
    outcome = live.refresh([_record(project, "cases/hexi-grid")])
    assert outcome.ok and CASE in outcome.changed
    assert '<h1 id="top">改过的' in _text(live, CASE)
    assert "改过的" not in _text(live, "cases/index.html") and live.is_unfinished
    rest = live.finish()
    assert rest.ok and CASE not in rest.changed and "cases/index.html" in rest.changed
    assert "改过的" in _text(live, "cases/index.html") and not live.is_unfinished


def test_an_error_leaves_the_last_good_pages_until_it_is_mended(project: Project, live: LiveRebuilder) -> None:
    path = _record(project, "cases/hexi-grid")
    good = path.read_text("utf-8")
    path.write_text(good.replace("\ntitle: ", "\ntytle: "), "utf-8")
    for outcome in (live.refresh([path]), live.finish()):
        assert not outcome.ok and "cases/hexi-grid.yml:2:1" in outcome.said
        assert WAS in _text(live, CASE)
    path.write_text(good.replace(WAS, BECAME), "utf-8")
    assert live.refresh([path]).ok
    assert BECAME in _text(live, CASE)
    assert live.finish().ok


def test_what_only_all_records_together_show_is_found_in_the_end(project: Project, live: LiveRebuilder) -> None:
    path = _record(project, "cases/hexi-grid")
    copy = path.with_name("hexi-copy.yml")
    copy.write_bytes(path.read_bytes())
    assert live.refresh([copy]).ok
    outcome = live.finish()
    assert not outcome.ok and "same-title" in outcome.said


def test_pages_go_with_their_records(project: Project, live: LiveRebuilder) -> None:
    path = _record(project, "collections/grid-cases")
    path.unlink()
    assert "collections/grid-cases.html" in live.refresh([path]).changed
    assert live.file("collections/grid-cases.html") is None
    assert live.finish().ok
    assert live.file("collections/grid-cases.html") is None


@pytest.mark.parametrize("seed", range(2))
def test_in_the_end_it_is_the_site_of_a_whole_build(project: Project, live: LiveRebuilder, seed: int) -> None:
    editor = Editor(project.content, seed)
    done: list[str] = []
    while len(done) < _STEPS:
        kept, before = project.keep_content(), _files(project)
        told = editor.change()
        ok = live.refresh(list(_changed(before, _files(project)))).ok
        if not ok or (live.is_unfinished and not live.finish().ok):
            changed = _files(project)
            project.take_back(kept)
            live.refresh(list(_changed(changed, _files(project))))
            if live.is_unfinished:
                live.finish()
            continue
        done.append(told)
        site = project.afresh()
        shown = {name: hashlib.sha256(live.file(name) or b"").hexdigest() for name in site}
        differing = sorted(name for name in site if site[name] != shown[name])
        assert not differing, f"after {done}"
        assert live.file("cases/nothing.html") is None


def _files(project: Project) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for name in ("content", "quizzes"):
        root = project.folder / name
        found |= {root / file: digest for file, digest in snapshot(root).items()}
    return found


def _changed(before: dict[Path, str], after: dict[Path, str]) -> Iterator[Path]:
    return (path for path in before.keys() | after.keys() if before.get(path) != after.get(path))

"""A build from nothing, shared out among processes: what it leaves is what one process alone leaves."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lunxun.checks.checked import Found
from lunxun.library.library import EMPTY_TAXONOMY, Library
from lunxun.site.build import FrameError, Order, build
from lunxun.site.frame import Frame, Settings
from lunxun.site.mkdocs import make_frame
from lunxun.site.ready import NotReadyError, Unchecked
from lunxun.site.tasks import SiteWork, keep_content
from lunxun.workers import InProcess, Processes, Workers
from tests.contents import edit
from tests.site.projects import make_project, snapshot
from tests.site.test_updates import Silent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Set up a project that was never built."""
    return make_project(tmp_path / "project")


def _build(project: Path, name: str, workers: Workers) -> Path:
    cache = project / f"{name}-cache"
    build(Order(project / "mkdocs.yml", project / name, cache, make_frame, workers, Silent()))
    return cache


def test_processes_leave_the_same_site_and_a_snapshot(project: Path) -> None:
    caches = [_build(project, "one", InProcess()), _build(project, "many", Processes(2))]
    assert snapshot(project / "many") == snapshot(project / "one")
    for cache in caches:
        assert list(cache.glob("records-*.snapshot"))


def test_a_theme_that_cannot_be_rendered_elsewhere_is_told_here(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("docs_dir:", "docs_dir: nowhere #"), "utf-8")
    with pytest.raises(FrameError):
        _build(project, "many", Processes(2))


def test_what_is_known_of_wrong_content_is_kept_and_nothing_is_made(project: Path) -> None:
    edit(project / "content", "cases/hexi-grid", "先划清边界，再配人员。", "先划清边界，再配 37 人。")
    with pytest.raises(NotReadyError):
        _build(project, "many", Processes(2))
    assert list((project / "many-cache").glob("records-*.snapshot"))
    assert not (project / "many").exists()


def test_a_worker_that_did_not_inherit_the_content_says_so(tmp_path: Path) -> None:
    library = Library(EMPTY_TAXONOMY, {}, ())
    frame = Frame(Settings(tmp_path, tmp_path, "", (), ()), {}, tmp_path, "")
    content = Unchecked.__new__(Unchecked)
    travelled = pickle.loads(pickle.dumps(SiteWork(library, frame, None, content)))
    assert not keep_content(travelled, Found((), {}))

"""After any edit, the site brought up to date is the one that a build from nothing makes, byte for byte."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from environment import ROOT
from lunxun.own_code import code_digest
from lunxun.site import listing, tables, templating
from lunxun.site.build import Order, build
from lunxun.site.mkdocs import make_frame
from lunxun.site.ready import NotReadyError
from lunxun.workers import InProcess
from tests.contents import GOOD, add_banks, edit
from tests.site.projects import make_project, snapshot
from tests.site.random_edits import Editor

_STEPS = 14
TEMPLATES = Path(templating.__file__).with_name("templates")


class Silent:
    """A reporter that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def say(self, text: str) -> None:
        """Keep it."""
        self.told.append(text)

    def progress(self, title: str, done: int, total: int) -> None:
        """Show nothing."""


class Project:
    """A project whose site is brought up to date in place, and can be made from nothing beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"

    def update(self) -> list[str]:
        """Bring the site up to date, and give what was said."""
        return self._build("site", "cache")

    def afresh(self) -> dict[str, str]:
        """Make the site from nothing."""
        shutil.rmtree(self.folder / "other-cache", ignore_errors=True)
        shutil.rmtree(self.folder / "other", ignore_errors=True)
        self._build("other", "other-cache")
        return snapshot(self.folder / "other")

    def site(self) -> dict[str, str]:
        """Give the digests of the files of the site."""
        return snapshot(self.folder / "site")

    def keep_content(self) -> Path:
        """Copy the content, so that a change can be taken back."""
        kept = self.folder / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        for name in ("content", "quizzes"):
            shutil.copytree(self.folder / name, kept / name)
        return kept

    def take_back(self, kept: Path) -> None:
        """Put the copy in place of the content."""
        for name in ("content", "quizzes"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(kept / name, self.folder / name)

    def _build(self, output: str, cache: str) -> list[str]:
        silent = Silent()
        frames = self.folder / cache / "frame"
        if not frames.exists() and (self.folder / "frame").exists():
            shutil.copytree(self.folder / "frame", frames)
        order = Order(
            self.folder / "mkdocs.yml",
            self.folder / output,
            self.folder / cache,
            make_frame,
            InProcess(),
            silent,
        )
        build(order)
        if not (self.folder / "frame").exists():
            shutil.copytree(frames, self.folder / "frame")
        return silent.told


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Make the site of the good fixture, with a bank."""
    made = Project(make_project(tmp_path / "project"))
    add_banks(made.content)
    made.update()
    return made


@pytest.fixture
def small_lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut lists of more than four records, two a page, so that lists come to be cut and whole again."""
    monkeypatch.setattr(tables, "LONGEST_LIST", 4)
    monkeypatch.setattr(listing, "LIST_PAGE", 2)
    yield


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have the templates of records read from a folder that may be changed, as by another version of the program."""
    folder = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))

    def digest(suffixes: Collection[str]) -> str:
        _forget_templates()
        texts = (path.read_text("utf-8") for path in sorted(folder.rglob("*.j2")))
        return code_digest(suffixes) if ".j2" not in suffixes else str(hash("".join(texts)))

    monkeypatch.setattr(templating, "PackageLoader", lambda *_: FileSystemLoader(folder))
    monkeypatch.setattr("lunxun.site.first_look.code_digest", digest)
    yield folder
    monkeypatch.undo()
    _forget_templates()


def _forget_templates() -> None:
    templating.environment.cache_clear()
    templating.template.cache_clear()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("small_lists")
def test_random_edits_of_the_fixture(project: Project, templates: Path, seed: int) -> None:
    _edit_at_random(project, seed, _STEPS, templates)


@pytest.mark.usefixtures("small_lists")
def test_of_a_long_list_only_the_pages_are_made_again_that_say_something_else(project: Project) -> None:
    text = (project.content / "cases/hexi-grid.yml").read_text("utf-8")
    for number, sign in enumerate("一二三四五六"):
        made = re.sub("^title: ", f"title: 又{sign}·", re.sub(r"^aliases:.*\n", "", text, flags=re.M), flags=re.M)
        (project.content / f"cases/more-{number}.yml").write_text(made, "utf-8")
    project.update()
    lists = sorted((project.folder / "site/cases").glob("index*.html"))
    before = {path.name: path.stat().st_mtime_ns for path in lists}
    edit(project.content, "cases/more-2", "又三·", "再三·")
    project.update()
    written = {path.name for path in lists if path.stat().st_mtime_ns != before[path.name]}
    page = next(path.name for path in lists if "再三·" in path.read_text("utf-8"))
    assert len(lists) > 3
    assert written == {"index.html", page}
    assert project.site() == project.afresh()


@pytest.mark.parametrize("change", ["theme", "template"])
def test_a_changed_template_reaches_every_page_of_its_kind(project: Project, templates: Path, change: str) -> None:
    before = project.site()
    path = project.folder / "theme" / "partials" / "footer.html" if change == "theme" else templates / "case.html.j2"
    path.write_text(path.read_text("utf-8").replace("</", "<!-- changed --></", 1), "utf-8")
    project.update()
    after = project.site()
    cases = {name for name in after if re.fullmatch(r"cases/(?!index)[^/]+\.html", name)}
    assert cases and all(before[name] != after[name] for name in cases)
    assert after == project.afresh()


def test_random_edits_of_the_real_content(tmp_path: Path) -> None:
    project = Project(make_project(tmp_path / "project"))
    shutil.rmtree(project.content)
    shutil.copytree(ROOT / "content", project.content)
    shutil.copytree(ROOT / "quizzes", project.folder / "quizzes")
    project.update()
    _edit_at_random(project, 1, 6)


def _edit_at_random(project: Project, seed: int, steps: int, templates: Path | None = None) -> None:
    editor = Editor(project.content, seed, templates)
    done: list[str] = []
    while len(done) < steps:
        kept = project.keep_content()
        told = editor.change()
        try:
            project.update()
        except NotReadyError:
            project.take_back(kept)
            continue
        done.append(told)
        site, afresh = project.site(), project.afresh()
        differing = sorted(name for name in site.keys() | afresh.keys() if site.get(name) != afresh.get(name))
        assert not differing, f"after {done}"


def test_good_is_the_fixture_with_all_kinds() -> None:
    assert {path.name for path in GOOD.iterdir()} >= {"cases", "terms", "policies", "practices", "problems", "sources"}

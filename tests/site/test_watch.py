"""The watcher of `lunxun serve`: every way in which a file can change is told, once it is complete."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from lunxun.site import watch
from lunxun.site.watch import Gathered, Watcher

LIMIT = 20.0


@pytest.fixture(params=[Observer, lambda: PollingObserver(timeout=0.05)], ids=["system", "polling"])
def observer(request: pytest.FixtureRequest) -> Callable[[], BaseObserver]:
    """Give both ways to notice changes."""
    made: Callable[[], BaseObserver] = request.param
    return made


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases/x.yml").write_text("x")
    (tmp_path / "mkdocs.yml").write_text("y")
    return folder


@pytest.fixture
def watcher(content: Path, observer: Callable[[], BaseObserver]) -> Iterator[Watcher]:
    with Watcher(pytest.fail, observer) as one:
        one.watch([content, content.parent / "mkdocs.yml", content.parent / "quizzes", content / "pages"])
        yield one


def told(watcher: Watcher, *expected: Path) -> set[Path]:
    """Wait until all of these have been told, and give everything that was."""
    seen: set[Path] = set()
    until = time.monotonic() + LIMIT
    while not seen.issuperset(expected) and time.monotonic() < until:
        seen |= watcher.take(LIMIT)
    assert seen.issuperset(expected)
    return seen


def test_a_saved_file_is_told(watcher: Watcher, content: Path) -> None:
    (content / "cases/x.yml").write_text("changed")
    assert told(watcher, content / "cases/x.yml") == {content / "cases/x.yml"}


def test_a_new_file_in_a_new_folder_is_told(watcher: Watcher, content: Path) -> None:
    new = content / "terms/deep/new.yml"
    new.parent.mkdir(parents=True)
    new.write_text("new")
    told(watcher, new)
    new.write_text("newer")
    told(watcher, new)


def test_a_deleted_file_is_told(watcher: Watcher, content: Path) -> None:
    (content / "cases/x.yml").unlink()
    told(watcher, content / "cases/x.yml")


def test_both_names_of_a_renamed_file_are_told(watcher: Watcher, content: Path) -> None:
    (content / "cases/x.yml").rename(content / "cases/y.yml")
    told(watcher, content / "cases/x.yml", content / "cases/y.yml")


def test_a_file_that_replaces_another_is_told(watcher: Watcher, content: Path) -> None:
    beside = content / "cases/.x.yml.tmp"
    beside.write_text("changed")
    beside.replace(content / "cases/x.yml")
    assert beside not in told(watcher, content / "cases/x.yml")


def test_a_file_that_comes_from_elsewhere_or_goes_there_is_told(watcher: Watcher, content: Path) -> None:
    elsewhere = content.parent / "elsewhere.yml"
    elsewhere.write_text("z")
    elsewhere.rename(content / "cases/z.yml")
    told(watcher, content / "cases/z.yml")
    (content / "cases/z.yml").rename(elsewhere)
    told(watcher, content / "cases/z.yml")


def test_a_deleted_folder_is_told(watcher: Watcher, content: Path) -> None:
    shutil.rmtree(content / "cases")
    told(watcher, content / "cases")


def test_a_renamed_folder_is_told_and_watched_under_its_name(watcher: Watcher, content: Path) -> None:
    (content / "cases").rename(content / "terms")
    told(watcher, content / "cases", content / "terms")
    (content / "terms/x.yml").write_text("changed")
    told(watcher, content / "terms/x.yml")


def test_a_single_file_is_watched_also_when_it_is_replaced(watcher: Watcher, content: Path) -> None:
    settings = content.parent / "mkdocs.yml"
    for text in ("one", "two!"):
        beside = content.parent / "mkdocs.yml.tmp"
        beside.write_text(text)
        beside.replace(settings)
        assert told(watcher, settings) == {settings}


def test_what_comes_later_is_watched(watcher: Watcher, content: Path) -> None:
    bank = content.parent / "quizzes/banks/b.yml"
    bank.parent.mkdir(parents=True)
    bank.write_text("b")
    told(watcher, bank)
    bank.write_text("bb")
    told(watcher, bank)


@pytest.mark.parametrize("how", [shutil.rmtree, lambda folder: folder.rename(folder.with_name("away"))])
def test_a_watched_folder_may_be_replaced(watcher: Watcher, content: Path, how: Callable[[Path], None]) -> None:
    how(content)
    told(watcher, content)
    (content / "cases").mkdir(parents=True)
    (content / "cases/x.yml").write_text("back")
    told(watcher, content / "cases/x.yml")
    (content / "cases/x.yml").write_text("and changed")
    told(watcher, content / "cases/x.yml")


def test_hidden_files_backups_and_other_files_are_not_told(watcher: Watcher, content: Path) -> None:
    (content / ".git").mkdir()
    (content / ".git/index").write_text("g")
    (content / "cases/x.yml~").write_text("b")
    (content / "cases/.#x.yml").write_text("l")
    (content.parent / "README.md").write_text("r")
    (content.parent / "site").mkdir()
    last = content / "cases/x.yml"
    last.write_text("last")
    assert told(watcher, last) == {last}


def test_what_happens_while_nobody_waits_is_told_afterwards(watcher: Watcher, content: Path) -> None:
    for name in ("a", "b"):
        (content / f"cases/{name}.yml").write_text(name)
        told(watcher, content / f"cases/{name}.yml")
    names = {content / f"cases/{number}.yml" for number in range(50)}
    for path in names:
        path.write_text("n")
    assert told(watcher, *names) == names


def test_of_very_many_changes_the_folders_are_told(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MANY", 3)
    with Watcher(pytest.fail) as watcher:
        watcher.watch([content, content.parent / "mkdocs.yml"])
        watcher._gathered.add(content / f"cases/{number}.yml" for number in range(4))
        assert watcher.take(LIMIT) == {content, content.parent / "mkdocs.yml"}


def test_what_was_changed_before_it_was_watched_can_be_asked_for(watcher: Watcher, content: Path) -> None:
    old = content / "cases/old.yml"
    old.write_text("o")
    told(watcher, old)
    hour_ns = 3_600_000_000_000
    watcher.add_changed_since(time.time_ns() + hour_ns)
    assert not watcher.take(0)
    watcher.add_changed_since(time.time_ns() - hour_ns)
    assert old in watcher.take(LIMIT)


def test_roots_can_be_exchanged(watcher: Watcher, content: Path) -> None:
    other = content.parent / "other"
    other.mkdir()
    watcher.watch([other])
    (content / "cases/x.yml").write_text("no longer")
    (other / "a.yml").write_text("a")
    assert told(watcher, other / "a.yml") == {other / "a.yml"}


def test_without_the_help_of_the_system_it_looks_by_itself(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Exhausted(PollingObserver):
        def schedule(self, *arguments: object, **options: object) -> None:  # type: ignore[override]
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    notes: list[str] = []
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.05)
    with Watcher(notes.append, Exhausted) as watcher:
        watcher.watch([content, content.parent / "mkdocs.yml"])
        (content / "cases/x.yml").write_text("changed")
        told(watcher, content / "cases/x.yml")
        (content.parent / "mkdocs.yml").write_text("changed")
        told(watcher, content.parent / "mkdocs.yml")
    assert [note[:4] for note in notes] == ["系统不再"]


def test_an_observer_that_has_died_is_replaced(content: Path) -> None:
    with Watcher(pytest.fail) as watcher:
        watcher.watch([content])
        for emitter in watcher._observer.emitters:
            emitter.stop()
            emitter.join()
        (content / "cases/x.yml").write_text("changed")
        told(watcher, content / "cases/x.yml")


# gathering


def test_changes_that_never_end_are_told_all_the_same() -> None:
    gathered, end = Gathered(), threading.Event()

    def change() -> None:
        while not end.is_set():
            gathered.add([Path("/x")])

    thread = threading.Thread(target=change)
    thread.start()
    try:
        assert gathered.take(LIMIT) == {Path("/x")}
    finally:
        end.set()
        thread.join()


def test_nothing_is_told_twice() -> None:
    gathered = Gathered()
    gathered.add([Path("/x"), Path("/y"), Path("/x")])
    gathered.add([])
    assert gathered.take(0) == {Path("/x"), Path("/y")}
    assert gathered.take(0) == frozenset()


def test_names_that_are_no_text_do_no_harm(content: Path) -> None:
    with Watcher(pytest.fail) as watcher:
        watcher.watch([content])
        odd = content / os.fsdecode(b"\xff\xfe.yml")
        odd.write_text("?")
        told(watcher, odd)

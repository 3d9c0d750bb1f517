"""However a library comes about, it is the same: at once, in parts, elsewhere, from a snapshot, edit by edit."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunxun.checks.checked import Checked, check_loaded, load_checked
from lunxun.checks.register import check, inspect
from lunxun.findings import Finding, in_order
from lunxun.library.changes import changes
from lunxun.library.files import RecordFile
from lunxun.library.library import Entry
from lunxun.library.load import Loaded, load, renew
from lunxun.library.reading import Listed
from lunxun.library.snapshot import Snapshot
from lunxun.records.kinds import FOLDERS, KINDS
from lunxun.records.references import Key
from lunxun.records.walk import Leaf
from lunxun.workers import Processes, Remote
from tests.contents import BAD, GOOD, edit

_KEY = b"k" * 32
_BAD = sorted(BAD.glob("*.yml"))
# What may stand in the place of something else: references that come to lead somewhere or nowhere, facts, versions.
_WORDS = (
    "grid-yard", "hexi-grid", "hedong-grid", "grid-rules", "2023", "2018", "grids", "staff", "grid-term", "待核",
    "草稿", "hexi-bell", "14-2", "网格", "“", "state", "title", "few-hands", "grid-count", "hedong", "grid",
)  # fmt: skip

_CONTENT_FOLDERS = [folder for folder, kind in FOLDERS.items() if KINDS[kind].root == "content"]


class Inline(Executor):
    """Runs what it is given at once, on copies, as another process would."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        task = pickle.loads(pickle.dumps((fn, args, kwargs)))
        future.set_result(pickle.loads(pickle.dumps(task[0](*task[1], **task[2]))))
        return future


def _assert_same(one: Checked, other: Checked) -> None:
    assert one.findings == other.findings
    _assert_same_loaded(one.loaded, other.loaded)


def _assert_same_loaded(one: Loaded, other: Loaded) -> None:
    assert one == other
    assert list(one.library.entries) == list(other.library.entries)
    for key in one.library.entries:
        assert one.library.incoming(key) == other.library.incoming(key)
        assert one.library.outgoing(key) == other.library.outgoing(key)
    assert one.state.links == other.state.links
    assert list(one.state.read.files) == list(other.state.read.files)
    assert [read[2:] for read in one.state.read.files.values()] == [
        read[2:] for read in other.state.read.files.values()
    ]


@contextmanager
def _content() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(GOOD, Path(folder) / "content")


def _change(content: Path, rnd: Random) -> set[Path]:
    """Change something at random; name the files of records that it touched."""
    files = sorted(path for folder in FOLDERS for path in (content / folder).rglob("*.yml"))
    path = rnd.choice(files)
    text = path.read_text("utf-8", errors="replace")
    match rnd.randrange(9):
        case 0:
            path.unlink()
            return {path}
        case 1:
            new = path.with_name(rnd.choice(["new.yml", "grid-yard.yml", "hexi-grid.yml", "a-1.yml"]))
            path.replace(new)
            return {path, new}
        case 2:
            new = content / rnd.choice(_CONTENT_FOLDERS) / path.name
            new.parent.mkdir(exist_ok=True)
            new.write_bytes(path.read_bytes())
            return {new}
        case 3:
            bad = rnd.choice(_BAD)
            new = content / "terms" / rnd.choice([bad.name, path.name])
            shutil.copy(bad, new)
            return {new}
        case 4:
            new = path.parent / "sub" / path.name
            new.parent.mkdir(exist_ok=True)
            new.write_bytes(path.read_bytes())
            return {new}
        case 5:
            source = GOOD / rnd.choice([one.relative_to(GOOD) for one in sorted(GOOD.rglob("*/*.yml"))])
            path = content / source.relative_to(GOOD)
            shutil.copy(source, path)
        case 6:
            lines = text.split("\n")
            del lines[rnd.randrange(len(lines))]
            path.write_text("\n".join(lines), encoding="utf-8")
        case _:
            old = rnd.choice(_WORDS)
            path.write_text(text.replace(old, rnd.choice(_WORDS), rnd.choice([1, -1])), encoding="utf-8")
    return {path}


def _listed(content: Path, path: Path) -> Listed:
    relative = path.relative_to(content)
    return FOLDERS[relative.parts[0]], RecordFile(str(path), f"content/{relative.as_posix()}", path.stem)


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_edit_by_edit_is_as_from_the_start(seed: int) -> None:
    rnd = Random(seed)
    with _content() as content:
        snapshot = Snapshot(content.parent / "cache", content, _KEY)
        before = renewed = load_checked(content, snapshot=snapshot)
        for _ in range(6):
            touched = set().union(*(_change(content, rnd) for _ in range(rnd.randint(1, 3))))
            fresh = load_checked(content)
            assert fresh.findings == in_order([*load(content).findings, *check(fresh.library)])
            kept = load_checked(content, before=before)
            _assert_same(kept, fresh)
            _assert_same(load_checked(content, snapshot=snapshot), fresh)
            there = [_listed(content, path) for path in sorted(touched) if path.exists()]
            gone = [_listed(content, path)[1].name for path in touched if not path.exists()]
            renewed = check_loaded(renew(renewed.loaded, there, gone), renewed)
            _assert_same(renewed, fresh)
            _assert_changes_are_told(before, kept)
            before = kept


def _assert_changes_are_told(before: Checked, after: Checked) -> None:
    found = changes(before.loaded.state, after.loaded.state)
    concerned = found.records | found.neighbours
    for key in (before.library.entries.keys() | after.library.entries.keys()) - concerned:
        assert before.library.entries[key] == after.library.entries[key]
        assert before.library.outgoing(key) == after.library.outgoing(key)
        assert before.library.incoming(key) == after.library.incoming(key)
        assert before.loaded.state.links.findings.get(key) == after.loaded.state.links.findings.get(key)
        for link in (*after.library.outgoing(key), *after.library.incoming(key)):
            other = link.source if link.target == key else link.target
            assert before.library.entries[other] == after.library.entries[other]
    assert not found.neighbours & found.records


def test_nothing_changed_is_told_as_nothing(good_content: Path) -> None:
    before = load_checked(good_content)
    after = load_checked(good_content, before=before)
    assert not changes(before.loaded.state, after.loaded.state)
    assert all(after.library.entries[key] is entry for key, entry in before.library.entries.items())


def test_a_change_concerns_those_that_link_to_it(good_content: Path) -> None:
    before = load(good_content)
    edit(good_content, "terms/hexi-bell", "title: ", "title: 新")
    found = changes(before.state, load(good_content, before=before.state).state)
    assert found.records == {Key("term", "hexi-bell")}
    assert {Key("case", "hexi-grid"), Key("case", "hedong-grid"), Key("term", "grid-term")} <= found.neighbours


def test_a_changed_taxonomy_is_looked_up_everywhere(good_content: Path) -> None:
    before = load_checked(good_content)
    edit(good_content, "taxonomy", "id: training, name", "id: trainings, name")
    _assert_same(load_checked(good_content, before=before), load_checked(good_content))
    assert any(finding.rule == "class" for finding in load_checked(good_content, before=before).findings)


def test_a_listed_word_is_looked_for_in_records_that_have_not_changed(good_content: Path) -> None:
    before = load_checked(good_content)
    with (good_content / "terms/hexi-bell.yml").open("a", encoding="utf-8") as file:
        file.write("variants: [先划清]\n")
    after = load_checked(good_content, before=before)
    assert {finding.rule for finding in after.findings} == {"term-variant"}
    _assert_same(after, load_checked(good_content))


def test_a_record_without_an_id_of_its_own_is_not_inspected(good_content: Path) -> None:
    (good_content / "terms/sub").mkdir()
    bell = (good_content / "terms/hexi-bell.yml").read_text("utf-8")
    (good_content / "terms/sub/hexi-bell.yml").write_text(
        bell.replace("summary: |\n  ", "summary: |\n  15个。"), "utf-8"
    )
    assert {finding.rule for finding in load_checked(good_content).findings} == {"id"}
    (good_content / "terms/hexi-bell.yml").unlink()
    assert {finding.rule for finding in load_checked(good_content).findings} == {"typed-figure"}


def test_who_inspects_makes_a_difference(good_content: Path) -> None:
    edit(good_content, "cases/hexi-grid", "先划清边界，再配人员。", "先配15人。")
    plain = load(good_content)
    assert plain.inspected == ()
    inspected = load(good_content, inspect=inspect, before=plain.state)
    assert [finding.rule for finding in inspected.inspected] == ["typed-figure"]


def test_the_same_size_and_time_do_not_hide_a_change(good_content: Path) -> None:
    path = good_content / "cases/hexi-grid.yml"
    before = load(good_content)
    found = path.stat()
    path.write_bytes(path.read_bytes().replace("先划清边界".encode(), "先划定边界".encode()))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert path.stat().st_size == found.st_size
    after = load(good_content, before=before.state)
    assert after.library.entries[Key("case", "hexi-grid")] != before.library.entries[Key("case", "hexi-grid")]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with more files than are read in one process, some of them bad."""
    content = shutil.copytree(GOOD, tmp_path_factory.mktemp("large") / "content")
    bell = (content / "terms/hexi-bell.yml").read_text("utf-8")
    for number in range(530):
        text = bell.replace("title: ", f"title: {number}-") if number % 50 else bell.replace("title: ", "titel: ")
        (content / f"terms/bell-{number}.yml").write_text(text + f"aliases: [铃{number}]\n", encoding="utf-8")
    for path in _BAD:
        shutil.copy(path, content / "terms")
    return content


def test_an_executor_changes_nothing(large: Path) -> None:
    alone = load(large, inspect=inspect)
    assert len(alone.findings) > 50
    _assert_same_loaded(load(large, inspect=inspect, workers=Remote(Inline(), 1)), alone)
    _assert_same_loaded(load(large, inspect=inspect, workers=Processes(2)), alone)
    with ProcessPoolExecutor(2) as executor:
        _assert_same_loaded(load(large, inspect=inspect, workers=Remote(executor, 2)), alone)


def test_what_a_killed_process_was_to_read_is_read_here(large: Path) -> None:
    _assert_same_loaded(load(large, inspect=_die_elsewhere, workers=Processes(2)), load(large, inspect=_die_elsewhere))


def _die_elsewhere(entry: Entry, found: Sequence[Leaf]) -> tuple[Finding, ...]:
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return ()


def test_few_files_are_not_sent_away(good_content: Path) -> None:
    class Refusing(Inline):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            raise AssertionError("sent")

    assert load(good_content, workers=Remote(Refusing(), 2)).findings == ()


def test_what_is_sent_is_bounded(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lunxun.library.reading.CHUNK", 10)
    held, most = 0, 0

    class Counting(Inline):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            nonlocal held, most
            held += 1
            most = max(most, held)
            future = super().submit(fn, *args, **kwargs)
            real = future.result

            def result(timeout: float | None = None) -> Any:
                nonlocal held
                held -= 1
                return real(timeout)

            future.result = result  # type: ignore[method-assign]
            return future

    alone = load(large)
    assert load(large, workers=Remote(Counting(), 2)) == alone
    assert most <= 13

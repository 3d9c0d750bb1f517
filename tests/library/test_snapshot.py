"""A snapshot saves reading, and never more than that: what is not to be trusted is passed over."""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import lunxun
from lunxun.checks.checked import load_checked
from lunxun.checks.register import inspect
from lunxun.findings import Finding
from lunxun.library import program
from lunxun.library import snapshot as module
from lunxun.library.analysis import Analysed, Inspect, Looked, Note, RawFile, analyse
from lunxun.library.library import Entry
from lunxun.library.load import load
from lunxun.library.snapshot import Snapshot
from lunxun.records.walk import Leaf, leaves
from lunxun.search.library_index import note
from tests.contents import edit

KEY = b"k" * 32


class _Bomb:
    """A pickle that would leave a trace."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.trace,)


@pytest.fixture
def saved(good_content: Path) -> Snapshot:
    """Make a snapshot of the good fixture."""
    snapshot = Snapshot(good_content.parent / "cache", good_content, KEY)
    assert snapshot.save(load(good_content, inspect=inspect).state)
    return snapshot


def test_what_was_saved_is_restored(saved: Snapshot) -> None:
    loaded = load(saved.content, inspect=inspect)
    state = saved.restore(inspect)
    assert state is not None
    assert state.library == loaded.library
    assert state.links == loaded.state.links
    assert state.read.files == loaded.state.read.files


def test_a_record_is_opened_when_it_is_looked_at(saved: Snapshot) -> None:
    state = saved.restore(inspect)
    assert state is not None
    entry = next(iter(state.library.entries.values()))
    with pytest.raises(AttributeError):
        Entry.__dict__["record"].__get__(entry)
    assert entry.record is entry.record


def test_what_lies_beside_a_record_is_what_it_says(saved: Snapshot) -> None:
    state, read = saved.restore(inspect), load(saved.content, inspect=inspect).library.entries
    assert state is not None
    for key, entry in state.library.entries.items():
        for name in ("title", "aliases", "is_hidden", "listed_by", "has_changes", "measured"):
            assert getattr(entry, name) == getattr(read[key], name)


def test_a_kept_record_travels_as_any_other(saved: Snapshot) -> None:
    state = saved.restore(inspect)
    assert state is not None
    entries = dict(state.library.entries)
    arrived = pickle.loads(pickle.dumps(entries))
    assert arrived == entries
    assert {type(entry) for entry in arrived.values()} == {Entry}


def test_what_was_restored_is_saved_as_it_was(saved: Snapshot) -> None:
    before, state = saved.file.read_bytes(), saved.restore(inspect)
    assert state is not None
    for entry in list(state.library.entries.values())[::2]:
        assert entry.record.title
    assert saved.save(state)
    assert saved.file.read_bytes() == before


def test_unchanged_files_are_not_analysed_again(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load(saved.content, inspect=inspect)
    edit(saved.content, "cases/hexi-grid", "先划清边界", "先划定边界")
    read: list[str] = []

    def watch(files: Sequence[RawFile], by: Inspect | None, note: Note | None) -> list[Analysed]:
        read.extend(file.name for file in files)
        return analyse(files, by, note)

    monkeypatch.setattr("lunxun.library.reading.analyse", watch)
    after = load(saved.content, inspect=inspect, before=saved.restore(inspect))
    assert read == ["content/cases/hexi-grid.yml"]
    assert after.library.entries.keys() == expected.library.entries.keys()


def test_notes_are_kept_and_made_again_with_the_record(saved: Snapshot) -> None:
    assert saved.save(load(saved.content, inspect=inspect, note=note).state)
    edit(saved.content, "cases/hexi-grid", "先划清边界", "先划定边界")
    after = load(saved.content, inspect=inspect, note=note, before=saved.restore(inspect, note))
    alone = load(saved.content, inspect=inspect, note=note)
    assert [file.note for file in after.state.read.files.values()] == [
        file.note for file in alone.state.read.files.values()
    ]
    found = next(file for name, file in after.state.read.files.items() if name.endswith("/hexi-grid.yml"))
    assert found.entry is not None
    assert [found.note] == note([Looked(found.entry, leaves(found.entry.record))])


def test_a_snapshot_with_other_notes_is_passed_over(saved: Snapshot) -> None:
    assert saved.restore(inspect, note) is None


def test_settled_files_are_not_even_opened(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in saved.content.rglob("*.yml"):
        os.utime(path, ns=(0, 1_500_000_000_000_000_000))
    monkeypatch.setattr("time.time_ns", lambda: 4_000_000_000_000_000_000)
    assert saved.save(load(saved.content, inspect=inspect).state)
    opened = []
    real = os.open

    def watch(path: str, flags: int, mode: int = 0o777) -> int:
        opened.append(Path(path).name)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", watch)
    state = saved.restore(inspect)
    assert load(saved.content, inspect=inspect, before=state).findings == ()
    assert set(opened) == {saved.file.name, "taxonomy.yml"}


def test_from_where_the_program_is_run_does_not_matter(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved.content.parent)
    relative = Snapshot(saved.folder, Path("content"), KEY)
    state = relative.restore(inspect)
    assert state is not None
    assert state.read.files == load(Path("content"), inspect=inspect).state.read.files


@pytest.mark.parametrize("where", [0, 31, 32, 40, -1])
def test_a_damaged_snapshot_is_passed_over(saved: Snapshot, where: int) -> None:
    raw = bytearray(saved.file.read_bytes())
    raw[where] ^= 1
    saved.file.write_bytes(raw)
    assert saved.restore(inspect) is None
    assert load_checked(saved.content, snapshot=saved).findings == ()
    assert saved.restore(inspect, note) is not None


@pytest.mark.parametrize("length", [0, 5, 32, 33, 1000])
def test_a_snapshot_that_was_cut_off_is_passed_over(saved: Snapshot, length: int) -> None:
    saved.file.write_bytes(saved.file.read_bytes()[:length])
    assert saved.restore(inspect) is None


def test_a_foreign_snapshot_is_not_unpickled(saved: Snapshot, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    body = pickle.dumps(_Bomb(trace))
    for mac in (b"\0" * 32, hmac.digest(b"other" * 7, body, "sha256"), hashlib.sha256(body).digest(), b""):
        saved.file.write_bytes(mac + body)
        assert saved.restore(inspect) is None
    assert not trace.exists()
    pickle.loads(body)
    assert trace.exists()


def test_the_snapshot_of_another_machine_is_passed_over(saved: Snapshot) -> None:
    assert Snapshot(saved.folder, saved.content, b"o" * 32).restore(inspect) is None


def test_the_snapshot_of_another_program_is_passed_over(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "program", lambda: "another")
    assert saved.restore(inspect) is None


def test_a_changed_source_or_library_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(lunxun.__file__ or "").parent
    copied = shutil.copytree(package, tmp_path / "lunxun", ignore=shutil.ignore_patterns("__pycache__"))
    now = program.program.__wrapped__
    monkeypatch.setattr(lunxun, "__file__", str(copied / "__init__.py"))
    before = now()
    assert now() == before
    for name in (
        "records/case.py",
        "library/quick_yaml.py",
        "checks/wording.py",
        "text/marks.py",
        "search/said.py",
        "findings.py",
    ):
        (copied / name).write_text((copied / name).read_text("utf-8") + "\n", encoding="utf-8")
        assert now() != before
        before = now()
    monkeypatch.setattr(program, "version", lambda _: "0")
    assert now() != before


def _other(entry: Entry, found: Sequence[Leaf]) -> list[Finding]:
    return []


def test_the_findings_of_another_inspector_are_not_taken_over(saved: Snapshot) -> None:
    assert saved.restore(_other) is None
    assert saved.restore(None) is None


def test_a_snapshot_is_of_one_folder(saved: Snapshot, tmp_path: Path) -> None:
    other = Snapshot(saved.folder, shutil.copytree(saved.content, tmp_path / "other/content"), KEY)
    assert other.file != saved.file
    shutil.copy(saved.file, other.file)
    assert other.restore(inspect) is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links and pipes")
def test_what_is_no_file_is_passed_over(saved: Snapshot) -> None:
    moved = saved.file.rename(saved.folder / "moved")
    saved.file.symlink_to(moved)
    assert saved.restore(inspect) is None
    saved.file.unlink()
    os.mkfifo(saved.file)
    assert saved.restore(inspect) is None


def test_a_snapshot_beyond_all_bounds_is_not_read(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    assert saved.restore(inspect) is None


def test_a_cache_that_cannot_be_written_is_no_fault(saved: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    blocked = Snapshot(tmp_path / "file" / "cache", saved.content, KEY)
    assert load_checked(saved.content, snapshot=blocked).findings == ()
    assert not blocked.save(load(saved.content).state)


def test_nothing_half_written_is_left(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = saved.file.read_bytes()
    monkeypatch.setattr(Path, "replace", fail)
    assert not saved.save(load(saved.content, inspect=inspect).state)
    assert [path.name for path in saved.folder.iterdir()] == [saved.file.name]
    assert saved.file.read_bytes() == before


def test_only_its_owner_can_read_it(saved: Snapshot) -> None:
    if sys.platform != "win32":
        assert saved.file.stat().st_mode & 0o077 == 0

"""No index is opened that this machine did not write, or that is no longer what it wrote."""

from __future__ import annotations

import os
import pickle
import stat
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lunxun.library.machine_key import key_file, machine_key
from lunxun.search.port import Reader
from lunxun.search.store import MANIFEST, Checked, Store
from lunxun.search.upkeep import folder_of
from lunxun.search.whoosh_engine import WhooshEngine
from tests.search.indexes import DOCUMENTS, ENGINES, KEY, Given, Shelf

REBUILT = "，没有使用，现在重建。"
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files apart by other means")


@pytest.fixture(params=list(ENGINES))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache", ENGINES[request.param]())


@pytest.fixture
def written(shelf: Shelf) -> Checked:
    """Write an index and give what it consists of."""
    shelf.search(Given(), "网格")
    found = Store(folder_of(shelf.cache, shelf.engine, Given()), KEY).read()
    assert found is not None
    return found


class Bomb:
    """What writes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.mark),)


class Watching(WhooshEngine):
    """Remember what was opened."""

    def __init__(self) -> None:
        self.opened: list[Path] = []

    def open(self, folder: Path, files: Mapping[str, bytes]) -> Reader:
        self.opened.append(folder)
        return super().open(folder, files)


def assert_rebuilt(shelf: Shelf, old: Path) -> None:
    """Search, and see that the old files were not used."""
    source = Given()
    assert shelf.search(source, "网格").total == len(DOCUMENTS)
    assert source.made == ["1"] and not old.exists()
    assert [message for message in shelf.said if message.endswith(REBUILT)] == shelf.said != []


def test_a_changed_byte_in_any_file_is_noticed(shelf: Shelf, written: Checked) -> None:
    for name in written.files:
        found = Store(folder_of(shelf.cache, shelf.engine, Given()), KEY).read()
        assert found is not None
        path = found.folder / (name if name in found.files else min(found.files))
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        shelf.said.clear()
        assert_rebuilt(shelf, found.folder)


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"\0" * 1_000_000])
def test_a_file_of_another_length_is_noticed(shelf: Shelf, written: Checked, damage: bytes) -> None:
    (written.folder / max(written.files)).write_bytes(damage)
    assert_rebuilt(shelf, written.folder)


def test_a_lost_file_is_noticed(shelf: Shelf, written: Checked) -> None:
    (written.folder / min(written.files)).unlink()
    assert_rebuilt(shelf, written.folder)


def test_a_pickle_put_in_the_place_of_any_file_is_never_unpickled(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "cache", WhooshEngine())
    bomb = pickle.dumps(Bomb(tmp_path / "exploded"))
    for at in range(2):
        shelf.search(Given(), "网格")
        found = Store(folder_of(shelf.cache, shelf.engine, Given()), KEY).read()
        assert found is not None and len(found.files) == 2
        (found.folder / sorted(found.files)[at]).write_bytes(bomb)
        shelf.said.clear()
        assert_rebuilt(shelf, found.folder)
    assert not (tmp_path / "exploded").exists()


def test_a_pickle_inside_the_real_form_of_a_file_is_never_unpickled(tmp_path: Path) -> None:
    """Whoosh itself would run it: the list of segments at the end of its table of contents is a pickle."""
    shelf = Shelf(tmp_path / "cache", WhooshEngine())
    shelf.search(Given(), "网格")
    found = Store(folder_of(shelf.cache, shelf.engine, Given()), KEY).read()
    assert found is not None
    toc = next(name for name in found.files if name.endswith(".toc"))
    data = found.files[toc]
    segments = b"\x80" + bytes([pickle.HIGHEST_PROTOCOL])
    forged = data[: data.rindex(segments)] + pickle.dumps(Bomb(tmp_path / "exploded"))
    (found.folder / toc).write_bytes(forged)
    assert_rebuilt(shelf, found.folder)
    assert not (tmp_path / "exploded").exists()
    with pytest.raises(Exception):  # noqa: B017 - whatever Whoosh makes of a folder's name in place of segments
        WhooshEngine().open(found.folder, {**found.files, toc: forged})
    assert (tmp_path / "exploded").exists(), "the forged file would have done harm"


def test_a_file_that_the_manifest_does_not_name_is_not_read(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "cache", WhooshEngine())
    shelf.search(Given(), "网格")
    found = Store(folder_of(shelf.cache, shelf.engine, Given()), KEY).read()
    assert found is not None
    (found.folder / "_MAIN_99.toc").write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    assert shelf.search(Given(), "网格").total == len(DOCUMENTS)
    assert not (tmp_path / "exploded").exists()


def test_an_index_of_another_machine_is_refused_unopened(tmp_path: Path) -> None:
    Shelf(tmp_path, WhooshEngine()).open(Given(), key=b"of another machine").reader.close()
    engine = Watching()
    shelf = Shelf(tmp_path, engine)
    folder = folder_of(tmp_path, engine, Given())
    (foreign,) = (path for path in folder.iterdir() if path.is_dir())
    assert_rebuilt(shelf, foreign)
    assert engine.opened and foreign not in engine.opened
    assert shelf.said == [f"索引不是本机写的，或者被改动过{REBUILT}"]


def test_an_index_of_another_content_is_refused_in_this_place(shelf: Shelf, written: Checked) -> None:
    other = folder_of(shelf.cache, shelf.engine, Given(identity="other"))
    written.folder.parent.rename(other)
    source = Given(identity="other")
    assert shelf.search(source, "网格").total == len(DOCUMENTS)
    assert source.made == ["1"] and len(shelf.said) == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b"0" * 64 + b"\n{}", b"[" * 100_000, pickle.dumps({}), b"\xff" * 100])
def test_a_damaged_manifest_is_refused(shelf: Shelf, written: Checked, damage: bytes) -> None:
    (written.folder.parent / MANIFEST).write_bytes(damage)
    assert_rebuilt(shelf, written.folder)


def test_a_shortened_manifest_is_refused(shelf: Shelf, written: Checked) -> None:
    path = written.folder.parent / MANIFEST
    path.write_bytes(path.read_bytes()[:-1])
    assert_rebuilt(shelf, written.folder)


def test_an_index_that_the_engine_cannot_read_is_made_anew(
    shelf: Shelf, written: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = shelf.engine.open
    failures = [ValueError("cannot read"), ValueError("cannot read")]

    def fail_twice(folder: Path, files: Mapping[str, bytes]) -> Reader:
        if failures:
            raise failures.pop()
        return opened(folder, files)

    monkeypatch.setattr(shelf.engine, "open", fail_twice)
    assert_rebuilt(shelf, written.folder)


@only_posix
def test_nobody_else_can_read_or_change_an_index(shelf: Shelf, written: Checked) -> None:
    for folder in (written.folder, written.folder.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_index_in_a_folder_that_cannot_be_written_is_read(
    shelf: Shelf, written: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.stat().st_mtime_ns for path in written.folder.iterdir()}
    monkeypatch.setattr(os, "access", lambda *_: False)  # who runs the tests may be allowed to write everywhere
    assert shelf.search(Given(), "网格").total == len(DOCUMENTS)
    assert {path: path.stat().st_mtime_ns for path in written.folder.iterdir()} == before


# The key of the machine


def test_the_key_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "state" / "search.key"
    key = machine_key(path)
    assert len(key) == 32 and machine_key(path) == key
    assert {file.name for file in path.parent.iterdir()} == {"search.key", "search.lock"}


@only_posix
def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    path = tmp_path / "search.key"
    machine_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@only_posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_key_that_others_can_touch_is_replaced(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "search.key"
    old = machine_key(path)
    path.chmod(mode)
    new = machine_key(path)
    assert new != old and stat.S_IMODE(path.stat().st_mode) == 0o600 and machine_key(path) == new


@only_posix
def test_a_link_in_the_place_of_the_key_is_replaced(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    planted.write_bytes(b"p" * 32)
    planted.chmod(0o600)
    path = tmp_path / "search.key"
    path.symlink_to(planted)
    assert machine_key(path) != b"p" * 32 and not path.is_symlink() and planted.read_bytes() == b"p" * 32


@only_posix
def test_a_pipe_in_the_place_of_the_key_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "search.key"
    os.mkfifo(path, 0o600)
    assert len(machine_key(path)) == 32 and path.is_file()


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_replaced(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "search.key"
    machine_key(path)
    path.write_bytes(damage)
    new = machine_key(path)
    assert len(new) == 32 and machine_key(path) == new


def test_runs_that_start_together_get_one_key(tmp_path: Path) -> None:
    path = tmp_path / "search.key"
    start = threading.Barrier(8)
    keys = []

    def read() -> None:
        start.wait()
        keys.append(machine_key(path))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8 and set(keys) == {machine_key(path)}


def test_the_key_is_not_kept_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert key_file() == tmp_path / "lunxun" / "search.key"

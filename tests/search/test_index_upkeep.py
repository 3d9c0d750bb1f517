"""An index follows its content: nothing more is written than has changed, and the answers are those of a fresh one."""

from __future__ import annotations

import errno
import random
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lunxun.library.lock import locked
from lunxun.search import upkeep
from lunxun.search.document import SearchDocument
from lunxun.search.finder import Results
from lunxun.search.port import Entry
from lunxun.search.store import LOCK, Store
from lunxun.search.upkeep import CacheError, folder_of, make_plan
from lunxun.search.whoosh_engine import WhooshEngine
from tests.search.indexes import DOCUMENTS, ENGINES, NAMES, Given, Shelf, document, stems
from tests.search.writers import KILLED, run, write_and_die, write_and_read

MANY = tuple(document(f"d{at:02}", f"第{at}号记录", f"网格{at}里的事。", f"正文{at}，群众参与。") for at in range(30))
QUERIES = ("网格", "记录", "参与", "改过的", "新名", "kind:case", "正文7", "第3号", "七号网隔")


@pytest.fixture(params=list(ENGINES))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache", ENGINES[request.param]())


class Recorder(WhooshEngine):
    """Remember how much each writing was."""

    def __init__(self) -> None:
        self.written: list[tuple[bool, int, int]] = []

    def write(self, folder: Path, files: Mapping[str, bytes], gone: Iterable[str], entries: Iterable[Entry]) -> None:
        removed, added = list(gone), list(entries)
        self.written.append((not files, len(removed), len(added)))
        super().write(folder, files, removed, added)


def answers(shelf: Shelf, source: Given) -> list[Results]:
    return [shelf.search(source, query) for query in QUERIES]


def fresh_answers(shelf: Shelf, source: Given) -> list[Results]:
    return answers(Shelf(shelf.cache.with_name(f"fresh-{source.state}"), shelf.engine), source)


def edited(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    """Change one, rename one, take one out, put one in."""
    changed, renamed, _, *others = documents
    new = document("new", "新来的", "新名字的网格。")
    return [replace(changed, title="改过的记录"), replace(renamed, address="cases/new-name.html"), *others, new]


def test_after_edit_rename_and_removal_the_answers_are_those_of_a_fresh_index(shelf: Shelf) -> None:
    answers(shelf, Given(MANY))
    source = Given(edited(MANY), "2")
    assert answers(shelf, source) == fresh_answers(shelf, source)


def test_after_many_small_changes_too(shelf: Shelf) -> None:
    chance = random.Random(1)
    documents = list(MANY)
    for state in range(25):
        at = chance.randrange(len(documents))
        documents[at] = replace(documents[at], title=f"改过的{state}号记录")
        if state % 5 == 0:
            documents.append(document(f"added{state}", f"新名{state}", "网格。"))
            del documents[chance.randrange(len(documents))]
        shelf.search(Given(documents, str(state)), "网格")
    source = Given(documents, "24")
    assert answers(shelf, source) == fresh_answers(shelf, source)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    engine = Recorder()
    shelf = Shelf(tmp_path, engine)
    shelf.search(Given(MANY), "网格")
    shelf.search(Given(edited(MANY), "2"), "网格")
    assert engine.written == [(True, 0, 30), (False, 3, 3)]


def test_an_index_full_of_remains_is_made_anew() -> None:
    digests = {str(at): "1" for at in range(10)}
    assert not make_plan(digests, {**digests, "0": "2"}, removed=1).is_anew
    plan = make_plan(digests, {**digests, "0": "2"}, removed=2)
    assert plan.is_anew and plan.removed == 0 and plan.gone == () and len(plan.new) == 10


def test_documents_are_not_made_while_the_content_stays(shelf: Shelf) -> None:
    source = Given()
    for _ in range(3):
        shelf.search(source, "网格")
    assert source.made == ["1"]


def test_content_that_says_the_same_in_new_files_costs_no_writing(tmp_path: Path) -> None:
    engine = Recorder()
    shelf = Shelf(tmp_path, engine)
    source = Given()
    for source.state in ("1", "2", "2"):
        assert shelf.search(source, "网格").total == len(DOCUMENTS)
    assert len(engine.written) == 1 and source.made == ["1", "2"]


def test_new_names_of_classes_are_known(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shelf.search(Given(), "topic:格子").total == 0
    monkeypatch.setitem(NAMES["topics"], "grid", "格子治理")
    assert shelf.search(Given(state="2"), "topic:格子").total == 2


def test_two_contents_in_one_cache_do_not_disturb_each_other(shelf: Shelf) -> None:
    one, other = Given(), Given(MANY, identity="other")
    for _ in range(2):
        assert shelf.search(one, "网格").total == 4
        assert shelf.search(other, "网格").total == 30
    assert (one.made, other.made) == (["1"], ["1"])


def test_another_format_is_another_index_and_the_old_one_goes(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Given()
    shelf.search(source, "网格")
    old = folder_of(shelf.cache, shelf.engine, source)
    foreign = shelf.cache / "lunxun" / "search-of-somebody-else"
    foreign.mkdir()
    monkeypatch.setattr(upkeep, "_FORMAT", upkeep._FORMAT + 1)
    assert shelf.search(source, "网格").total == len(DOCUMENTS)
    assert source.made == ["1", "1"] and not old.parent.exists() and foreign.exists()


def test_a_writer_that_was_killed_leaves_the_last_index_and_no_remains(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, WhooshEngine())
    shelf.search(Given(), "网格")
    killed = run(write_and_die, tmp_path)
    killed.join()
    assert killed.exitcode == KILLED
    folder = folder_of(tmp_path, shelf.engine, Given())
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2
    source = Given()
    assert stems(shelf.search(source, "网格员"))[0] == "grid-worker"
    assert source.made == []
    assert shelf.search(Given(DOCUMENTS[:1], "2"), "网格").total == 1
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1 and shelf.said == []


@pytest.mark.parametrize("engine", list(ENGINES))
def test_two_runs_at_once_both_find_what_they_wrote(tmp_path: Path, engine: str) -> None:
    processes = [run(write_and_read, tmp_path, engine, number) for number in range(2)]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]


def test_a_run_that_has_to_wait_says_so(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, WhooshEngine())
    folder = folder_of(tmp_path, shelf.engine, Given())
    folder.mkdir(parents=True)
    waiting = threading.Event()

    def say(message: str) -> None:
        shelf.said.append(message)
        waiting.set()

    def read() -> None:
        upkeep.open_index(tmp_path, shelf.engine, Given(), b"key", say).reader.close()

    thread = threading.Thread(target=read)
    with locked(folder / LOCK, lambda: None):
        thread.start()
        assert waiting.wait(60)
    thread.join()
    assert shelf.said == ["另一个 lunxun 正在更新索引，等它完成……"]


def test_a_cache_that_cannot_be_a_folder_is_named(shelf: Shelf) -> None:
    shelf.cache.write_text("不是文件夹")
    with pytest.raises(CacheError, match=r"^索引写不进 .*cache.*：路上有个同名的文件，不是文件夹。可用 --cache "):
        shelf.search(Given(), "网格")


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.ENOSPC, "磁盘满了"), (errno.EROFS, "只读"), (errno.EACCES, "没有权限")]
)
def test_a_disk_that_refuses_is_named(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, number: int, reason: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(Store, "put", refuse)
    with pytest.raises(CacheError, match=f"：{reason}。可用 --cache 指定另一个文件夹。$"):
        shelf.search(Given(), "网格")

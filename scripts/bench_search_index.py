"""What making the search index costs: anew, with two workers, and after edits, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench_search_site import Content, is_index, text_bytes
from lunxun.search.document import SearchDocument
from lunxun.search.index_state import from_arrays, to_arrays
from lunxun.search.page_index import PageIndex, build, update
from lunxun.workers import Processes
from made_records import Vocabulary, made_documents
from markdown_table import print_table

MB = 1_000_000
WORKERS = 2
HEADS = ["规模", "做什么", "用时 秒", "处理器 秒", "内存多用 MB", "写出文件", "写出 MB", "索引 MB", "索引／文字"]


@dataclass(frozen=True, slots=True)
class _Cost:
    seconds: float
    processor: float
    memory: float
    """How much more than before, at most, in MB."""
    files: int
    bytes: int


def print_index(content: Content, counts: Iterable[int]) -> None:
    """Print the table; the size 0 stands for the real content."""
    vocabulary = Vocabulary.of(content.documents)
    rows: list[list[str]] = []
    for count in counts:
        library = list(made_documents(vocabulary, count)) if count else list(content.documents)
        index = build(library, content.names)
        size = sum(len(text) for address, text in index.files.items() if is_index(address))
        ratio = size / sum(map(text_bytes, library))
        name = f"{count:,}" if count else f"本库 {len(library)}"
        for title, cost in _costs(library, content, index).items():
            rows.append([name, title, *_cells(cost), f"{size / MB:.2f}", f"{ratio:.4f}"])
    print_table("建索引的开销", HEADS, rows)


def _costs(library: Sequence[SearchDocument], content: Content, index: PageIndex) -> dict[str, _Cost]:
    edits: dict[str, Callable[[SearchDocument], SearchDocument]] = {
        "改一处，字数不变": lambda one: _with_text(one, lambda text: text[:9] + text[11:13] + text[11:]),
        "正文末尾加一句": lambda one: _with_text(one, lambda text: f"{text}改了三次。"),
        "标题加一字": lambda one: replace(one, title=one.title + one.title[0]),
        "加一条": lambda one: replace(one, address=one.address.replace(".html", "-2.html")),
    }
    costs = {
        "全部重做": _measured(_cold, library, content.names, None),
        f"全部重做，{WORKERS} 个进程": _measured(_cold, library, content.names, WORKERS),
    }
    arrays = to_arrays(index.state)
    for title, edit in edits.items():
        edited = edit(library[len(library) // 3])
        costs[title] = _measured(_edited, arrays, edited, index.files, content.names)
    return costs


def _with_text(document: SearchDocument, change: Callable[[str], str]) -> SearchDocument:
    part = document.parts[-1]
    return replace(document, parts=(*document.parts[:-1], replace(part, text=change(part.text))))


def _cold(library: Sequence[SearchDocument], names: Any, workers: int | None) -> PageIndex:
    return build(library, names, Processes(workers) if workers else None)


def _edited(arrays: Mapping[str, Any], edited: SearchDocument, files: Mapping[str, bytes], names: Any) -> PageIndex:
    made = update(from_arrays(arrays), [edited], [], files.get, names)
    if made is None:
        raise RuntimeError("an index could not read its own files")
    to_arrays(made.state)
    return made


def _measured(task: Callable[..., PageIndex], *arguments: Any) -> _Cost:
    """Run a task in a fresh process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, task, arguments).result()


def _run(task: Callable[..., PageIndex], arguments: Sequence[Any]) -> _Cost:
    before, seconds, processor = _memory(), time.perf_counter(), _processor()
    made = task(*arguments)
    cost = time.perf_counter() - seconds, _processor() - processor, _memory() - before
    return _Cost(*cost, len(made.files), sum(map(len, made.files.values())))


def _memory() -> float:
    """Tell the most memory this process ever had, in MB; `getrusage` would count the one that started it."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _cells(cost: _Cost) -> list[str]:
    return [
        f"{cost.seconds:.2f}",
        f"{cost.processor:.2f}",
        f"{cost.memory:.0f}",
        f"{cost.files:,}",
        f"{cost.bytes / MB:.2f}",
    ]

"""What the two engines of `lunxun search` cost: documents a second, size, and the time of typical queries."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lunxun.search.asked import understand
from lunxun.search.document import SearchDocument
from lunxun.search.finder import find
from lunxun.search.port import Engine
from lunxun.search.start_file import FacetNames
from lunxun.search.tantivy_engine import TantivyEngine
from lunxun.search.upkeep import folder_of, open_index
from lunxun.search.whoosh_engine import WhooshEngine
from made_records import Vocabulary, made_documents, typical_queries
from markdown_table import print_table

QUERIES = 49
COMMON_WORD = "治理"
HITS = 10
MB = 1_000_000
HEADS = ["规模", "引擎", "建索引 秒", "条／秒", "条／CPU 秒", "MB", "改一条 秒", "打开 ms", "四字 ms", "常用词 ms"]


class MadeSource:
    """Documents that are at hand, as a source of an index."""

    def __init__(self, documents: Sequence[SearchDocument], names: FacetNames | None = None) -> None:
        self._documents = documents
        self._names = names or {}
        self.identity = str(len(documents))
        self.version = 0

    def stamp(self) -> str:
        """Give the number of edits."""
        return str(self.version)

    def documents(self) -> Iterable[SearchDocument]:
        """Give the documents."""
        return self._documents

    def names(self) -> dict[str, dict[str, str]]:
        """Give the names of classes."""
        return {facet: dict(names) for facet, names in self._names.items()}

    def edit(self) -> None:
        """Change one document."""
        first, *others = self._documents
        self._documents = [replace(first, title=f"{first.title}（改）"), *others]
        self.version += 1


def print_engines(documents: Sequence[SearchDocument], counts: Iterable[int]) -> None:
    """Print the table; the size 0 stands for the real content."""
    vocabulary = Vocabulary.of(documents)
    rows: list[list[str]] = []
    for count in counts:
        library = list(made_documents(vocabulary, count)) if count else list(documents)
        name = f"{count:,}" if count else f"本库 {len(library)}"
        rows += [[name, engine.name, *_cells(engine, library)] for engine in (WhooshEngine(), TantivyEngine())]
    print_table("命令行搜索的引擎", HEADS, rows)


def _cells(engine: Engine, library: Sequence[SearchDocument]) -> Iterator[str]:
    source = MadeSource(library)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)

        def opened() -> tuple[float, float]:
            start, cpu_start = time.perf_counter(), time.process_time()
            open_index(cache, engine, source, b"bench", lambda _: None).reader.close()
            return time.perf_counter() - start, time.process_time() - cpu_start

        seconds, cpu_seconds = opened()
        yield from (f"{seconds:.1f}", f"{len(library) / seconds:.0f}", f"{len(library) / cpu_seconds:.0f}")
        files = folder_of(cache, engine, source).rglob("*")
        yield f"{sum(file.stat().st_size for file in files if file.is_file()) / MB:.1f}"
        source.edit()
        yield f"{opened()[0]:.1f}"
        yield f"{opened()[0] * 1000:.0f}"
        reader = open_index(cache, engine, source, b"bench", lambda _: None).reader

        def milliseconds(query: str) -> float:
            start = time.perf_counter()
            find(reader, understand(query, {}), HITS)
            return (time.perf_counter() - start) * 1000

        yield f"{statistics.median(map(milliseconds, typical_queries(library, QUERIES))):.1f}"
        yield f"{milliseconds(COMMON_WORD):.0f}"
        reader.close()

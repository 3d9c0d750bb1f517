"""Indexes of the command line over small made-up documents, kept by either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lunxun.search.asked import understand
from lunxun.search.document import Part, SearchDocument
from lunxun.search.finder import Results, exact_addresses, find
from lunxun.search.port import Engine
from lunxun.search.store import Names
from lunxun.search.tantivy_engine import TantivyEngine
from lunxun.search.upkeep import OpenIndex, open_index
from lunxun.search.whoosh_engine import WhooshEngine

ENGINES: dict[str, Callable[[], Engine]] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}
KEY = b"k" * 32
ALL = 1_000
NAMES: Names = {
    "kind": {"case": "典型案例", "term": "术语"},
    "topics": {"grid": "网格治理", "training": "教育培训"},
    "levels": {"county": "县（区）"},
    "fields": {},
    "regions": {"jiangsu": "江苏省", "yancheng": "盐城市", "gansu": "甘肃省"},
}


def document(name: str, title: str, *texts: str, kind: str = "case", **facets: Sequence[str]) -> SearchDocument:
    """Make a document; the first text is its summary."""
    parts = tuple(Part(f"p{at}" if at else "", f"第{at}节" if at else "", text) for at, text in enumerate(texts))
    classes = {facet: tuple(values) for facet, values in facets.items()}
    return SearchDocument(f"{kind}s/{name}.html", kind, title, parts=parts, facets={"kind": (kind,), **classes})


DOCUMENTS = (
    document(
        "yancheng-grid",
        "江苏盐城：网格里的党支部",
        "盐城把支部建在网格上。",
        "每个网格配两名网格员，12天轮值一次；党建引领、群众参与。",
        topics=["grid"],
        regions=["jiangsu", "yancheng"],
        year=["2022"],
    ),
    document(
        "qingyang-training",
        "甘肃庆阳：党员轮训",
        "党员每年集中学习32学时。",
        "群众参与评课。网格员也来听课。第14条有规定。",
        topics=["training"],
        regions=["gansu"],
        year=["2021", "2022"],
    ),
    document("grid-term", "网格", "把辖区划成的小单元。", "参与的群众越多，网格越活。", kind="term", topics=["grid"]),
    document("grid-worker", "网格员", "网格里的工作人员。ABC-12型终端，编号X9。", kind="term"),
)


@dataclass
class Given:
    """A source whose documents and state a test sets."""

    given: Iterable[SearchDocument] = DOCUMENTS
    state: str = "1"
    identity: str = "content"
    made: list[str] = field(default_factory=list)
    """The state of each time the documents were asked for."""

    def stamp(self) -> str:
        return self.state

    def documents(self) -> Iterable[SearchDocument]:
        self.made.append(self.state)
        return self.given

    def names(self) -> Names:
        return NAMES


@dataclass
class Shelf:
    """A cache with one engine."""

    cache: Path
    engine: Engine
    said: list[str] = field(default_factory=list)

    def open(self, source: Given, key: bytes = KEY) -> OpenIndex:
        """Open the index of a source, with the key of a machine."""
        return open_index(self.cache, self.engine, source, key, self.said.append)

    def search(self, source: Given, query: str, limit: int = ALL) -> Results:
        """Open, ask, close."""
        index = self.open(source)
        results = find(index.reader, understand(query, index.names), limit)
        index.reader.close()
        return results

    def addresses(self, source: Given, query: str) -> list[str]:
        """List the exact results."""
        index = self.open(source)
        found = exact_addresses(index.reader, understand(query, index.names))
        index.reader.close()
        return found


def stems(found: Results) -> list[str]:
    """Name the hits, best first."""
    return [stem(hit.document.address) for hit in found.hits]


def stem(address: str) -> str:
    """Give the id in an address."""
    return Path(address).stem

"""Rules against saying the same thing twice: equal titles, and records whose texts nearly coincide."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.search.library_index import id_of, index_of
from lunxun.search.said import said_in_record
from lunxun.search.sketches import SHINGLE
from lunxun.text.folding import fold

SAME_TITLE = RuleInfo(
    "same-title",
    "标题和别名不重复",
    "同一类里两条记录同名，读者不知道点哪一条，书名号里的名称也无法对应。",
    "合成一条，或在标题里写明区别。",
)
NEAR_DUPLICATE = RuleInfo(
    "near-duplicate",
    "内容不雷同",
    "两条记录大半相同，更正一条就会与另一条矛盾。",
    "合成一条；确需分开的，各写各的，共同部分用 [[编号]] 互相链接。",
    Severity.WARNING,
)

_ALIKE = 0.6


def titles_differ(library: Library) -> Iterator[Finding]:
    """Find titles or aliases that two records of one kind share."""
    owners: dict[tuple[str, str], Key] = {}
    for entry in library.entries.values():
        for index, name in enumerate((entry.title, *entry.aliases)):
            path = ("title",) if index == 0 else ("aliases", index - 1)
            owner = owners.setdefault((entry.key.kind, fold(name)), entry.key)
            if owner != entry.key:
                yield SAME_TITLE.at(entry.document.place(path), f"“{name}”已是 {owner.id} 的标题或别名")


def texts_differ(library: Library) -> Iterator[Finding]:
    """Find pairs of one kind whose texts are the same, or share most of their six-character runs.

    Candidates come from the index that also finds related records, so that the cost grows with the number of records
    and not with its square.
    """
    index = index_of(library)
    entries = {id_of(key): entry for key, entry in library.entries.items()}
    same = {id_: first for first, *others in index.repeated() for id_ in others}
    shingles = _Shingles(entries)
    alike = {
        (one, other): len(shingles[one] & shingles[other]) / len(shingles[one] | shingles[other])
        for one, other in index.near_duplicates(same)
    }
    for (one, other), share in {**{(first, id_): 1.0 for id_, first in same.items()}, **alike}.items():
        if share >= _ALIKE:
            place = entries[other].document.place()
            yield NEAR_DUPLICATE.at(place, f"与 {entries[one].key.id} 有 {share:.0%} 的文字相同")


class _Shingles(dict[str, frozenset[int]]):
    """The runs of six characters of records, read when they are first asked for."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        super().__init__()
        self._entries = entries

    def __missing__(self, id_: str) -> frozenset[int]:
        raw = fold(said_in_record(id_, self._entries[id_].record).text).encode("utf-32-le", "surrogatepass")
        width = SHINGLE * 4
        runs = (raw[start : start + width] for start in range(0, max(4, len(raw) - width + 4), 4))
        self[id_] = frozenset(map(zlib.crc32, runs))
        return self[id_]


RULES = (Rule(SAME_TITLE, titles_differ), Rule(NEAR_DUPLICATE, texts_differ))

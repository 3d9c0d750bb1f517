"""What a record says, as one text, for all that compares records with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from lunxun.records.record import Record
from lunxun.records.walk import Leaf, is_readable, leaves
from lunxun.search.document import SearchDocument

PIECE_END = "\n"
_NAMES, _HEADINGS, _SUMMARY, _REST = range(4)


@dataclass(frozen=True, slots=True)
class Said:
    """One record: its names, its headings, its summary and the rest, in this order, each piece apart."""

    id: str
    kind: str
    text: str
    ends: tuple[int, int, int]
    """Where the names, the headings and the summary end."""
    links: tuple[str, ...] = ()
    """The ids of what it links to, sorted."""

    @property
    def below_names(self) -> str:
        """Give all but the names: what is left when a copy is called something else."""
        return self.text[self.ends[0] :]


def said_in_record(id_: str, record: Record, links: Iterable[str] = ()) -> Said:
    """Gather what readers see of a record. Nothing of other records is in it: a mark counts as it is written."""
    return said_in_leaves(id_, type(record).kind, leaves(record), links)


def said_in_leaves(id_: str, kind: str, found: Iterable[Leaf], links: Iterable[str] = ()) -> Said:
    """Gather the same of a record whose texts are known already."""
    pieces: defaultdict[int, list[str]] = defaultdict(list)
    for leaf in found:
        if is_readable(leaf.field):
            pieces[_field_of(leaf)].append(leaf.value)
    return _said(id_, kind, pieces, links)


def said_in_document(document: SearchDocument, links: Iterable[str] = ()) -> Said:
    """Gather what a page says."""
    texts = [part.text for part in document.parts]
    pieces = {
        _NAMES: [document.title, *document.aliases],
        _HEADINGS: list(document.headings),
        _SUMMARY: texts[:1],
        _REST: texts[1:],
    }
    return _said(document.address, document.kind, pieces, links)


def _field_of(leaf: Leaf) -> int:
    if leaf.path[0] in ("title", "aliases"):
        return _NAMES
    if leaf.path[-1] == "title":
        return _HEADINGS
    return _SUMMARY if leaf.path[0] == "summary" else _REST


def _said(id_: str, kind: str, pieces: Mapping[int, list[str]], links: Iterable[str]) -> Said:
    fields = ["".join(piece + PIECE_END for piece in pieces.get(field, ())) for field in range(4)]
    names, headings, summary, _ = accumulate(map(len, fields))
    return Said(id_, kind, "".join(fields), (names, headings, summary), tuple(sorted(set(links))))

"""What a record says, as one text, for all that compares records with each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from lunxun.records.record import Record
from lunxun.records.walk import Field, Leaf, leaves
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
    pieces: tuple[list[str], ...] = ([], [], [], [])
    for _, value, field in found:
        piece = _piece_of(field)
        if piece is not None:
            pieces[piece].append(value)
    return _said(id_, kind, pieces, links)


def said_in_document(document: SearchDocument, links: Iterable[str] = ()) -> Said:
    """Gather what a page says."""
    texts = [part.text for part in document.parts]
    pieces = ([document.title, *document.aliases], document.headings, texts[:1], texts[1:])
    return _said(document.address, document.kind, pieces, links)


@cache
def _piece_of(field: Field) -> int | None:
    """Tell to which of the pieces the texts of a field belong; to none if readers do not see them."""
    if not field.is_readable:
        return None
    if field.names[0] in ("title", "aliases"):
        return _NAMES
    if field.names[-1] == "title":
        return _HEADINGS
    return _SUMMARY if field.names[0] == "summary" else _REST


def _said(id_: str, kind: str, pieces: Iterable[Sequence[str]], links: Iterable[str]) -> Said:
    fields = [PIECE_END.join((*values, "")) for values in pieces]
    names, headings, summary, _ = accumulate(map(len, fields))
    return Said(id_, kind, "".join(fields), (names, headings, summary), tuple(sorted(set(links))))

"""An index made in pieces: of neighbouring documents, their texts written and the rest taken out, anywhere.

A piece is whole blocks, so that the files of its texts hang on nothing outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lunxun.search.document import SearchDocument
from lunxun.search.extract import Extract, extract, folded_names, read_later, unread
from lunxun.search.gathered import Gathered
from lunxun.search.layout import blocks_of, lay_out
from lunxun.search.page_index import PageIndex, assemble, gather_all
from lunxun.search.scripts import Put, address_of
from lunxun.search.start_file import FacetNames
from lunxun.search.tables import FoldTable
from lunxun.search.text_shards import TextFile, Texts, write_texts
from lunxun.workers import Workers, cut


@dataclass(frozen=True, slots=True)
class Place:
    """Which documents a piece has, of all in the order of their addresses, and the blocks among them."""

    start: int
    end: int
    blocks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class IndexPiece:
    """What the index needs of the documents of a piece, and the files that their texts were written into.

    The names are read when all pieces are put together: one process is enough to hold the dictionaries.
    """

    extract: Extract
    names: tuple[str, ...]
    texts: tuple[TextFile, ...]


def places(addresses: Sequence[str], count: int) -> Iterator[Place]:
    """Cut documents, named by their addresses in order, into about so many pieces."""
    blocks = list(blocks_of(addresses).items())
    ends = [*(first for _, first in blocks), len(addresses)]
    for numbers in cut(range(len(blocks)), count):
        start = ends[numbers[0]]
        mine = {name: first - start for name, first in blocks[numbers[0] : numbers[-1] + 1]}
        yield Place(start, ends[numbers[-1] + 1], mine)


def write_piece(documents: Sequence[SearchDocument], place: Place) -> tuple[IndexPiece, dict[str, bytes]]:
    """Write the texts of a piece; give the files by their addresses in the site."""
    taken = extract(documents, read=unread)
    texts = write_texts(taken, lay_out(taken.addresses, taken.lengths, place.blocks))
    files = {address_of(name): text for name, text in texts.scripts.items()}
    return IndexPiece(replace(taken, rows=()), folded_names(documents), texts.files), files


@dataclass(frozen=True, slots=True)
class Joined:
    """All pieces of an index put together, of which the lists are still to be written."""

    gathered: Gathered
    texts: Texts


def join(pieces: list[IndexPiece]) -> Joined:
    """Put all pieces together, in their order, and read the names.

    The list is emptied, so that the texts are not in memory twice.
    """
    texts = Texts(tuple(file for piece in pieces for file in piece.texts), {})
    return Joined(gather_all(_taken_out(pieces)), texts)


def finish(joined: Joined, names: FacetNames, workers: Workers, fold: FoldTable, put: Put | None = None) -> PageIndex:
    """Write what is left of an index; see `assemble`."""
    return assemble(joined.gathered, names, workers, joined.texts, fold, put)


def _taken_out(pieces: list[IndexPiece]) -> Iterator[Extract]:
    pieces.reverse()
    while pieces:
        piece = pieces.pop()
        yield read_later(piece.extract, piece.names)

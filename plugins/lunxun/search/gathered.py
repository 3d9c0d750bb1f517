"""Extracts of some documents each, put together: in the order of addresses, the texts laid out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lunxun.search.bits import Row, ends
from lunxun.search.extract import Extract
from lunxun.search.folded import Characters, renumber
from lunxun.search.layout import Layout, lay_out, rooms
from lunxun.search.pinyin import IN_NAME
from lunxun.search.postings import counted
from lunxun.search.tokens import SEPARATOR

_T = TypeVar("_T", bound=np.generic)
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Gathered:
    """All documents of an index in one extract, each text at its place in the layout, separators between them."""

    extract: Extract
    layout: Layout
    often: Row
    """How often each character of the alphabet stands in the texts."""


def gather(parts: Sequence[Extract], gone: Collection[str] = ()) -> Gathered:
    """Put extracts together, one at least, but for some addresses; of two documents with one address the later."""
    places = {address: place for place, address in enumerate(chain.from_iterable(part.addresses for part in parts))}
    addresses = sorted(places.keys() - set(gone))
    order = np.array([places[address] for address in addresses], np.int64)
    layout = lay_out(addresses, _column([part.lengths for part in parts], order))
    alphabet = "".join(sorted({SEPARATOR, IN_NAME}.union(*(part.alphabet for part in parts))))
    text = _laid_out(parts, order, layout, alphabet)
    return _without_unused(_together(parts, order, tuple(addresses), layout, alphabet, text), layout)


def put_in(before: Gathered, changed: Extract) -> Gathered | None:
    """Put changed documents in the places of those with their addresses.

    Nothing is given if they need other places, or if the alphabet is another one now.
    """
    addresses, layout, alphabet = before.extract.addresses, before.layout, before.extract.alphabet
    numbers = np.array([bisect_left(addresses, address) for address in changed.addresses], np.int64)
    are_known = all(
        addresses[at : at + 1] == (one,) for at, one in zip(numbers.tolist(), changed.addresses, strict=True)
    )
    if not are_known or not set(changed.alphabet) <= {*alphabet}:
        return None
    if not np.array_equal(rooms(changed.lengths), np.diff(layout.slots)[numbers]):
        return None
    order = np.arange(len(addresses))
    order[numbers] = len(addresses) + np.arange(len(numbers))
    text, often = before.extract.text.copy(), before.often
    mine = _renumbered(changed.text, changed.alphabet, alphabet)
    stretches = zip(changed.begins.tolist(), changed.lengths.tolist(), numbers.tolist(), strict=True)
    for begin, length, number in stretches:
        place = text[layout.starts[number] : layout.starts[number + 1]]
        often = often - counted((place,), len(often))
        place[:length], place[length:] = mine[begin : begin + length], 0
        often = often + counted((place,), len(often))
    together = _together((before.extract, changed), order, addresses, layout, alphabet, text)
    return Gathered(together, layout, often) if _is_used(together, often).all() else None


def _together(
    parts: Sequence[Extract],
    order: Row,
    addresses: tuple[str, ...],
    layout: Layout,
    alphabet: str,
    text: Characters,
) -> Extract:
    """Put all but the texts together."""
    aliases = [part.aliases for part in parts]
    return Extract(
        addresses=addresses,
        facets=_facets(parts, order),
        prints=_column([part.prints for part in parts], order),
        titles=_column([part.titles for part in parts], order),
        aliases=_column(aliases, order),
        alias_lengths=_stretches([part.alias_lengths for part in parts], aliases, order),
        headings=_column([part.headings for part in parts], order),
        lengths=_column([part.lengths for part in parts], order),
        alphabet=alphabet,
        text=text,
        begins=layout.starts[:-1],
        names=_names(parts, order, alphabet),
        rows=_values([part.rows or (b"",) * len(part.addresses) for part in parts], order),
    )


def _column(columns: Sequence[NDArray[_T]], order: Row) -> NDArray[_T]:
    return np.concatenate(columns)[order]


def _values(columns: Sequence[Sequence[_V]], order: Row) -> tuple[_V, ...]:
    values = list(chain.from_iterable(columns))
    return tuple([values[place] for place in order.tolist()])


def _facets(parts: Sequence[Extract], order: Row) -> dict[str, tuple[str, ...]]:
    found = {}
    for facet in sorted({facet for part in parts for facet in part.facets}):
        values = _values([part.facets.get(facet) or ("",) * len(part.addresses) for part in parts], order)
        if any(values):
            found[facet] = values
    return found


def _stretches(rows: Sequence[NDArray[_T]], lengths: Sequence[Row], order: Row) -> NDArray[_T]:
    """Put stretches of rows, which follow each other there, into another order."""
    before = np.concatenate(lengths)
    begins = (ends(before) - before)[order]
    mine = before[order]
    shift = begins - (ends(mine) - mine)
    places: Row = np.arange(mine.sum()) + np.repeat(shift, mine)
    return np.concatenate(rows)[places]


def _names(parts: Sequence[Extract], order: Row, alphabet: str) -> tuple[Characters, Characters, Characters]:
    lengths = [part.name_lengths() for part in parts]
    known = [[_renumbered(row, part.alphabet, alphabet) for row in part.names] for part in parts]
    characters, syllables, letters = (_stretches(rows, lengths, order) for rows in zip(*known, strict=True))
    return characters, syllables, letters


def _laid_out(parts: Sequence[Extract], order: Row, layout: Layout, alphabet: str) -> Characters:
    """Put all texts at their places."""
    text = np.zeros(int(layout.starts[-1]), np.uint16)
    at = np.full(sum(len(part.addresses) for part in parts), -1, np.int64)
    at[order] = layout.starts[:-1]
    first = 0
    for part in parts:
        mine = _renumbered(part.text, part.alphabet, alphabet)
        starts = at[first : first + len(part.addresses)].tolist()
        for start, begin, length in zip(starts, part.begins.tolist(), part.lengths.tolist(), strict=True):
            if start >= 0:
                text[start : start + length] = mine[begin : begin + length]
        first += len(part.addresses)
    return text


def _without_unused(together: Extract, layout: Layout) -> Gathered:
    """Drop characters of the alphabet that nothing holds any more."""
    often = counted((together.text,), len(together.alphabet))
    is_used = _is_used(together, often)
    if is_used.all():
        return Gathered(together, layout, often)
    alphabet = "".join(compress(together.alphabet, is_used))
    text, *names = (renumber(row, together.alphabet, alphabet) for row in (together.text, *together.names))
    used = replace(together, alphabet=alphabet, text=text, names=(names[0], names[1], names[2]))
    return Gathered(used, layout, often[is_used])


def _is_used(together: Extract, often: Row) -> NDArray[np.bool_]:
    """Tell of each character of the alphabet whether texts, names or the index itself need it."""
    is_used = often + counted(together.names, len(often)) > 0
    is_used[[together.alphabet.index(always) for always in (SEPARATOR, IN_NAME)]] = True
    return is_used


def _renumbered(characters: Characters, before: str, alphabet: str) -> Characters:
    return characters if before == alphabet else renumber(characters, before, alphabet)

"""What the browser must know of all documents before it searches: where they stand, what they are classed as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from lunxun.search.bits import as_characters, column_bits
from lunxun.search.document import SearchDocument
from lunxun.search.layout import SLOT, Placed
from lunxun.search.pinyin import readings
from lunxun.search.tokens import indexed_text

FacetNames = Mapping[str, Mapping[str, str]]
_PLACES = "regions"


def start_data(placed: Sequence[Placed], names: FacetNames) -> dict[str, Any]:
    """Gather what is said of documents, a column for each property."""
    documents = [item.document for item in placed]
    return {
        "count": len(placed),
        "slot": SLOT,
        "slots": placed[-1].end_slot if placed else 0,
        "starts": _column(after - before for before, after in pairwise([0, *(item.slot for item in placed)])),
        "titles": _column(len(document.title) for document in documents),
        "aliases": _column(len(document.aliases) for document in documents),
        "aliasLengths": _column(len(alias) for document in documents for alias in document.aliases),
        "headings": _column(sum(len(heading) + 1 for heading in document.headings) for document in documents),
        "facets": [_facet(facet, documents, names.get(facet, {})) for facet in _facets(documents, names)],
        "places": [_place(place, name) for place, name in names.get(_PLACES, {}).items()],
    }


def _facets(documents: Iterable[SearchDocument], names: FacetNames) -> list[str]:
    found = dict.fromkeys(facet for document in documents for facet in document.facets)
    return [*(facet for facet in names if facet in found), *(facet for facet in found if facet not in names)]


def _facet(facet: str, documents: Sequence[SearchDocument], names: Mapping[str, str]) -> dict[str, Any]:
    """Write the values of a facet, the sets of values that occur, and which set each document has."""
    counts = Counter(document.facets.get(facet, ()) for document in documents)
    sets = sorted(counts, key=lambda values: (-counts[values], values))
    present = {value for values in sets for value in values}
    # Values without a name are years: the latest first.
    order = [*(value for value in names if value in present), *sorted(present - set(names), reverse=True)]
    number = {value: index for index, value in enumerate(order)}
    code = {values: index for index, values in enumerate(sets)}
    return {
        "id": facet,
        "values": [[value, names.get(value, value)] for value in order],
        "sets": [[number[value] for value in values] for values in sets],
        "codes": _column(code[document.facets.get(facet, ())] for document in documents),
    }


def _place(place: str, name: str) -> list[str]:
    return [place, name, " ".join(filter(None, readings(indexed_text(name))))]


def _column(numbers: Iterable[int]) -> str:
    return as_characters(column_bits(list(numbers)))

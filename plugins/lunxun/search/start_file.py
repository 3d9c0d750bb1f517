"""What the browser must know of all documents before it searches: where they stand, what they are classed as."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lunxun.search.bits import column
from lunxun.search.gathered import Gathered
from lunxun.search.layout import SLOT, SLOTS_A_FILE

FacetNames = Mapping[str, Mapping[str, str]]
PLACES = "regions"
_Values = tuple[str, ...]


def start_data(gathered: Gathered, names: FacetNames, sounds: Mapping[str, str]) -> dict[str, Any]:
    """Gather what is said of documents, a column for each property; `sounds` says how names of places are read."""
    extract, layout = gathered.extract, gathered.layout
    count = len(extract.addresses)
    return {
        "count": count,
        "slot": SLOT,
        "slots": int(layout.slots[-1]),
        "slotsAFile": SLOTS_A_FILE,
        "starts": column(np.diff(layout.slots[:-1], prepend=0)),
        "blocks": column(np.diff(layout.blocks, append=count)),
        "blockNames": "".join(layout.names),
        "titles": column(extract.titles),
        "aliases": column(extract.aliases),
        "aliasLengths": column(extract.alias_lengths),
        "headings": column(extract.headings),
        "facets": _facets(extract.facets, names),
        "places": [[place, name, sounds[name]] for place, name in names.get(PLACES, {}).items()],
    }


def _facets(written: Sequence[str], names: FacetNames) -> list[dict[str, Any]]:
    """Describe each facet that occurs. Many documents are classed alike, so each way to be classed is read once."""
    ways = {text: json.loads(text) for text in dict.fromkeys(written)}
    found = dict.fromkeys(facet for way in ways.values() for facet in way)
    in_order = [*(facet for facet in names if facet in found), *(facet for facet in found if facet not in names)]
    return [_facet(facet, written, ways, names.get(facet, {})) for facet in in_order]


def _facet(
    facet: str, written: Sequence[str], ways: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    """Write the values of a facet, the sets of values that occur, and which set each document has."""
    values_of = {text: tuple(way.get(facet, ())) for text, way in ways.items()}
    counts: Counter[_Values] = Counter()
    for text, count in Counter(written).items():
        counts[values_of[text]] += count
    sets = sorted(counts, key=lambda values: (-counts[values], values))
    present = {value for values in sets for value in values}
    # Values without a name are years: the latest first.
    order = [*(value for value in names if value in present), *sorted(present - set(names), reverse=True)]
    number = {value: index for index, value in enumerate(order)}
    code = {values: index for index, values in enumerate(sets)}
    code_of = {text: code[values] for text, values in values_of.items()}
    return {
        "id": facet,
        "values": [[value, names.get(value, value)] for value in order],
        "sets": [[number[value] for value in values] for values in sets],
        "codes": column([code_of[text] for text in written]),
    }

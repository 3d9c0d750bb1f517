"""What the browser must know of all documents before it searches: where they stand, what they are classed as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lunxun.search.bits import column
from lunxun.search.extract import BETWEEN_IDS
from lunxun.search.gathered import Gathered
from lunxun.search.layout import SLOT, SLOTS_A_FILE

FacetNames = Mapping[str, Mapping[str, str]]
PLACES = "regions"


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


def _facets(written: Mapping[str, Sequence[str]], names: FacetNames) -> list[dict[str, Any]]:
    """Describe each facet that occurs: those with names in their order, then the others."""
    in_order = [*(facet for facet in names if facet in written), *(facet for facet in written if facet not in names)]
    return [_facet(facet, written[facet], names.get(facet, {})) for facet in in_order]


def _facet(facet: str, written: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    """Write the values of a facet, the sets of values that occur, and which set each document has."""
    counts = Counter(written)
    values_of = {text: tuple(text.split(BETWEEN_IDS)) if text else () for text in counts}
    sets = sorted(counts, key=lambda text: (-counts[text], values_of[text]))
    present = {value for values in values_of.values() for value in values}
    # Values without a name are years: the latest first.
    order = [*(value for value in names if value in present), *sorted(present - set(names), reverse=True)]
    number = {value: index for index, value in enumerate(order)}
    code = {text: index for index, text in enumerate(sets)}
    return {
        "id": facet,
        "values": [[value, names.get(value, value)] for value in order],
        "sets": [[number[value] for value in values_of[text]] for text in sets],
        "codes": column([code[text] for text in written]),
    }

"""What is known of an index once it is written: enough to bring it up to date. As rows of numbers it can be kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lunxun.search.extract import Extract
from lunxun.search.gathered import Gathered
from lunxun.search.layout import lay_out
from lunxun.search.ledger import Landmarks, Ledger
from lunxun.search.scripts import address_of
from lunxun.search.shelf import Shelf
from lunxun.search.text_shards import TextFile

Arrays: TypeAlias = Mapping[str, NDArray[Any]]

# Raised whenever the files of the index, or what is kept of it, would be others for the same documents.
FORMAT = 4
_COLUMNS = ("prints", "titles", "aliases", "alias_lengths", "headings", "lengths", "text")
_SHELVES = ("lists", "names")
_LEDGER = ("keys", "counts", "weights")
_LANDMARKS = ("lists", "positions", "bits")
# The folders of the lists of texts, and of those of names.
TEXTS, NAMES = "p", "n"


class OtherStateError(Exception):
    """What was kept was written by another version: the index must be made anew."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What follows from the dictionaries alone."""

    foldable: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IndexState:
    """An index: its documents, and of each file what must be known to tell whether it is still right."""

    gathered: Gathered
    lists: Shelf
    ledger: Ledger
    """The lists of texts."""
    names: Shelf
    texts: tuple[TextFile, ...]
    tables: Tables
    sounds: Mapping[str, str]
    """How the names of places are read."""

    def addresses(self) -> set[str]:
        """Give the addresses of all files."""
        names = {"start", *self.tables.marks, *self.lists.names(TEXTS), *self.names.names(NAMES)}
        return set(map(address_of, names | {file.name for file in self.texts}))


def to_arrays(state: IndexState) -> dict[str, NDArray[Any]]:
    """Give all that is known as rows of numbers, to be kept in any way; `text` is by far the largest."""
    extract, layout = state.gathered.extract, state.gathered.layout
    ways = {facet: sorted(set(values)) for facet, values in extract.facets.items()}
    told = {
        "format": FORMAT,
        "alphabet": extract.alphabet,
        "addresses": extract.addresses,
        "blocks": dict(zip(layout.names, layout.blocks.tolist(), strict=True)),
        "ways": ways,
        "foldable": state.tables.foldable,
        "tables": dict(state.tables.marks),
        "sounds": dict(state.sounds),
        "files": [file.name for file in state.texts],
        "marks": "".join(file.mark for file in state.texts),
    }
    arrays: dict[str, NDArray[Any]] = {name: getattr(extract, name) for name in _COLUMNS}
    arrays["names"] = np.stack(extract.names)
    arrays["ways"] = np.array([_codes(values, ways[facet]) for facet, values in extract.facets.items()], np.int64)
    arrays["checks"] = np.array([file.check for file in state.texts], np.uint64)
    for folder in _SHELVES:
        shelf = getattr(state, folder)
        arrays.update((f"{folder}.{field.name}", getattr(shelf, field.name)) for field in fields(Shelf))
    arrays["often"] = state.gathered.often
    ledger = state.ledger
    arrays.update((f"ledger.{name}", getattr(ledger, name).astype(np.uint32)) for name in _LEDGER)
    arrays.update((f"landmarks.{name}", getattr(ledger.landmarks, name).astype(np.uint32)) for name in _LANDMARKS)
    arrays["told"] = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
    return arrays


def from_arrays(arrays: Arrays) -> IndexState:
    """Read what was kept as a whole; raises OtherStateError if another version wrote it."""
    told = json.loads(bytes(arrays["told"])) if "told" in arrays else {}
    if told.get("format") != FORMAT:
        raise OtherStateError
    return _state(told, arrays)


def _state(told: Mapping[str, Any], arrays: Arrays) -> IndexState:
    addresses = tuple(told["addresses"])
    layout = lay_out(addresses, arrays["lengths"], told["blocks"])
    characters, syllables, letters = arrays["names"]
    columns: dict[str, Any] = {name: arrays[name] for name in _COLUMNS}
    extract = Extract(
        addresses=addresses,
        facets={
            facet: tuple([ways[number] for number in numbers.tolist()])
            for (facet, ways), numbers in zip(told["ways"].items(), arrays["ways"], strict=True)
        },
        alphabet=told["alphabet"],
        begins=layout.starts[:-1],
        names=(characters, syllables, letters),
        **columns,
    )
    marks = [told["marks"][at : at + 2] for at in range(0, len(told["marks"]), 2)]
    files = zip(told["files"], marks, arrays["checks"].tolist(), strict=True)
    lists, names = (Shelf(*(arrays[f"{folder}.{field.name}"] for field in fields(Shelf))) for folder in _SHELVES)
    landmarks = Landmarks(*(arrays[f"landmarks.{name}"].astype(np.int64) for name in _LANDMARKS))
    keys, counts, weights = (arrays[f"ledger.{name}"].astype(np.int64) for name in _LEDGER)
    return IndexState(
        Gathered(extract, layout, arrays["often"]),
        lists,
        Ledger(keys, counts, weights, landmarks),
        names,
        tuple(TextFile(*file) for file in files),
        Tables(told["foldable"], told["tables"]),
        told["sounds"],
    )


def _codes(values: Sequence[str], ways: Sequence[str]) -> list[int]:
    numbers = {text: number for number, text in enumerate(ways)}
    return [numbers[text] for text in values]

"""Posting lists cut into files: lists in the order of their keys, about as many bytes a file; heavy lists alone.

The characters of all keys are numbered in the order of their codes, and a key is the number of its first character
times how many there are plus that of its second. So keys are as small as positions, and are written like them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lunxun.search.bits import as_characters, column_bits, gamma, list_bits, positions_bits, size_of
from lunxun.search.postings import Postings

FOLDER = "assets/lunxun/search/"
_SHARD_BYTES = 16_000
_HEAVY_BYTES = 8_000
_KEY_BYTES = 1.5


@dataclass
class _Shard:
    """Lists that go into one file, while it is filled."""

    keys: list[int] = field(default_factory=list)
    bits: list[str] = field(default_factory=list)
    size: float = 0

    def add(self, key: int, bits: str) -> None:
        self.keys.append(key)
        self.bits.append(bits)
        self.size += size_of(len(bits)) + _KEY_BYTES

    def data(self, characters: int) -> str:
        """Write which second characters there are behind each first, then all lists, as one row of bits."""
        grouped = groupby(self.keys, lambda key: key // characters)
        groups = [(first, [key % characters for key in keys]) for first, keys in grouped]
        return as_characters("".join((gamma(len(groups)), *_groups(groups, characters), *self.bits)))


@dataclass(frozen=True, slots=True)
class Shards:
    """The files of some posting lists, and what must be known to find a list."""

    files: dict[str, str]
    directory: dict[str, Any]
    """How far positions go, the first keys of shards, the keys of heavy lists, and their sizes in kilobytes."""


def alphabet(*all_postings: Postings) -> str:
    """List the characters of all keys in the order of their codes."""
    return "".join(sorted({character for postings in all_postings for key in postings for character in key}))


def write_shards(folder: str, postings: Postings, characters: str, span: int, build_id: str) -> Shards:
    """Write lists into a folder. A light one is found by comparing its key with the first keys of the shards."""
    light: list[_Shard] = []
    heavy: list[_Shard] = []
    for key, positions in _in_order(postings, characters):
        bits = gamma(len(positions)) + positions_bits(positions, span)
        size = size_of(len(bits))
        shelf = heavy if size >= _HEAVY_BYTES else light
        if shelf is heavy or not light or light[-1].size + size > _SHARD_BYTES:
            shelf.append(_Shard())
        shelf[-1].add(key, bits)
    directory = {
        "span": span,
        "firsts": as_characters(list_bits([shard.keys[0] for shard in light])),
        "heavy": as_characters(list_bits([shard.keys[0] for shard in heavy])),
        "heavySizes": as_characters(column_bits([int(shard.size) >> 10 for shard in heavy])),
    }
    shelves = {folder: light, f"{folder}/heavy": heavy}
    return Shards(dict(_files(shelves, len(characters), build_id)), directory)


def script(name: str, build_id: str, data: Any) -> tuple[str, str]:
    """Write data as a classic script that hands it to the engine; give its address and text."""
    written = json.dumps([name, build_id, data], ensure_ascii=False, separators=(",", ":"))[1:-1]
    for character in "\u2028\u2029<":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return f"{FOLDER}{name}.js", f"LunxunSearch.take({written});\n"


def _in_order(postings: Postings, characters: str) -> Iterator[tuple[int, Any]]:
    number = {character: index for index, character in enumerate(characters)}
    count = len(characters)
    keyed = ((number[key[0]] * count + number[key[1]], positions) for key, positions in postings.items())
    yield from sorted(keyed, key=lambda item: item[0])


def _groups(groups: Iterable[tuple[int, list[int]]], characters: int) -> Iterator[str]:
    last = -1
    for first, seconds in groups:
        yield gamma(first - last) + gamma(len(seconds)) + positions_bits(seconds, characters)
        last = first


def _files(shelves: Mapping[str, Iterable[_Shard]], characters: int, build_id: str) -> Iterator[tuple[str, str]]:
    for folder, shards in shelves.items():
        for index, shard in enumerate(shards):
            yield script(f"{folder}/{index}", build_id, shard.data(characters))

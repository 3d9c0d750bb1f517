"""Posting lists cut into files: lists in the order of their keys, about as many bytes a file; heavy lists alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lunxun.search.bits import as_characters, gamma, positions_bits, size_of
from lunxun.search.postings import Postings, in_order

FOLDER = "assets/lunxun/search/"
_SHARD_BYTES = 16_000
_HEAVY_BYTES = 8_000
_KEY_BYTES = 4


@dataclass
class _Shard:
    """Lists that go into one file, while it is filled."""

    keys: list[str] = field(default_factory=list)
    bits: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, key: str, bits: str) -> None:
        self.keys.append(key)
        self.bits.append(bits)
        self.size += size_of(len(bits)) + _KEY_BYTES

    def data(self) -> list[str]:
        """Write the second characters behind each first, and all lists as one row of bits."""
        groups = (first + "".join(key[1] for key in keys) for first, keys in groupby(self.keys, lambda key: key[0]))
        return [",".join(groups), as_characters("".join(self.bits))]


@dataclass(frozen=True, slots=True)
class Shards:
    """The files of posting lists, and what must be known to find a list: where shards begin, which lists are heavy."""

    files: dict[str, str]
    first_keys: tuple[str, ...]
    heavy_keys: tuple[str, ...]
    heavy_sizes: tuple[int, ...]


def write_shards(postings: Postings, span: int, build_id: str) -> Shards:
    """Write all lists. A light one is found by comparing its key with the first keys of the shards."""
    light: list[_Shard] = []
    heavy: list[_Shard] = []
    for key, positions in in_order(postings):
        bits = gamma(len(positions)) + positions_bits(positions, span)
        size = size_of(len(bits))
        shelf = heavy if size >= _HEAVY_BYTES else light
        if shelf is heavy or not light or light[-1].size + size > _SHARD_BYTES:
            shelf.append(_Shard())
        shelf[-1].add(key, bits)
    return Shards(
        {**_files("p", light, build_id), **_files("h", heavy, build_id)},
        tuple(shard.keys[0] for shard in light),
        tuple(shard.keys[0] for shard in heavy),
        tuple(shard.size for shard in heavy),
    )


def script(name: str, build_id: str, data: Any) -> tuple[str, str]:
    """Write data as a classic script that hands it to the engine; give its address and text."""
    written = json.dumps([name, build_id, data], ensure_ascii=False, separators=(",", ":"))[1:-1]
    for character in "\u2028\u2029<":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return f"{FOLDER}{name}.js", f"LunxunSearch.take({written});\n"


def _files(folder: str, shards: Iterable[_Shard], build_id: str) -> dict[str, str]:
    return dict(script(f"{folder}/{index}", build_id, shard.data()) for index, shard in enumerate(shards))

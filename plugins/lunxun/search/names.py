"""The pairs of names: each character, two syllables, two first letters."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from lunxun.search.bits import ends
from lunxun.search.extract import Extract
from lunxun.search.folded import Characters
from lunxun.search.pinyin import IN_NAME, Sounds
from lunxun.search.postings import Pairs, counted

# Of common characters no list is kept: they say little, and the list would be long.
_RARE = 200
_RARE_SHARE = 50


def pairs_of_names(extract: Extract) -> Pairs:
    """Pair characters of names with the sign for names, syllables with syllables, letters with letters."""
    size = len(extract.alphabet)
    characters, syllables, letters = extract.names
    span = len(characters)
    counts = np.bincount(characters, minlength=size)
    is_rare = counts <= max(_RARE, len(extract.addresses) // _RARE_SHARE)
    in_name = extract.alphabet.index(IN_NAME)
    rows = [(characters * is_rare[characters], np.full(span, in_name, np.uint16))]
    rows += [_neighbours(row) for row in (syllables, letters)]
    firsts, seconds = (np.concatenate(row) for row in zip(*rows, strict=True))
    counts = counted((firsts,), size)
    counts[0] = 0
    return Pairs(firsts, seconds, size, max(span, 1), counts)


def known_sounds(extract: Extract, addresses: Collection[str]) -> dict[str, Sounds]:
    """Give the folded names of some documents with their sounds, so that they need not be read again."""
    numbers = {address: number for number, address in enumerate(extract.addresses)}
    behind_names, behind_aliases = ends(extract.name_lengths()), ends(extract.aliases)
    found: dict[str, Sounds] = {}
    for number in (numbers[address] for address in addresses if address in numbers):
        aliases = extract.alias_lengths[behind_aliases[number] - extract.aliases[number] : behind_aliases[number]]
        lengths = [int(extract.titles[number]), *aliases.tolist()]
        start = int(behind_names[number]) - sum(lengths) - len(lengths)
        for length in lengths:
            rows = (row[start : start + length].tolist() for row in extract.names)
            name, sounds, letters = ("".join(extract.alphabet[character] for character in row) for row in rows)
            found[name] = sounds, letters
            start += length + 1
    return found


def _neighbours(row: Characters) -> tuple[Characters, Characters]:
    """Pair each with the next one; where either is missing there is no pair."""
    seconds = np.zeros_like(row)
    seconds[:-1] = row[1:]
    return row * (seconds > 0), seconds

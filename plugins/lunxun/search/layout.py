"""Where each document's text stands in the one row of positions that all posting lists speak of.

All of it follows from the addresses and lengths of the documents alone, and most of it stays as it is when one of them
is edited: an index that is brought up to date is the same, byte for byte, as one that is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from lunxun.search.bits import Row, begins, bit_lengths, ends
from lunxun.search.document import SearchDocument

# A document begins at a multiple of this, and the browser finds the document of a position by a division.
SLOT = 32
# One position lies between two pieces; a line break is never part of a word.
BREAK = "\n"
# A document has room for its text rounded up to one of so many sizes between a power of two and the next.
_ROOMS = 16
# A block ends before about one address in so many, chosen by the address itself.
BLOCK = 32
# Documents of a block that begin within so many slots share a file of texts: two of 1,200 characters, about 8 KB.
SLOTS_A_FILE = 80
_NAME = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """Where documents stand that are in the order of their addresses."""

    slots: Row
    """The first slot of each, and behind the last the end of all."""
    blocks: Row
    """The first document of each block."""
    names: tuple[str, ...]
    """The name of each block, by which its files are called."""

    @property
    def starts(self) -> Row:
        """Give the position of the first character of each document, and the end."""
        return self.slots * SLOT

    def offsets(self) -> Row:
        """Tell how many slots each document stands behind the beginning of its block."""
        counts = np.diff(self.blocks, append=len(self.slots) - 1)
        return self.slots[:-1] - np.repeat(self.slots[self.blocks], counts)

    def files(self) -> tuple[list[str], Row]:
        """Name the files of texts in the order of their documents; tell the first document of each."""
        counts = np.diff(self.blocks, append=len(self.slots) - 1)
        blocks = np.repeat(np.arange(len(counts)), counts)
        numbers = self.offsets() // SLOTS_A_FILE
        # Numbers are far smaller than slots, of which there are less than positions: 2³².
        firsts = begins(blocks << 32 | numbers)
        named = zip(blocks[firsts].tolist(), numbers[firsts].tolist(), strict=True)
        return [f"t/{self.names[block]}-{number:x}" for block, number in named], firsts


def lay_out(addresses: Sequence[str], lengths: Row, blocks: Mapping[str, int] | None = None) -> Layout:
    """Give each document its place; they come in the order of their addresses.

    `blocks` are those of these documents where they are known, as they are of a part of all documents.
    """
    slots = np.concatenate((np.zeros(1, np.int64), ends(rooms(lengths))))
    blocks = blocks_of(addresses) if blocks is None else blocks
    return Layout(slots, np.array(list(blocks.values()), np.int64), tuple(blocks))


def rooms(lengths: Row) -> Row:
    """Tell how many slots documents of these lengths have."""
    # At least one position stays free, so that no word reaches beyond.
    return -(-rounded_up(lengths + 1, _ROOMS) // SLOT)


def rounded_up(numbers: Row, steps: int) -> Row:
    """Round numbers up to one of so many between each power of two and the next; the steps are a power of two."""
    units = np.int64(1) << np.maximum(bit_lengths(numbers) - steps.bit_length(), 0)
    rounded: Row = -(-numbers // units) * units
    return rounded


def text_of(document: SearchDocument) -> str:
    """Join the pieces of a document: title, aliases, headings, parts."""
    parts = (part.text for part in document.parts)
    return BREAK.join((document.title, *document.aliases, *document.headings, *parts))


def blocks_of(addresses: Sequence[str]) -> dict[str, int]:
    """Find where blocks begin, and name each after the address there. Of two with one name, the later is none."""
    blocks: dict[str, int] = {}
    for number, address in enumerate(addresses):
        drawn = blake2b(address.encode(), digest_size=_NAME + 1).digest()
        if not number or drawn[_NAME] % BLOCK == 0:
            blocks.setdefault(drawn[:_NAME].hex(), number)
    return blocks

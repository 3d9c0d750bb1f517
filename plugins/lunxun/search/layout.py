"""Where each document's text stands in the one row of positions that all posting lists speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lunxun.search.document import SearchDocument

# A document begins at a multiple of this, so that a small edit moves no other document, and the browser finds the
# document of a position by a division.
SLOT = 32
# One position lies between two pieces; a line break is never part of a word.
BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with its first slot, and its text as one string."""

    slot: int
    document: SearchDocument
    text: str

    @property
    def start(self) -> int:
        """Give the position of its first character."""
        return self.slot * SLOT

    @property
    def end_slot(self) -> int:
        """Give the first slot behind it; at least one position stays free, so that no word reaches beyond."""
        return self.slot + slots_for(self.text)


def place(documents: Iterable[SearchDocument], slots: Mapping[str, int] | None = None) -> tuple[Placed, ...]:
    """Give every document its slots, in the order of slots.

    One that had slots in an earlier build (`slots`, by address) keeps them as long as it fits there, so that an edit
    changes little; the others follow at the end, in their order.
    """
    texts = [(document, text_of(document)) for document in documents]
    kept = _kept(texts, slots or {})
    following = max((item.end_slot for item in kept.values()), default=0)
    for document, text in texts:
        if document.address not in kept:
            kept[document.address] = Placed(following, document, text)
            following = kept[document.address].end_slot
    return tuple(sorted(kept.values(), key=lambda item: item.slot))


def text_of(document: SearchDocument) -> str:
    """Join the pieces of a document: title, aliases, headings, parts."""
    parts = (part.text for part in document.parts)
    return BREAK.join((document.title, *document.aliases, *document.headings, *parts))


def slots_for(text: str) -> int:
    """Tell how many slots a text takes."""
    return len(text) // SLOT + 1


def _kept(texts: Iterable[tuple[SearchDocument, str]], slots: Mapping[str, int]) -> dict[str, Placed]:
    kept: dict[str, Placed] = {}
    free = 0
    old = [(slots[document.address], document, text) for document, text in texts if document.address in slots]
    for slot, document, text in sorted(old, key=lambda item: item[0], reverse=True):
        # From the last one back, so that the room of each is known.
        if slot >= 0 and (not kept or slot + slots_for(text) <= free):
            kept[document.address] = Placed(slot, document, text)
            free = slot
    return kept

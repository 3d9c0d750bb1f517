"""What the index needs of documents, taken out of them: plain values and rows of numbers.

Documents are independent of each other here, so that any process can do this for any of them; extracts are then put
together. The index of an earlier build holds the same, so that an edit needs only the documents that changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lunxun.search.bits import Row, ends
from lunxun.search.document import SearchDocument
from lunxun.search.folded import Characters, Numbering
from lunxun.search.layout import BREAK, text_of
from lunxun.search.pinyin import Sounds, sounds_of
from lunxun.search.tokens import SEPARATOR, indexed_text

# Names as characters, syllables, first letters; a separator behind each.
Names: TypeAlias = tuple[Characters, Characters, Characters]
ReadName: TypeAlias = Callable[[str], Sounds]
BETWEEN_IDS = "\0"
_PRINT = 8


@dataclass(frozen=True, slots=True)
class Extract:
    """Some documents, a row for each property; characters are numbers of the alphabet, the separator is 0."""

    addresses: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    """For each facet the ids that each document has, joined by `BETWEEN_IDS`."""
    prints: NDArray[np.uint64]
    """Fingerprints: documents with the same one are the same in every respect."""
    titles: Row
    """How long each title is."""
    aliases: Row
    """How many aliases each has."""
    alias_lengths: Row
    """How long they are, those of all documents in one row."""
    headings: Row
    """How long all headings together are, with a break behind each."""
    lengths: Row
    """How long each text is."""
    alphabet: str
    text: Characters
    """The folded texts; there may be anything between them."""
    begins: Row
    """Where in `text` each begins."""
    names: Names
    """The titles and aliases of all documents, in three rows of the same length."""
    rows: tuple[bytes, ...] = ()
    """The texts as they are stored for titles and snippets, JSON without the first bracket: their places go before.

    Missing where the documents are those of an earlier build."""

    def name_lengths(self) -> Row:
        """Tell how long the names of each document are, with a break behind each."""
        sums = np.concatenate((np.zeros(1, np.int64), ends(self.alias_lengths + 1)))
        after = ends(self.aliases)
        lengths: Row = self.titles + 1 + sums[after] - sums[after - self.aliases]
        return lengths


def extract(
    documents: Sequence[SearchDocument], known: Mapping[str, Sounds] | None = None, read: ReadName = sounds_of
) -> Extract:
    """Take out of documents what the index needs; `known` gives the sounds of folded names that were read before."""
    rows = [_row(document) for document in documents]
    texts = [text_of(document) for document in documents]
    lengths = _numbers(map(len, texts))
    numbering = Numbering()
    names, sounds = _names_of(documents), known or {}
    return Extract(
        addresses=tuple(document.address for document in documents),
        facets=_facets(documents),
        prints=_prints(zip(rows, documents, strict=True)),
        titles=_numbers(len(document.title) for document in documents),
        aliases=_numbers(len(document.aliases) for document in documents),
        alias_lengths=_numbers(len(alias) for document in documents for alias in document.aliases),
        headings=_numbers(sum(len(heading) + 1 for heading in document.headings) for document in documents),
        lengths=lengths,
        text=numbering.fold(texts),
        begins=ends(lengths) - lengths,
        names=(
            numbering.fold(name + BREAK for name in names),
            *_sounds(map(indexed_text, names), numbering, lambda name: sounds.get(name) or read(name)),
        ),
        alphabet="".join(numbering.alphabet),
        rows=tuple(rows),
    )


def stored(value: Any) -> bytes:
    """Write a value as JSON that may stand in a classic script."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "\u2028\u2029<":
        written = written.replace(character, f"\\u{ord(character):04x}")
    # What is no character, half of a pair, is no text either; as an escape it does no harm.
    return written.encode("utf-8", "backslashreplace")


def folded_names(documents: Sequence[SearchDocument]) -> tuple[str, ...]:
    """List the folded names of documents, to be read later."""
    return tuple(map(indexed_text, _names_of(documents)))


def unread(name: str) -> Sounds:
    """Leave room for the sounds of a name that is read later."""
    return SEPARATOR * len(name), SEPARATOR * len(name)


def read_later(taken: Extract, names: Sequence[str]) -> Extract:
    """Read the names of documents whose names were left unread."""
    numbering = Numbering(taken.alphabet)
    syllables, letters = _sounds(names, numbering, sounds_of)
    return replace(taken, names=(taken.names[0], syllables, letters), alphabet="".join(numbering.alphabet))


def _names_of(documents: Sequence[SearchDocument]) -> list[str]:
    return [name for document in documents for name in (document.title, *document.aliases)]


def _sounds(folded: Iterable[str], numbering: Numbering, read: ReadName) -> tuple[Characters, Characters]:
    sounds = list(map(read, folded))
    syllables, letters = (numbering.number("".join(name[row] + SEPARATOR for name in sounds)) for row in (0, 1))
    return syllables, letters


def _row(document: SearchDocument) -> bytes:
    places = {heading: index for index, heading in enumerate(document.headings)}
    parts = [[part.anchor, places.get(part.heading, part.heading), part.text] for part in document.parts]
    row = [document.address, document.kind, document.title, document.aliases, document.headings, parts]
    return stored(row)[1:]


def _facets(documents: Sequence[SearchDocument]) -> dict[str, tuple[str, ...]]:
    names = dict.fromkeys(facet for document in documents for facet in document.facets)
    return {facet: tuple(BETWEEN_IDS.join(document.facets.get(facet, ())) for document in documents) for facet in names}


def _prints(told: Iterable[tuple[bytes, SearchDocument]]) -> NDArray[np.uint64]:
    digests = [
        blake2b(b"%s\0%s" % (row, repr(tuple(document.facets.items())).encode()), digest_size=_PRINT).digest()
        for row, document in told
    ]
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)


def _numbers(numbers: Iterable[int]) -> Row:
    return np.fromiter(numbers, np.int64)

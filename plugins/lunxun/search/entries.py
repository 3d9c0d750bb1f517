"""Documents as engines keep them: their pairs, their classes, their compared text, and themselves, packed."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict
from operator import add
from typing import NamedTuple

from lunxun.search.document import Part, SearchDocument
from lunxun.search.port import Entry
from lunxun.search.tokens import SEPARATOR, indexed_text

# Compared text holds letters, digits, Chinese characters and separators; so these cannot be part of a word.
TIER_END = "\0"
PIECE_END = "\n"


class Tiers(NamedTuple):
    """What an engine keeps of a document to compare: its texts by weight, folded, each piece apart."""

    title: str
    aliases: str
    headings: str
    body: str
    kind: str
    address: str

    @property
    def whole(self) -> str:
        """Give all texts, the pieces a separator apart: a phrase may reach from one into the next."""
        texts = (self.title, self.aliases, self.headings, self.body)
        return SEPARATOR.join(text for text in texts if text).replace(PIECE_END, SEPARATOR)

    @property
    def names(self) -> str:
        """Give the title and the aliases, each piece apart."""
        return f"{self.title}{PIECE_END}{self.aliases}"

    def holds(self, form: str) -> bool:
        """Tell whether a stretch of compared text stands anywhere in the document."""
        if SEPARATOR in form:
            return form in self.whole
        return form in self.title or form in self.body or form in self.aliases or form in self.headings


def entry_of(document: SearchDocument) -> Entry:
    """Make the entry of a document."""
    tiers = tiers_of(document)
    classes = tuple(f"{facet}={value}" for facet, values in document.facets.items() for value in values)
    pairs = frozenset(pair for tier in tiers[:4] for pair in pairs_of(tier))
    return Entry(document.address, pairs, classes, TIER_END.join(tiers), pack(document))


def tiers_of(document: SearchDocument) -> Tiers:
    """Fold the texts of a document."""
    body = (part.text for part in document.parts)
    pieces = ((document.title,), document.aliases, document.headings, body)
    title, aliases, headings, body_text = (PIECE_END.join(map(indexed_text, texts)) for texts in pieces)
    return Tiers(title, aliases, headings, body_text, document.kind, document.address)


def read_tiers(text: str) -> Tiers:
    """Read the text of an entry."""
    return Tiers(*text.split(TIER_END))


def pairs_of(text: str) -> dict[str, None]:
    """List the different pairs of neighbours of a compared text, in its order."""
    pairs = dict.fromkeys(map(add, text, text[1:]))
    return {pair: None for pair in pairs if SEPARATOR not in pair and PIECE_END not in pair}


def digest(document: SearchDocument) -> str:
    """Give what differs when anything in a document does."""
    return hashlib.sha256(_as_json(document)).hexdigest()[:32]


def pack(document: SearchDocument) -> bytes:
    """Write a document as few bytes."""
    return zlib.compress(_as_json(document), 1)


def unpack(packed: bytes) -> SearchDocument:
    """Read a packed document."""
    data = json.loads(zlib.decompress(packed))
    return SearchDocument(
        address=data["address"],
        kind=data["kind"],
        title=data["title"],
        aliases=tuple(data["aliases"]),
        headings=tuple(data["headings"]),
        parts=tuple(Part(**part) for part in data["parts"]),
        facets={facet: tuple(values) for facet, values in data["facets"].items()},
    )


def _as_json(document: SearchDocument) -> bytes:
    return json.dumps(asdict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="replace"
    )

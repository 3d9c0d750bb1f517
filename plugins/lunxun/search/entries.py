"""Documents as engines keep them: their pairs, their classes, their compared text, and themselves, packed."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict

from lunxun.search.document import Part, SearchDocument
from lunxun.search.port import Entry
from lunxun.search.tokens import SEPARATOR, indexed_text

# Compared text holds letters, digits, Chinese characters and separators; so these cannot be part of a word.
TIER_END = "\0"
PIECE_END = "\n"


def entry_of(document: SearchDocument) -> Entry:
    """Make the entry of a document."""
    text = compared_text(document)
    classes = tuple(f"{facet}={value}" for facet, values in document.facets.items() for value in values)
    return Entry(document.address, pairs_of(text), classes, text, pack(document))


def compared_text(document: SearchDocument) -> str:
    """Write all texts of a document in four tiers (title, aliases, headings, body), folded, each piece apart."""
    body = (part.text for part in document.parts)
    tiers = ((document.title,), document.aliases, document.headings, body)
    return TIER_END.join(PIECE_END.join(map(indexed_text, pieces)) for pieces in tiers)


def pairs_of(text: str) -> frozenset[str]:
    """List the different pairs of neighbours of a compared text."""
    apart = {SEPARATOR, TIER_END, PIECE_END}
    return frozenset(one + other for one, other in zip(text, text[1:], strict=False) if not apart & {one, other})


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
    return json.dumps(asdict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

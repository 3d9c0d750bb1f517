"""What is known of the site that was made last: enough to tell what a change of content reaches.

It is kept as rows of numbers and JSON beside the cache of records, and proves nothing by itself: whoever uses it has
made sure that the files of the site are those that were written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lunxun.library.library import Entry, Library
from lunxun.library.link_numbers import link_numbers
from lunxun.library.origin import Origin, digest_of
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.search.affected import Signatures, signatures_of
from lunxun.search.features import Rows
from lunxun.search.library_index import index_of
from lunxun.site.prose import ProseRenderer
from lunxun.site.relation import Relation
from lunxun.site.rows_file import load_arrays, save_arrays

FORMAT = 2
_DIGEST = 16
_RELATIONS = ("links", "explained", "related")
_SIGNED = ("link_starts", "links", "starts", "keys", "weights")
Named = Mapping[Key, tuple[Key, ...]]


@dataclass(frozen=True, slots=True)
class KeptSite:
    """The records that a site was made of, as far as other pages and later builds have to know them."""

    program: str
    """Digest of the code that made it."""
    look: str
    """Digest of the theme and the templates."""
    taxonomy: str
    """Digest of the names of classes."""
    cut: frozenset[str]
    """The kinds whose lists are cut into pages."""
    keys: tuple[Key, ...]
    prints: tuple[bytes, ...]
    """Digests of the files of the records."""
    shown: frozenset[Key]
    links: Relation
    explained: Relation
    """The terms that the prose of each page explains."""
    related: Relation
    terms: Mapping[str, str]
    """The names of terms, and which term each explains, in texts of which sources."""
    signatures: Signatures
    """What each record is compared by."""

    def named(self, relation: Relation, number: int) -> tuple[Key, ...]:
        """List what a record names in one of the relations."""
        return tuple([self.keys[at] for at in relation.of(number)])


def keep(renderer: ProseRenderer, program: str, look: str, explained: Relation, related: Relation) -> KeptSite:
    """Note what is known of a site that was just made."""
    library = renderer.library
    keys = tuple(library.entries)
    return KeptSite(
        program,
        look,
        taxonomy_print(library),
        cut_kinds(renderer),
        keys,
        record_prints(library),
        frozenset(key for key, entry in library.entries.items() if not entry.is_hidden),
        links_of(library),
        explained,
        related,
        renderer.terms.names(),
        signatures_of(index_of(library)),
    )


def record_prints(library: Library) -> tuple[bytes, ...]:
    """Sum up the file of each record."""
    return tuple([_file_digest(entry) for entry in library.entries.values()])


def links_of(library: Library) -> Relation:
    """Tell which records each record links to."""
    return library.once(_links_of)


def _links_of(library: Library) -> Relation:
    owners, named = link_numbers(library)
    counts = np.bincount(owners, minlength=len(library.entries))
    return Relation(np.cumsum(counts, dtype=np.int32), named)


def taxonomy_print(library: Library) -> str:
    """Sum up the names of classes."""
    return blake2b(library.taxonomy.model_dump_json().encode(), digest_size=_DIGEST).hexdigest()


def cut_kinds(renderer: ProseRenderer) -> frozenset[str]:
    """List the kinds whose lists are cut into pages: links to their classes differ."""
    return frozenset(kind for kind in KINDS if renderer.tables.is_cut(kind))


def save_kept(path: Path, kept: KeptSite) -> None:
    """Write to a file; it is there as a whole or not at all."""
    told = {
        "format": FORMAT,
        "program": kept.program,
        "look": kept.look,
        "taxonomy": kept.taxonomy,
        "cut": sorted(kept.cut),
        "keys": [f"{key.kind}:{key.id}" for key in kept.keys],
        "hidden": [number for number, key in enumerate(kept.keys) if key not in kept.shown],
        "terms": dict(kept.terms),
        "ids": kept.signatures.ids,
    }
    arrays: dict[str, NDArray[Any]] = {"told": np.frombuffer(json.dumps(told).encode(), np.uint8)}
    for name in _RELATIONS:
        one: Relation = getattr(kept, name)
        arrays |= {f"{name}.ends": one.ends, f"{name}.named": one.named}
    arrays["prints"] = np.frombuffer(b"".join(kept.prints), np.uint8)
    signed = kept.signatures
    keys, links = signed.keys, signed.links
    columns: list[NDArray[Any]] = [links.starts, links.values, keys.starts, keys.values, signed.weights]
    arrays |= {f"signatures.{name}": column for name, column in zip(_SIGNED, columns, strict=True)}
    save_arrays(path, arrays)


def load_kept(path: Path) -> KeptSite | None:
    """Read what was kept; nothing where there is none, or it is damaged, or of another format."""
    try:
        arrays = load_arrays(path)
        told = json.loads(bytes(arrays["told"]))
        if told["format"] != FORMAT:
            return None
        keys = tuple(Key(*name.split(":")) for name in told["keys"])
        hidden = {keys[number] for number in told["hidden"]}
        links, explained, related = (Relation(arrays[f"{name}.ends"], arrays[f"{name}.named"]) for name in _RELATIONS)
        return KeptSite(
            told["program"],
            told["look"],
            told["taxonomy"],
            frozenset(told["cut"]),
            keys,
            _prints(arrays["prints"].tobytes(), len(keys)),
            frozenset(keys) - hidden,
            links,
            explained,
            related,
            told["terms"],
            _signatures(tuple(told["ids"]), *(arrays[f"signatures.{name}"] for name in _SIGNED)),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _signatures(ids: tuple[str, ...], *columns: NDArray[Any]) -> Signatures:
    link_starts, links, starts, keys, weights = columns
    return Signatures(ids, Rows(link_starts, links), Rows(starts, keys), weights)


def _file_digest(entry: Entry) -> bytes:
    document = entry.document
    # A record that was not read from a file has only itself to be known by.
    return document.digest if isinstance(document, Origin) else digest_of(repr(entry.record).encode())


def _prints(joined: bytes, count: int) -> tuple[bytes, ...]:
    width = len(joined) // max(count, 1)
    return tuple([joined[at : at + width] for at in range(0, width * count, width)]) if width else ()

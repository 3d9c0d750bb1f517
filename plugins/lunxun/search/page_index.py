"""The index that the page loads: small scripts, each handed to `LunxunSearch.take` (see ARCHITECTURE.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from lunxun.search.document import SearchDocument
from lunxun.search.layout import SLOT, place
from lunxun.search.pinyin import add_names, characters_by_syllable
from lunxun.search.postings import collect
from lunxun.search.shards import script, write_shards
from lunxun.search.start_file import FacetNames, start_data
from lunxun.search.tables import fold_table, foldable
from lunxun.search.text_shards import SLOTS_A_FILE, text_files

# Raised whenever the browser would have to read the files in another way.
FORMAT = 1


def fingerprint(documents: Iterable[SearchDocument], names: FacetNames) -> str:
    """Make an id of a build from all that goes into it, so that files of different builds are never mixed."""
    parts = (FORMAT, SLOT, SLOTS_A_FILE, *((facet, *values.items()) for facet, values in names.items()), *documents)
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()[:12]


def build_page_index(
    documents: Iterable[SearchDocument],
    build_id: str,
    names: FacetNames | None = None,
    slots: Mapping[str, int] | None = None,
) -> dict[str, str]:
    """Write the whole index: the text of each file by its address in the site.

    `names` holds the names of facet values, in the order in which they are shown. `slots` says where documents stood
    in an earlier build, so that an edit moves no other document. The same input always gives the same files.
    """
    placed = place(documents, slots)
    postings = collect(placed)
    add_names(postings, placed)
    shards = write_shards(postings, placed[-1].end_slot * SLOT if placed else 0, build_id)
    start = {**start_data(placed, shards, names or {}), "slotsAFile": SLOTS_A_FILE, "foldable": foldable()}
    return {
        **dict((script("start", build_id, start), script("fold", build_id, fold_table()))),
        **dict([script("pinyin", build_id, characters_by_syllable())]),
        **shards.files,
        **text_files(placed, build_id),
    }

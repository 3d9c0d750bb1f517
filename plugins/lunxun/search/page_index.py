"""The index that the page loads: small scripts, each handed to `LunxunSearch.take` (see ARCHITECTURE.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from lunxun.search.document import SearchDocument
from lunxun.search.layout import SLOT, place
from lunxun.search.pinyin import characters_by_syllable, collect_names, names_span
from lunxun.search.postings import collect
from lunxun.search.shards import alphabet, script, write_shards
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
    texts, sounds = collect(placed), collect_names(placed)
    characters = alphabet(texts, sounds)
    span = placed[-1].end_slot * SLOT if placed else 0
    lists = write_shards("p", texts, characters, span, build_id)
    name_lists = write_shards("n", sounds, characters, names_span(placed), build_id)
    start = {
        **start_data(placed, names or {}),
        "slotsAFile": SLOTS_A_FILE,
        "alphabet": characters,
        "lists": lists.directory,
        "names": name_lists.directory,
        "foldable": foldable(),
    }
    small = {"start": start, "fold": fold_table(), "pinyin": characters_by_syllable()}
    return {
        **dict(script(name, build_id, data) for name, data in small.items()),
        **lists.files,
        **name_lists.files,
        **text_files(placed, build_id),
    }

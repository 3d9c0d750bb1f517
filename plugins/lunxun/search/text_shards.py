"""The texts of documents, a few to a file, for titles and snippets. Each text is stored once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from lunxun.search.document import SearchDocument
from lunxun.search.layout import Placed
from lunxun.search.shards import script

# Documents that begin within so many slots share a file: two of 1,200 characters, about 8 KB.
SLOTS_A_FILE = 80


def text_files(placed: Sequence[Placed], build_id: str) -> dict[str, str]:
    """Write the documents of each stretch of slots as one script."""
    shards: defaultdict[int, list[Any]] = defaultdict(list)
    for item in placed:
        shards[item.slot // SLOTS_A_FILE].append([item.slot, *_document(item.document)])
    return dict(script(f"t/{number}", build_id, rows) for number, rows in shards.items())


def _document(document: SearchDocument) -> list[Any]:
    places = {heading: index for index, heading in enumerate(document.headings)}
    parts = [[part.anchor, places.get(part.heading, part.heading), part.text] for part in document.parts]
    return [document.address, document.kind, document.title, document.aliases, document.headings, parts]

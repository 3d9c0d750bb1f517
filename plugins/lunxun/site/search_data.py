"""What the search page looks through: one classic script, so that it also loads from disk."""

from __future__ import annotations

import json

from lunxun.library.library import Entry
from lunxun.records.base import ClassedBy, RefersTo
from lunxun.records.walk import leaves
from lunxun.site import addresses
from lunxun.site.prose import PageProse, ProseRenderer
from lunxun.text.folding import fold

ADDRESS = "assets/lunxun/search-data.js"

_NOT_SEARCHED = frozenset(
    {"id", "title", "summary", "sha256", "file", "page", "reason", "certainty", "state", "printed", "variants"}
)


def search_data(renderer: ProseRenderer) -> str:
    """Write the titles, summaries and texts of all visible records as a script.

    Each row holds address, title, kind, aliases, summary and text. The folded forms (simplified,
    half-width, lower case) are made in the browser from `fold`, which holds only the characters that change.
    """
    page = renderer.page(addresses.SEARCH)
    entries = [entry for entry in renderer.library.entries.values() if not entry.is_hidden]
    rows = [_row(page, entry) for entry in entries]
    used = {character for row in rows for part in row for character in part}
    folded = {character: fold(character) for character in sorted(used) if fold(character) != character}
    data = json.dumps({"fold": folded, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    # "</script" cannot end the element here, since this is a file, but other tools may inline it.
    return f"window.LUNXUN_SEARCH={data.replace('<', chr(92) + 'u003c')};\n"


def _row(page: PageProse, entry: Entry) -> list[str]:
    record = entry.record
    texts = [page.plain(leaf.value, entry.key) for leaf in leaves(record) if _is_searched(leaf.path, leaf.mark)]
    texts += [fact.text for fact in record.facts]
    return [
        addresses.of_record(entry.key),
        record.title,
        record.kind_name,
        " ".join(record.aliases),
        page.plain(record.summary, entry.key),
        " ".join(texts),
    ]


def _is_searched(path: tuple[str | int, ...], mark: object) -> bool:
    return not isinstance(mark, RefersTo | ClassedBy) and not _NOT_SEARCHED.intersection(path)

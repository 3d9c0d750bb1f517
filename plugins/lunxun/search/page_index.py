"""The index that the page loads: small scripts, each handed to `LunxunSearch.take` (see ARCHITECTURE.md).

An index is made anew, or brought up to date from what is known of an earlier one. Its files are the same, byte for
byte, either way, and however many workers make them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lunxun.search.bits import whole_list
from lunxun.search.document import SearchDocument
from lunxun.search.edit import edit_of
from lunxun.search.extract import Extract, extract, stored
from lunxun.search.gathered import Gathered, gather, put_in
from lunxun.search.index_state import NAMES, TEXTS, IndexState, Tables
from lunxun.search.ledger import Ledger
from lunxun.search.lists import Shelved, span_of, write_lists
from lunxun.search.names import known_sounds, pairs_of_names
from lunxun.search.pinyin import sound_table
from lunxun.search.postings import Pairs, pairs_of_text
from lunxun.search.reshelving import rewrite_lists
from lunxun.search.scripts import LostFileError, Put, Read, address_of, script
from lunxun.search.sounds import readings
from lunxun.search.start_file import PLACES, FacetNames, start_data
from lunxun.search.tables import FoldTable, fold_table
from lunxun.search.text_shards import Texts, rewrite_texts, write_texts
from lunxun.search.tokens import indexed_text
from lunxun.workers import InProcess, Workers, cut, run

# So many documents are read at once.
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Scripts to write and to remove, by their address in the site, and what is known of the index."""

    files: dict[str, bytes]
    gone: frozenset[str]
    state: IndexState


def build(
    documents: Sequence[SearchDocument], names: FacetNames | None = None, workers: Workers | None = None
) -> PageIndex:
    """Write the whole index. `names` holds the names of facet values, in the order in which they are shown."""
    workers = workers or InProcess()
    pieces = cut(range(len(documents)), -(-len(documents) // _AT_ONCE))
    return assemble(gather_all(run(workers, extract_some, documents, pieces)), names, workers)


def extract_some(documents: Sequence[SearchDocument], numbers: Sequence[int]) -> Extract:
    """Take out of some documents what the index needs; a task for workers."""
    return extract([documents[number] for number in numbers])


def gather_all(extracts: Iterable[Extract]) -> Gathered:
    """Put extracts of all documents together, in whatever pieces they come."""
    return gather([extract(()), *extracts])


def assemble(
    gathered: Gathered,
    names: FacetNames | None = None,
    workers: Workers | None = None,
    texts: Texts | None = None,
    fold: FoldTable | None = None,
    put: Put | None = None,
) -> PageIndex:
    """Write the whole index from what was taken out of all documents.

    `texts` are the files of texts where they were written with the pieces, as the table of what characters fold to
    may have been. Posting lists are given back with the rest, unless there is somebody to `put` them into the site.
    """
    workers = workers or InProcess()
    texts = texts or write_texts(gathered.extract, gathered.layout)
    gathered = _without_rows(gathered)
    lists = write_lists(TEXTS, _text_pairs(gathered), workers, put)
    name_lists = write_lists(NAMES, pairs_of_names(gathered.extract), workers)
    fold = fold or fold_table()
    pinyin, pinyin_script = script("pinyin", stored(sound_table()))
    tables = Tables(fold.foldable, {"fold": fold.mark, "pinyin": pinyin})
    read_so = _sounds(names or {}, {})
    state = IndexState(gathered, lists.shelf, lists.ledger, name_lists.shelf, texts.files, tables, read_so)
    small = {"fold": fold.script, "pinyin": pinyin_script}
    return _page_index(state, names or {}, small | texts.scripts | lists.scripts | name_lists.scripts, set())


def update(
    before: IndexState,
    changed: Sequence[SearchDocument],
    gone: Collection[str],
    read: Read,
    names: FacetNames | None = None,
    workers: Workers | None = None,
) -> PageIndex | None:
    """Bring an index up to date: write the files that differ, tell which are gone.

    `changed` are documents that were edited or added, `gone` the addresses of those that are no more; `read` gives a
    file of the earlier index by its address. Nothing is given back where such a file is not the one that was written:
    then the index must be made anew.
    """
    workers = workers or InProcess()
    sounds = known_sounds(before.gathered.extract, [document.address for document in changed])
    taken = extract(changed, sounds)
    in_place = None if gone else put_in(before.gathered, taken)
    gathered = in_place or gather([before.gathered.extract, taken], gone)
    try:
        texts = rewrite_texts(gathered, before.gathered, before.texts, read)
        gathered = _without_rows(gathered)
        if in_place:
            edit = edit_of(before.gathered, gathered)
            lists = rewrite_lists(TEXTS, _text_pairs(gathered), edit, Shelved(before.lists, before.ledger, {}), read)
        else:
            lists = write_lists(TEXTS, _text_pairs(gathered), workers)
    except LostFileError:
        return None
    name_lists = _name_lists(before, gathered, workers)
    read_so = _sounds(names or {}, before.sounds)
    state = IndexState(gathered, lists.shelf, lists.ledger, name_lists.shelf, texts.files, before.tables, read_so)
    scripts = texts.scripts | lists.scripts | name_lists.scripts
    return _page_index(state, names or {}, scripts, before.addresses())


def _name_lists(before: IndexState, gathered: Gathered, workers: Workers) -> Shelved:
    """Write the lists of names, unless they are what they were."""
    old, new = (pairs_of_names(one.extract) for one in (before.gathered, gathered))
    if new.are(old):
        return Shelved(before.names, Ledger.empty(), {})
    return write_lists(NAMES, new, workers)


def _page_index(state: IndexState, names: FacetNames, scripts: dict[str, bytes], before: set[str]) -> PageIndex:
    extract = state.gathered.extract
    data = {
        **start_data(state.gathered, names, state.sounds),
        "textMarks": "".join(file.mark for file in state.texts),
        "tableMarks": dict(state.tables.marks),
        "alphabet": whole_list([ord(character) for character in extract.alphabet]),
        "lists": state.lists.directory(span_of(len(extract.text))),
        "names": state.names.directory(span_of(len(extract.names[0]))),
        "foldable": state.tables.foldable,
    }
    _, start = script("start", stored(data))
    files = {address_of(name): text for name, text in {"start": start, **scripts}.items()}
    return PageIndex(files, frozenset(before - state.addresses()), state)


def _text_pairs(gathered: Gathered) -> Pairs:
    return pairs_of_text(gathered.extract.text, gathered.often)


def _without_rows(gathered: Gathered) -> Gathered:
    """Let go of the texts themselves: they are written, and an edit reads them from there."""
    return replace(gathered, extract=replace(gathered.extract, rows=()))


def _sounds(names: FacetNames, known: Mapping[str, str]) -> dict[str, str]:
    """Tell how the names of places are read."""
    places = names.get(PLACES, {}).values()
    return {name: known[name] if name in known else _read(name) for name in places}


def _read(name: str) -> str:
    return " ".join(filter(None, readings(indexed_text(name))))

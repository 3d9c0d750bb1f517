"""All pages of a site made, or only those that a change reaches: pieces of work handed out, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lunxun.library.library import Library
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.search.affected import affected
from lunxun.search.index_state import to_arrays
from lunxun.search.library_index import id_of, index_of
from lunxun.search.pieces import IndexPiece, join
from lunxun.search.scripts import FOLDER
from lunxun.site import addresses
from lunxun.site.kept_site import KeptSite, keep, save_arrays
from lunxun.site.reach import Reach
from lunxun.site.search_documents import facet_names
from lunxun.site.stages import Reporter, counted
from lunxun.site.tasks import (
    IndexChange,
    Named,
    SiteWork,
    Written,
    WrittenRecords,
    record_pieces,
    together,
    update_index,
    write_guides,
    write_pages,
    write_records,
    write_some,
)
from lunxun.workers import Pending, Workers, cut

# Few enough that their number costs nothing, enough that all workers end at about the same time.
_PIECES_EACH = 6
# So that a piece takes no more memory than any other, however many there are.
_MOST_RECORDS = 1_000
# Fewer pages than this are made here while another process brings the index up to date.
_FEW = 500


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, what is gone, and what pages explain and name as related."""

    written: Written
    gone: frozenset[str]
    explained: Named
    related: Named


def make_all(work: SiteWork, workers: Workers, reporter: Reporter, state: Path | None = None) -> Made:
    """Make every page, and then what is left of the index; `state` takes what is known of it."""
    work.make()
    pieces = record_pieces(work.library, max(workers.count * _PIECES_EACH, len(work.library.entries) // _MOST_RECORDS))
    records: list[WrittenRecords] = []
    with workers.session(work) as session:
        guides = session.submit(write_guides, None)
        pending = [session.submit(write_records, piece) for piece in pieces]
        records += (one.result() for one in counted(pending, len(pending), "排出页面", reporter))
        written = [*(one.pages for one in records), guides.result()]
    found: list[IndexPiece] = [one.index for one in records if one.index is not None]
    index = join(found, facet_names(work.library), workers)
    if state is not None:
        save_arrays(state, to_arrays(index.state))
    written.append(work.write(index.files.items()))
    return _made(written, records)


def make_again(
    work: SiteWork, workers: Workers, reporter: Reporter, kept: KeptSite, reached: Reach, state: Path, site: Path
) -> Made:
    """Make again what a change reaches; all else is to be taken from the last site."""
    gone = {addresses.of_record(key) for key in reached.gone}
    entries = work.library.entries
    with workers.session(work) as session:
        index = session.submit(update_index, IndexChange(state, reached.documents, gone, site))
        related, differing = _related_again(work, kept)
        wanted = entries.keys() if reached.all_pages else reached.pages | differing
        keys = [key for key, entry in entries.items() if key in wanted and not entry.is_hidden]
        kinds = None if reached.all_pages else reached.lists
        named = {key: tuple(entries[other] for other in related[key]) for key in keys}
        if len(keys) < _FEW:
            records = [write_pages(work, keys, named)]
            guides = write_guides(work, kinds)
        else:
            pending: list[Pending[WrittenRecords]] = [
                session.submit(write_some, (piece, {key: named[key] for key in piece}))
                for piece in cut(keys, workers.count * _PIECES_EACH)
            ]
            later = session.submit(write_guides, kinds)
            records = [one.result() for one in counted(pending, len(pending), "排出页面", reporter)]
            guides = later.result()
        updated = index.result()
    made = _made([guides, updated.files, *(one.pages for one in records)], records)
    explained = {
        key: tuple(kept.keys[at] for at in kept.explained.of(number))
        for number, key in enumerate(kept.keys)
        if key not in wanted
    }
    return Made(made.written, updated.gone | gone, {**explained, **made.explained}, related)


def _made(written: Iterable[Written], records: Iterable[WrittenRecords]) -> Made:
    records = list(records)
    return Made(
        together(written),
        frozenset(),
        {key: terms for one in records for key, terms in one.explained.items()},
        {key: others for one in records for key, others in one.related.items()},
    )


def stay(files: Iterable[str], library: Library, reached: Reach, made: Made) -> Iterator[str]:
    """List the files of the last site that are right as they are."""
    pages = {addresses.of_record(key) for key, entry in library.entries.items() if not entry.is_hidden}
    pages.update(addresses.SINGLE_PAGES)
    written = set(made.written.addresses)
    for address in files:
        if address.startswith(FOLDER):
            is_ours = address not in made.gone
        else:
            is_ours = address in pages or addresses.list_kind(address) in (KINDS.keys() - reached.lists)
        if is_ours and address not in written:
            yield address


def keep_made(work: SiteWork, made: Made, program: str, look: str) -> KeptSite:
    """Note what a later build has to know of the site."""
    return keep(work.renderer, program, look, made.explained, made.related)


def _related_again(work: SiteWork, kept: KeptSite) -> tuple[dict[Key, tuple[Key, ...]], set[Key]]:
    """Tell what is related to each record now, and of which records that differs."""
    entries = work.library.entries
    before = {key: tuple(kept.keys[at] for at in kept.related.of(number)) for number, key in enumerate(kept.keys)}
    ids = {id_of(key): key for key in entries}
    shown = {key for key, entry in entries.items() if not entry.is_hidden}
    touched = {
        ids[id_] for id_ in affected(kept.signatures, index_of(work.library), set(map(id_of, kept.shown ^ shown)))
    }
    now = {key: tuple(entry.key for entry in others) for key, others in work.see_also.of(touched).items()}
    related = {key: now.get(key, ()) if key in touched else before.get(key, ()) for key in entries}
    return related, {key for key in touched if related[key] != before.get(key, ())}

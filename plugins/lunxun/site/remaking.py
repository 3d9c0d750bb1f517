"""All pages of a site made, or only those that a change reaches: pieces of work handed out, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from lunxun.checks.checked import Found
from lunxun.library.library import Library
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.search.affected import affected
from lunxun.search.index_state import to_arrays
from lunxun.search.library_index import id_of, index_of
from lunxun.search.pieces import IndexPiece, finish, join
from lunxun.search.scripts import FOLDER
from lunxun.site import addresses
from lunxun.site.guide_pages import Lists
from lunxun.site.kept_site import KeptSite, keep
from lunxun.site.last_build import Memory
from lunxun.site.output import write_files
from lunxun.site.reach import Reach
from lunxun.site.relation import Relation, numbered, relation
from lunxun.site.rows_file import save_arrays
from lunxun.site.search_documents import facet_names, search_documents
from lunxun.site.stages import Reporter, counted
from lunxun.site.tasks import (
    IndexChange,
    Named,
    SiteWork,
    Written,
    WrittenRecords,
    compile_templates,
    delete,
    keep_content,
    make_fold_table,
    open_index,
    record_pieces,
    remake_index,
    together,
    trim_spare,
    update_index,
    write_guides,
    write_records,
    write_some,
)
from lunxun.site.templating import take_compiled
from lunxun.workers import Pending, Session, Workers, begin_at_once, cut, give_back

# Few enough that their number costs nothing, enough that all workers end at about the same time: a piece is handed on
# while the one before is done, so that a worker may have two left when the others have none.
_PIECES_EACH = 48
# So that a piece takes no more memory than any other, however many there are.
_MOST_RECORDS = 1_000
# Fewer pages than this are made here while another process brings the index up to date.
_FEW = 500


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, what is gone, and what pages explain and name as related."""

    written: Written
    gone: frozenset[str]
    explained: Relation
    related: Relation


def make_all(
    work: SiteWork,
    workers: Workers,
    reporter: Reporter,
    state: Path | None = None,
    prepare: Callable[[], object] = lambda: None,
    meanwhile: Callable[[], Found | None] = lambda: None,
) -> Made:
    """Make every page, and then what is left of the index; `state` takes what is known of it.

    `prepare` is done first, as pages of records need it. `meanwhile` is done while other processes have begun, as what
    it finds out may end all this by an exception. What it gives is kept for the next run, by a process that has nothing
    else to do while the index is put together.
    """
    made = _made_ready(work, workers, prepare)
    pieces = record_pieces(work.library, max(workers.count * _PIECES_EACH, len(work.library.entries) // _MOST_RECORDS))
    records: list[WrittenRecords] = []
    with workers.session(work) as session:
        guides = session.submit(write_guides, None) if made is None else None
        folding = session.submit(make_fold_table, None)
        pending = [session.submit(write_records, piece) for piece in pieces]
        known = meanwhile()
        give_back()
        records += (one.result() for one in counted(pending, len(pending), "排出页面", reporter))
        written = [*(one.pages for one in records), *([made] if made else []), *([guides.result()] if guides else [])]
        fold = folding.result()
    # By now these processes are gone: what is left takes others, which need little memory beside this one.
    with workers.session(work) as session:
        keeping = session.submit(keep_content, known) if known is not None else None
        found: list[IndexPiece] = [one.index for one in records if one.index is not None]
        joined = join(found)
        if keeping is not None and known is not None and not keeping.result():
            keep_content(work, known)
    put = partial(write_files, str(work.folder)) if work.folder is not None else None
    index = finish(joined, facet_names(work.library), workers, fold, put)
    if state is not None:
        save_arrays(state, to_arrays(index.state))
    written.append(work.write(index.files.items()))
    written.append(Written((), tuple(index.state.addresses() - index.files.keys())))
    keys = tuple(work.library.entries)
    explained, related = (
        relation((named.get(key, ()) for key in keys), keys) for named in (_explained(records), _related(records))
    )
    return Made(together(written), frozenset(), explained, related)


def _made_ready(work: SiteWork, workers: Workers, prepare: Callable[[], object]) -> Written | None:
    """Make what pages of records need; give what another process wrote meanwhile, if one begins at once."""
    if not begin_at_once(workers):
        prepare()
        work.make()
        return None
    with workers.session(work) as session:
        guides = session.submit(write_guides, None)
        prepare()
        work.make()
        return guides.result()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be made again, given what is known of the last site, and where that and its index are."""

    kept: KeptSite
    reached: Reach
    site: Path
    index: Path
    """The file of what is known of the index so far."""
    new_index: Path
    """The file that takes what is known of the new one."""
    folder: Path
    """The folder that takes the new site."""
    at_hand: AtHand


@dataclass(frozen=True, slots=True)
class AtHand:
    """What was begun before it was known what has changed, in another process if there can be one."""

    session: Session[None]
    """Where the index is brought up to date."""
    spare: Pending[frozenset[str]]
    """The files that the spare folder has, all of the last site."""
    templates: Pending[dict[str, bytes]] | None
    """The templates, compiled; not where this process would compile all, of which it needs some."""


@contextmanager
def index_at_hand(workers: Workers, memory: Memory, site: Path) -> Iterator[AtHand]:
    """Begin a process that has what is known of the index at hand, while this one finds out what has changed.

    It is begun before this process grows: memory that both have would be copied when either touches it.
    """
    with workers.session(None) as session:
        session.submit(open_index, memory.index)
        trimmed = session.submit(trim_spare, (memory.spare, site))
        templates = session.submit(compile_templates, None) if workers.count > 1 else None
        session.submit(delete, memory.old_index)
        yield AtHand(session, trimmed, templates)


def make_again(
    work: SiteWork, workers: Workers, reporter: Reporter, change: Change, meanwhile: Callable[[], None]
) -> Made:
    """Make again what a change reaches; all else is to be taken from the last site.

    `meanwhile` is done while other processes have begun, as what it finds out may end all this by an exception.
    """
    kept, reached, entries = change.kept, change.reached, work.library.entries
    gone = {addresses.of_record(key) for key in reached.gone}
    documents = tuple(search_documents(work.renderer, reached.documents))
    names = facet_names(work.library)
    piece = IndexChange(change.index, change.new_index, documents, gone, names, change.site, change.folder)
    index = change.at_hand.session.submit(update_index, piece)
    with workers.session(work) as session:
        meanwhile()
        if change.at_hand.templates is not None:
            take_compiled(change.at_hand.templates.result())
        related = _related_again(work, kept)
        wanted = entries.keys() if reached.all_pages else reached.pages | related.keys()
        keys = [key for key, entry in entries.items() if key in wanted and not entry.is_hidden]
        lists = None if reached.all_pages else Lists(reached.lists, reached.cards, reached.moved)
        records, guides = _pages_again(work, session, keys, _all_related(kept, related, keys), lists, workers, reporter)
    updated = index.result() or remake_index(work, piece)
    explained: Named = {**dict.fromkeys(wanted, ()), **_explained(records)}
    return Made(
        together([guides, updated.files, *(one.pages for one in records)]),
        updated.gone | gone,
        _renewed(kept.explained, kept, work.library, explained),
        _renewed(kept.related, kept, work.library, related),
    )


def _pages_again(
    work: SiteWork,
    session: Session[SiteWork],
    keys: Sequence[Key],
    related: Named,
    lists: Lists | None,
    workers: Workers,
    reporter: Reporter,
) -> tuple[list[WrittenRecords], Written]:
    if len(keys) < _FEW:
        return [write_some(work, {key: related[key] for key in keys})], write_guides(work, lists)
    pieces = [{key: related[key] for key in piece} for piece in cut(keys, workers.count * _PIECES_EACH)]
    pending = [session.submit(write_some, piece) for piece in pieces]
    guides = session.submit(write_guides, lists)
    return [one.result() for one in counted(pending, len(pending), "排出页面", reporter)], guides.result()


def _explained(records: Iterable[WrittenRecords]) -> Named:
    return {key: terms for one in records for key, terms in one.explained.items()}


def _related(records: Iterable[WrittenRecords]) -> Named:
    return {key: others for one in records for key, others in one.related.items()}


def _renewed(before: Relation, kept: KeptSite, library: Library, rows: Named) -> Relation:
    """Carry over what the records named when the site was made last, but for those that name others now."""
    numbers = numbered(tuple(library.entries))
    told = {numbers[key]: [numbers[other] for other in others if other in numbers] for key, others in rows.items()}
    moved = np.fromiter((numbers.get(key, -1) for key in kept.keys), np.int64, len(kept.keys))
    return before.renewed(moved, len(numbers), told)


def stay(files: Iterable[str], library: Library, reached: Reach, made: Made) -> Iterator[str]:
    """List the files of the last site that are right as they are."""
    pages = {addresses.of_record(key) for key, entry in library.entries.items() if not entry.is_hidden}
    pages.update(addresses.SINGLE_PAGES)
    written = set(made.written.addresses)
    for address in files:
        if address.startswith(FOLDER):
            is_ours = address not in made.gone
        else:
            is_ours = address in pages or addresses.list_kind(address) in (KINDS.keys() - reached.moved)
        if is_ours and address not in written:
            yield address


def keep_made(work: SiteWork, made: Made, program: str, look: str) -> KeptSite:
    """Note what a later build has to know of the site."""
    return keep(work.renderer, program, look, made.explained, made.related)


def _related_again(work: SiteWork, kept: KeptSite) -> Named:
    """Tell of which records others are related now, and which."""
    entries = work.library.entries
    ids = {id_of(key): key for key in entries}
    shown = {key for key, entry in entries.items() if not entry.is_hidden}
    turned = {id_of(key) for key in kept.shown ^ shown}
    touched = {ids[id_] for id_ in affected(kept.signatures, index_of(work.library), turned)}
    now = {key: tuple(entry.key for entry in others) for key, others in work.see_also.of(touched).items()}
    numbers = numbered(kept.keys)
    before = {key: kept.named(kept.related, numbers[key]) if key in numbers else () for key in touched}
    return {key: now.get(key, ()) for key in touched if now.get(key, ()) != before[key]}


def _all_related(kept: KeptSite, again: Named, keys: Iterable[Key]) -> Named:
    """Tell what is related to some records, those that are as they were included."""
    numbers = numbered(kept.keys)
    return {
        key: again[key] if key in again else kept.named(kept.related, numbers[key]) if key in numbers else ()
        for key in keys
    }

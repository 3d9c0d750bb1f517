"""All pages of a site made, or only those that a change reaches: pieces of work handed out, and what is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from lunxun.library.library import Library
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.search.features import Features
from lunxun.search.library_index import id_of, index_of, remember
from lunxun.search.scripts import FOLDER
from lunxun.search.signatures import SignatureIndex, affected
from lunxun.site import addresses
from lunxun.site.kept_site import KeptSite, Named, keep, record_prints
from lunxun.site.reach import Reach
from lunxun.site.record_tables import RecordTables
from lunxun.site.see_also import see_also
from lunxun.site.stages import Reporter, counted
from lunxun.site.tasks import (
    Files,
    RecordPiece,
    SearchChange,
    SearchPiece,
    SiteWork,
    Written,
    update_search,
    write_guides,
    write_records,
    write_search,
)
from lunxun.workers import Pending, Session, Workers, cut

# Few enough that their number costs nothing, enough that all workers end at about the same time.
_PIECES_EACH = 6
# Fewer pages than this are made here while workers bring the index up to date.
_FEW = 400


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: files still to be written, addresses, those of files gone; and what pages explain and name."""

    files: Files
    addresses: frozenset[str]
    gone: frozenset[str]
    explained: Named
    related: Named


def make_all(work: SiteWork, workers: Workers, reporter: Reporter, state: Path | None = None) -> Made:
    """Make every page: the index first, as it takes longest, and meanwhile we find what is related."""
    work.renderer.shared(RecordTables).make()  # before processes are forked, so that they inherit the tables
    with workers.session(work) as session:
        pending: list[Pending[Written]] = [session.submit(write_search, SearchPiece(state))]
        related = _related(work)
        keys = [key for key, entry in work.library.entries.items() if not entry.is_hidden]
        pending += _record_pieces(session, keys, related, workers.count * _PIECES_EACH)
        pending.append(session.submit(write_guides, None))
        taken = counted(pending[1:] + pending[:1], len(pending), "排出页面", reporter)
        return _together([one.result() for one in taken], {}, related)


def make_again(
    work: SiteWork, workers: Workers, reporter: Reporter, kept: KeptSite, reached: Reach, state: Path, site: Path
) -> Made:
    """Make again what a change reaches; all else is to be taken from the last site."""
    gone = {addresses.of_record(key) for key in reached.gone}
    with workers.session(work) as session:
        change = SearchChange(state, reached.documents, gone, site)
        pending: list[Pending[Written]] = [session.submit(update_search, change)]
        related, differing = _related_again(work, kept)
        wanted = None if reached.all_pages else reached.pages | differing
        keys = [
            key
            for key, entry in work.library.entries.items()
            if not entry.is_hidden and (wanted is None or key in wanted)
        ]
        kinds = None if reached.all_pages else reached.lists
        if len(keys) < _FEW:
            written = [write_records(work, _piece(keys, related)), write_guides(work, kinds)]
        else:
            pending += _record_pieces(session, keys, related, workers.count * _PIECES_EACH)
            pending.append(session.submit(write_guides, kinds))
            written = []
        taken = counted(pending[1:] + pending[:1], len(pending), "排出页面", reporter)
        written += [one.result() for one in taken]
    made = _together(written, _explained(kept, set(keys)), related)
    return replace(made, gone=made.gone | gone)


def stay(files: Iterable[str], library: Library, reached: Reach, made: Made) -> Iterator[str]:
    """List the files of the last site that are right as they are."""
    pages = {addresses.of_record(key) for key, entry in library.entries.items() if not entry.is_hidden}
    pages.update(addresses.SINGLE_PAGES)
    for address in files:
        if address.startswith(FOLDER):
            is_ours = address not in made.gone
        else:
            is_ours = address in pages or addresses.list_kind(address) in (KINDS.keys() - reached.lists)
        if is_ours and address not in made.addresses:
            yield address


def keep_made(work: SiteWork, made: Made, program: str, look: str) -> KeptSite:
    """Note what a later build has to know of the site."""
    index = index_of(work.library)
    features: list[Features] = [index.features[index.numbers[id_of(key)]] for key in work.library.entries]
    return keep(work.renderer, program, look, made.explained, made.related, features)


def remember_features(kept: KeptSite, library: Library) -> None:
    """Let a Library be compared by what is kept of records that are as they were."""
    before = {key: (print_, one) for key, print_, one in zip(kept.keys, kept.prints, kept.features, strict=True)}
    known = {}
    for key, print_ in zip(library.entries, record_prints(library), strict=True):
        if key in before and before[key][0] == print_:
            known[id_of(key)] = before[key][1]
    remember(library, known)


def _related(work: SiteWork, keys: Collection[Key] | None = None) -> dict[Key, tuple[Key, ...]]:
    found = see_also(work.library, keys).items()
    return {key: tuple(entry.key for entry in others) for key, others in found}


def _related_again(work: SiteWork, kept: KeptSite) -> tuple[dict[Key, tuple[Key, ...]], set[Key]]:
    """Tell what is related to each record now, and of which records that differs."""
    before = {key: tuple(kept.keys[at] for at in kept.related.of(number)) for number, key in enumerate(kept.keys)}
    ids = {id_of(key): key for key in work.library.entries}
    old = SignatureIndex(kept.features)
    shown = {key for key, entry in work.library.entries.items() if not entry.is_hidden}
    touched = {ids[id_] for id_ in affected(old, index_of(work.library), set(map(id_of, kept.shown ^ shown)))}
    now = _related(work, touched)
    related = {key: now.get(key, ()) if key in touched else before.get(key, ()) for key in work.library.entries}
    return related, {key for key in touched if related[key] != before.get(key, ())}


def _record_pieces(
    session: Session[SiteWork], keys: Sequence[Key], related: Named, count: int
) -> list[Pending[Written]]:
    return [session.submit(write_records, _piece(piece, related)) for piece in cut(keys, count)]


def _piece(keys: Sequence[Key], related: Named) -> RecordPiece:
    return RecordPiece(keys, {key: related[key] for key in keys if related.get(key)})


def _explained(kept: KeptSite, made_again: Collection[Key]) -> dict[Key, tuple[Key, ...]]:
    """Tell what those pages explain that are not made again."""
    return {
        key: tuple(kept.keys[at] for at in kept.explained.of(number))
        for number, key in enumerate(kept.keys)
        if key not in made_again
    }


def _together(written: Iterable[Written], explained: Named, related: Named) -> Made:
    parts = list(written)
    return Made(
        tuple(chain.from_iterable(part.files for part in parts)),
        frozenset(chain.from_iterable(part.addresses for part in parts)),
        frozenset(chain.from_iterable(part.gone for part in parts)),
        {**explained, **{key: terms for part in parts for key, terms in part.explained.items()}},
        related,
    )

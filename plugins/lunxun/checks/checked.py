"""A content folder loaded and checked: anew, or from what was known of it before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from lunxun.checks.listed_words import WordFindings, Words, find_words
from lunxun.checks.register import WORD_RULES, check_together, inspect
from lunxun.findings import Finding, in_order
from lunxun.library.draft import Draft
from lunxun.library.library import Library
from lunxun.library.load import Loaded, load
from lunxun.library.snapshot import Snapshot
from lunxun.records.references import Key
from lunxun.search.features import Features
from lunxun.search.library_index import Compared, compare, index_of, note
from lunxun.workers import Workers


@dataclass(frozen=True, slots=True)
class Checked:
    """A loaded Library with all findings: of reading, of linking, and of every rule.

    `words` and `compared` are what stays true of records that do not change.
    """

    loaded: Loaded
    findings: tuple[Finding, ...]
    words: WordFindings
    compared: Compared

    @property
    def library(self) -> Library:
        """Give the Library itself."""
        return self.loaded.library

    @property
    def found(self) -> Found:
        """Give what was found of the words, without the records."""
        return Found(self.words.words, dict(self.words.findings))


class Found(NamedTuple):
    """The words that were looked for, and what was found in which records."""

    words: tuple[Words, ...]
    found: Mapping[Key, tuple[Finding, ...]]


class _Told(NamedTuple):
    """What a snapshot keeps besides the state: it is of the records of that."""

    features: Features
    words: tuple[Words, ...]
    found: Mapping[Key, tuple[Finding, ...]]


def load_checked(
    content: Path,
    shown_as: str = "content",
    *,
    workers: Workers | None = None,
    before: Checked | None = None,
    snapshot: Snapshot | None = None,
) -> Checked:
    """Load a content folder and run every rule over it.

    `before` is what came of the same folder earlier in this process, `snapshot` where an earlier process may have
    left what it knew: what has not changed since is not read or looked at again. The result is the same.
    """
    known = before or (known_from(snapshot) if snapshot else None)
    with draft_of(snapshot, known) as draft:
        checked = check_loaded(load_to_check(content, shown_as, workers=workers, before=known, draft=draft), known)
        if snapshot and before is None:
            keep_found(snapshot, checked.loaded, checked.compared, checked.found, known, draft)
        return checked


@contextmanager
def draft_of(snapshot: Snapshot | None, before: Checked | None) -> Iterator[Draft | None]:
    """Begin a snapshot of content of which nothing is known yet."""
    draft = snapshot.begin(inspect, note) if snapshot and before is None else None
    try:
        yield draft
    finally:
        if draft is not None:
            draft.discard()


def load_to_check(
    content: Path,
    shown_as: str = "content",
    *,
    workers: Workers | None = None,
    before: Checked | None = None,
    draft: Draft | None = None,
) -> Loaded:
    """Load a content folder with all that the rules need; a draft takes the records."""
    state, put = before.loaded.state if before else None, draft.put if draft else None
    loaded = load(content, shown_as, workers=workers, inspect=inspect, note=note, before=state, put=put)
    if draft is not None:
        draft.flush()
    return loaded


def compare_loaded(loaded: Loaded, before: Checked | None = None) -> Compared:
    """Gather what the records are compared by, and make the index of it."""
    compared = compare(loaded.library, _notes(loaded), before.compared if before else None)
    index_of(loaded.library, compared)
    return compared


def check_loaded(loaded: Loaded, before: Checked | None = None, compared: Compared | None = None) -> Checked:
    """Run the rules that look at all records together over what was loaded with `inspect` and `note`.

    `compared` is what the records are compared by, where that is known already.
    """
    compared = compared or compare_loaded(loaded, before)
    words = find_words(loaded.library, WORD_RULES, before.words if before else None)
    found = chain(
        loaded.findings,
        loaded.inspected,
        chain.from_iterable(words.findings.values()),
        check_together(loaded.library),
    )
    return Checked(loaded, in_order(found), words, compared)


def known_from(snapshot: Snapshot) -> Checked | None:
    """Give what the last run knew, but for the findings that were not of single records."""
    state = snapshot.restore(inspect, note)
    if state is None or not isinstance(state.told, _Told):
        return None
    told, entries = state.told, state.library.entries
    loaded = Loaded(state.library, (), (), state)
    return Checked(loaded, (), WordFindings(told.found, told.words, entries), Compared(told.features, entries))


def keep_found(
    snapshot: Snapshot,
    loaded: Loaded,
    compared: Compared,
    found: Found,
    before: Checked | None = None,
    draft: Draft | None = None,
) -> None:
    """Keep what is known for the next run, unless that is nearly what was known before."""
    told = _Told(compared.features, *found)
    snapshot.save(loaded.state, before.loaded.state if before else None, told, draft)


def _notes(loaded: Loaded) -> Mapping[Key, bytes]:
    """Give what was noted of each record when it was read."""
    entries = loaded.library.entries
    files = (file for file in loaded.state.read.files.values() if file.entry)
    return {file.entry.key: file.note for file in files if file.entry and entries[file.entry.key] is file.entry}

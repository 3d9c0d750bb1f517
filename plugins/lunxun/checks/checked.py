"""A content folder loaded and checked: anew, or from what was known of it before."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lunxun.checks.listed_words import WordFindings, find_words
from lunxun.checks.register import WORD_RULES, check_together, inspect
from lunxun.findings import Finding, in_order
from lunxun.library.library import Library
from lunxun.library.load import Loaded, load
from lunxun.library.snapshot import Snapshot
from lunxun.records.references import Key
from lunxun.search.library_index import index_of, note


@dataclass(frozen=True, slots=True)
class Checked:
    """A loaded Library with all findings: of reading, of linking, and of every rule."""

    loaded: Loaded
    findings: tuple[Finding, ...]
    words: WordFindings

    @property
    def library(self) -> Library:
        """Give the Library itself."""
        return self.loaded.library


def load_checked(
    content: Path,
    shown_as: str = "content",
    *,
    executor: Executor | None = None,
    before: Checked | None = None,
    snapshot: Snapshot | None = None,
) -> Checked:
    """Load a content folder, as `load_to_check` does, and run every rule over it."""
    return check_loaded(load_to_check(content, shown_as, executor=executor, before=before, snapshot=snapshot), before)


def load_to_check(
    content: Path,
    shown_as: str = "content",
    *,
    executor: Executor | None = None,
    before: Checked | None = None,
    snapshot: Snapshot | None = None,
) -> Loaded:
    """Load a content folder with all that the rules need.

    `before` is what came of the same folder earlier in this process, `snapshot` where an earlier process may have
    left what it knew: what has not changed since is not read or looked at again. The result is the same.
    """
    state = before.loaded.state if before else None
    kept = snapshot.restore(inspect, note) if snapshot and state is None else None
    loaded = load(content, shown_as, executor=executor, inspect=inspect, note=note, before=state or kept)
    if snapshot and state is None:
        snapshot.save(loaded.state, kept)
    return loaded


def check_loaded(loaded: Loaded, before: Checked | None = None) -> Checked:
    """Run the rules that look at all records together over what was loaded with `inspect` and `note`."""
    index_of(loaded.library, _notes(loaded))
    words = find_words(loaded.library, WORD_RULES, before.words if before else None)
    found = chain(
        loaded.findings,
        loaded.inspected,
        chain.from_iterable(words.findings.values()),
        check_together(loaded.library),
    )
    return Checked(loaded, in_order(found), words)


def _notes(loaded: Loaded) -> Mapping[Key, bytes] | None:
    """Give what was noted of each record when it was read; nothing where it was read without."""
    if loaded.state.note is None:
        return None
    entries = loaded.library.entries
    files = (file for file in loaded.state.read.files.values() if file.entry)
    return {file.entry.key: file.note for file in files if file.entry and entries[file.entry.key] is file.entry}

"""Read a content folder into one linked Library, with everything that was wrong on the way.

What can be told of one file alone is worked out in chunks, by any workers, and taken over
from an earlier load where the file has not changed. What concerns several files is put together here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from lunxun.findings import Finding, Place, in_order
from lunxun.library.analysis import Inspect, Note, collector_paused, read_model
from lunxun.library.covered_pages import covered_pages
from lunxun.library.document import Document
from lunxun.library.files import read_bytes, record_files, shown
from lunxun.library.library import EMPTY_TAXONOMY, Entry, Library, LinkTable
from lunxun.library.link import Mentioned, taxonomy_findings
from lunxun.library.links import concerned, link_all, link_anew
from lunxun.library.origin import Origin, Placed, digest_of
from lunxun.library.places import CONTENT, QUIZZES, quizzes_beside
from lunxun.library.questions import question_findings
from lunxun.library.reading import Earlier, Listed, Put, ReadFile, read_files
from lunxun.library.structure_rules import FILE_NAME, ID
from lunxun.records.kinds import FOLDERS, KINDS
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy
from lunxun.workers import InProcess, Workers

TAXONOMY_FILE = "taxonomy.yml"
PAGES_FOLDER = "pages"
_BESIDE_RECORDS = {CONTENT: (PAGES_FOLDER, TAXONOMY_FILE), QUIZZES: ("README.md", "exams")}

_FOLDER_ORDER = {kind: number for number, kind in enumerate(FOLDERS.values())}
_KIND_ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class State:
    """What a later load can build on: the files as they were read, the links, and who inspected and noted the records.

    `around` are the findings about what is not the file of a record, `told` is what whoever had it kept in a snapshot
    told of it.
    """

    read: Earlier
    library: Library
    links: LinkTable
    inspect: Inspect | None
    around: tuple[Finding, ...] = ()
    note: Note | None = None
    told: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A Library as far as it could be read, and the findings of reading and linking it.

    `inspected` are those of the function that looked at each record by itself, if there was one.
    """

    library: Library
    findings: tuple[Finding, ...]
    inspected: tuple[Finding, ...]
    state: State = field(compare=False, repr=False)


def load(
    content: Path,
    shown_as: str = "content",
    *,
    quizzes: Path | None = None,
    workers: Workers | None = None,
    inspect: Inspect | None = None,
    note: Note | None = None,
    before: State | None = None,
    put: Put | None = None,
) -> Loaded:
    """Read and link the records below a folder, and the banks in the folder `quizzes` beside it.

    `shown_as` names the content folder in findings.

    `inspect` looks at each record by itself, and so does `note`, whose notes are kept with the files. `before` is the
    state of an earlier load of the same folder: only files that have changed since are read again. The result is the
    same with any workers, with `before` and without. `put` takes the files, if all are read anew.
    """
    if before is not None and (before.inspect, before.note) != (inspect, note):
        before = None
    with collector_paused(forever=before is None):
        now = time.time_ns()
        roots = {CONTENT: (content, shown_as), QUIZZES: (quizzes or quizzes_beside(content), QUIZZES)}
        listed, found = _list(roots)
        taken = None if before else put
        earlier = before.read if before else None
        files, mentioned = read_files(listed, workers or InProcess(), inspect, earlier, note, taken)
        taxonomy, document, found_in_taxonomy = _read_taxonomy(content / TAXONOMY_FILE, f"{shown_as}/{TAXONOMY_FILE}")
        stray = chain.from_iterable(_stray_files(name, *place) for name, place in roots.items())
        ids = {(kind, file.id) for kind, file in listed}
        covered = covered_pages(content / PAGES_FOLDER, f"{shown_as}/{PAGES_FOLDER}", ids)
        around = (*_no_folder(content, shown_as), *stray, *covered, *found, *found_in_taxonomy)
        unlinked = Library(taxonomy, {}, (), document)
        return _put_together(unlinked, Earlier(files, now), mentioned, (inspect, note), around, before)


def renew(loaded: Loaded, changed: Iterable[Listed], gone: Iterable[str] = ()) -> Loaded:
    """Read some files again, or for the first time, and forget others by their names: all else is as it was.

    For a server that is told which files of records have changed; after any other change `load` again.
    """
    state = loaded.state
    with collector_paused():
        read, mentioned = read_files(list(changed), InProcess(), state.inspect, None, state.note)
        left = set(gone)
        files = {name: file for name, file in state.read.files.items() if name not in left}
        is_new = not read.keys() <= files.keys()
        files.update(read)
        if is_new:
            files = dict(sorted(files.items(), key=lambda item: (_FOLDER_ORDER[item[1].kind], item[0])))
        earlier = Earlier(files, state.read.looked_at)
        return _put_together(loaded.library, earlier, mentioned, (state.inspect, state.note), state.around, state)


def _put_together(
    library: Library,
    read: Earlier,
    mentioned: Mapping[str, Mentioned],
    looks: tuple[Inspect | None, Note | None],
    around: tuple[Finding, ...],
    before: State | None,
) -> Loaded:
    """Make a Library of these files and the taxonomy of the one given, and link it."""
    files = read.files.values()
    entries, repeated = entries_of(files)
    unlinked = Library(library.taxonomy, entries, (), library.taxonomy_document, unread_of(files))
    links = _link(unlinked, mentioned, before)
    linked = unlinked.linked(links)
    findings = chain(
        around,
        taxonomy_findings(linked.taxonomy, linked.taxonomy_document),
        repeated,
        chain.from_iterable(file.findings for file in files),
        chain.from_iterable(links.findings.values()),
        question_findings(linked),
    )
    # A record whose id another one has is left out of the Library, and with it what was found in it.
    inspected = (file.inspected for file in files if file.entry and entries[file.entry.key] is file.entry)
    state = State(read, linked, links, looks[0], around, looks[1])
    return Loaded(linked, in_order(findings), in_order(chain.from_iterable(inspected)), state)


def entries_of(files: Iterable[ReadFile]) -> tuple[dict[Key, Entry], list[Finding]]:
    """Sort the records by kind and id; two files can give one id only from different sub-folders."""
    entries: dict[Key, Entry] = {}
    findings = []
    for entry in (read.entry for read in files if read.entry):
        other = entries.setdefault(entry.key, entry)
        if other is not entry:
            message = f"编号“{entry.key.id}”已被 {other.document.file} 使用"
            findings.append(ID.at(Place(entry.document.file), message))
    order = sorted(entries, key=lambda key: (_KIND_ORDER[key.kind], key.id))
    return {key: entries[key] for key in order}, findings


def unread_of(files: Iterable[ReadFile]) -> frozenset[str]:
    """List the ids of the files that hold no record."""
    return frozenset(read.file.id for read in files if read.entry is None)


def _list(roots: Mapping[str, tuple[Path, str]]) -> tuple[list[Listed], list[Finding]]:
    """List the files of all kinds of records, with their kinds."""
    listed: list[Listed] = []
    findings: list[Finding] = []
    for folder, kind in FOLDERS.items():
        root, shown_as = roots[KINDS[kind].root]
        files, found = record_files(root / folder, f"{shown_as}/{folder}", KINDS[kind].reserved)
        listed += [(kind, file) for file in files]
        findings += found
    return listed, findings


def _read_taxonomy(path: Path, name: str) -> tuple[Taxonomy, Placed, list[Finding]]:
    raw, refused = read_bytes(str(path), name)
    if raw is None:
        return EMPTY_TAXONOMY, Document(name, None, ()), refused
    taxonomy, found, _ = read_model(raw, name, Taxonomy)
    return taxonomy or EMPTY_TAXONOMY, Origin(name, str(path), digest_of(raw)), list(found)


def _link(library: Library, mentioned: Mapping[str, Mentioned], before: State | None) -> LinkTable:
    """Link the records, and only those anew that something has changed for."""
    if before is None or before.library.taxonomy != library.taxonomy:
        return link_all(library, mentioned)
    old, new = before.library.entries, library.entries
    gone = old.keys() - new.keys()
    again = {key for key, entry in new.items() if old.get(key) is not entry}
    ids = {key.id for key in (*gone, *again)} | (before.library.unread ^ library.unread)
    again |= concerned(before.links, before.library, library, ids) & new.keys()
    return link_anew(library, before.links, again, gone, mentioned)


def _no_folder(content: Path, shown_as: str) -> list[Finding]:
    if content.is_dir():
        return []
    return [FILE_NAME.at(Place(shown_as), f"没有内容文件夹 {shown_as}", "在项目的顶层文件夹里运行。")]


def _stray_files(root: str, content: Path, shown_as: str) -> list[Finding]:
    known = {*(folder for folder, kind in FOLDERS.items() if KINDS[kind].root == root), *_BESIDE_RECORDS[root]}
    if not content.is_dir():
        return []
    remedy = f"这里只放：{'、'.join(sorted(known))}。"
    return [
        FILE_NAME.at(Place(f"{shown_as}/{shown(path.name)}"), f"{shown_as} 里不应有“{shown(path.name)}”", remedy)
        for path in sorted(content.iterdir())
        if path.name not in known and not path.name.startswith(".")
    ]

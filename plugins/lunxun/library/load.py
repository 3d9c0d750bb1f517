"""Read a content folder into one linked Library, with everything that was wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from lunxun.findings import Finding, Place, in_order
from lunxun.library.document import Document
from lunxun.library.files import RecordFile, read_text, record_files, shown
from lunxun.library.library import EMPTY_TAXONOMY, Entry, Library
from lunxun.library.link import link
from lunxun.library.questions import question_findings
from lunxun.library.schema_messages import schema_findings
from lunxun.library.structure_rules import FILE_NAME, ID, SCHEMA
from lunxun.library.yaml_reader import read_yaml
from lunxun.records.base import Model
from lunxun.records.fact import Fact
from lunxun.records.kinds import FOLDERS, KINDS
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy

M = TypeVar("M", bound=Model)

TAXONOMY_FILE = "taxonomy.yml"
PAGES_FOLDER = "pages"
CONTENT, QUIZZES = "content", "quizzes"
_BESIDE_RECORDS = {CONTENT: (PAGES_FOLDER, TAXONOMY_FILE), QUIZZES: ("README.md",)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A Library as far as it could be read, and the findings of reading and linking it."""

    library: Library
    findings: tuple[Finding, ...]


def load(content: Path, shown_as: str = "content", quizzes: Path | None = None) -> Loaded:
    """Read and link the records below a folder, and the banks in the folder `quizzes` beside it.

    `shown_as` names the content folder in findings.
    """
    roots = {CONTENT: (content, shown_as), QUIZZES: (quizzes or quizzes_beside(content), QUIZZES)}
    findings = _no_folder(content, shown_as)
    for name, place in roots.items():
        findings += _stray_files(name, *place)
    taxonomy, taxonomy_document, found = _read_taxonomy(content / TAXONOMY_FILE, f"{shown_as}/{TAXONOMY_FILE}")
    findings += found
    entries: dict[Key, Entry] = {}
    unread: set[str] = set()
    for folder, kind in FOLDERS.items():
        root, shown_root = roots[KINDS[kind].root]
        files, found = record_files(root / folder, f"{shown_root}/{folder}")
        findings += found
        for file in files:
            entry, found = read_record(file, kind)
            findings += found
            if entry is None:
                unread.add(file.id)
            else:
                findings += _add(entries, entry)
    library = Library(taxonomy, dict(sorted(entries.items(), key=_order)), (), taxonomy_document, frozenset(unread))
    links, found = link(library)
    linked = replace(library, links=links)
    return Loaded(linked, in_order([*findings, *found, *question_findings(linked)]))


def read_record(file: RecordFile, kind: str) -> tuple[Entry | None, list[Finding]]:
    """Read one file as a record of a kind; without an entry when it is not one."""
    document, findings = _read_document(file.path, file.name)
    if document is None:
        return None, findings
    record, found = _validate(document, KINDS[kind])
    if record is None:
        return None, [*findings, *found]
    repeated = _repeated_facts(record.facts, document)
    return Entry(Key(kind, file.id), record, document), [*findings, *repeated]


def _validate(document: Document, model: type[M]) -> tuple[M | None, list[Finding]]:
    if not isinstance(document.data, dict):
        return None, [SCHEMA.at(document.place(), "内容不是一组字段", "从“title: …”写起，每个字段一行。")]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, list(schema_findings(error, document, model))


def _read_document(path: Path, name: str) -> tuple[Document | None, list[Finding]]:
    text, findings = read_text(path, name)
    return read_yaml(name, text) if text is not None else (None, findings)


def _read_taxonomy(path: Path, name: str) -> tuple[Taxonomy, Document, list[Finding]]:
    document, findings = _read_document(path, name)
    if document is None:
        return EMPTY_TAXONOMY, Document(name, None, ()), findings
    taxonomy, found = _validate(document, Taxonomy)
    return taxonomy or EMPTY_TAXONOMY, document, [*findings, *found]


def _add(entries: dict[Key, Entry], entry: Entry) -> list[Finding]:
    # Two files can give one id only from different sub-folders.
    other = entries.setdefault(entry.key, entry)
    if other is entry:
        return []
    return [ID.at(Place(entry.document.file), f"编号“{entry.key.id}”已被 {other.document.file} 使用")]


def _repeated_facts(facts: tuple[Fact, ...], document: Document) -> list[Finding]:
    seen: set[str] = set()
    findings = []
    for index, fact in enumerate(facts):
        if fact.id in seen:
            findings.append(ID.at(document.place(("facts", index, "id")), f"数据编号“{fact.id}”在本记录里用了两次"))
        seen.add(fact.id)
    return findings


def quizzes_beside(content: Path) -> Path:
    """Give the folder of question banks that belongs to a content folder; it may not exist."""
    return content.parent / QUIZZES


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


def _order(item: tuple[Key, Entry]) -> tuple[int, str]:
    key = item[0]
    return (list(KINDS).index(key.kind), key.id)

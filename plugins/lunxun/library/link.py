"""Resolve what records mention; what has no target becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lunxun.findings import Finding
from lunxun.library.document import Path
from lunxun.library.library import Entry, Library, Link
from lunxun.library.mentions import Class, Mention, Written, mentioned_in
from lunxun.library.origin import Placed
from lunxun.library.structure_rules import CLASS, REFERENCE
from lunxun.records.base import ClassedBy
from lunxun.records.kinds import KINDS
from lunxun.records.policy import Policy
from lunxun.records.references import FactReference, Key, parse_fact_reference, parse_reference
from lunxun.records.taxonomy import Taxonomy
from lunxun.records.walk import leaves

Mentioned = tuple[Sequence[Mention], Sequence[Class]]
"""The mentions and the classes of one record."""


class Resolved(NamedTuple):
    """What became of the mentions of one record: links, findings, and the ids that did not become links."""

    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    waits_for: frozenset[str]


class Meaning(NamedTuple):
    """What a reference means, whichever record it is written in: a target, or else a problem, unless it is known.

    A fact without an id is one of the record itself.
    """

    id: str = ""
    target: Key | None = None
    version: str | None = None
    article: str | None = None
    fact: str | None = None
    problem: tuple[str, str] | None = None


def link(library: Library) -> tuple[tuple[Link, ...], list[Finding]]:
    """Resolve all references of a library; its own links are not looked at."""
    linker = Linker(library)
    resolved = [linker.resolve(entry) for entry in library.entries.values()]
    links = tuple(link for one in resolved for link in one.links)
    findings = [finding for one in resolved for finding in one.findings]
    return links, [*findings, *taxonomy_findings(library.taxonomy, library.taxonomy_document)]


@dataclass(slots=True)
class Linker:
    """Resolves the mentions of one record after the other in one Library; what is written the same is read once."""

    library: Library
    _meanings: dict[Written, Meaning] = field(default_factory=dict)
    _facts: dict[Key, frozenset[str]] = field(default_factory=dict)
    _known: frozenset[Class] | None = field(init=False)
    """All classes there are; None where nobody can tell."""

    def __post_init__(self) -> None:
        taxonomy = self.library.taxonomy
        classes = ((name, taxon) for name in type(taxonomy).model_fields for taxon in taxonomy.names(name))
        self._known = None if self.library.taxonomy_is_unread else frozenset(classes)

    def resolve(self, entry: Entry, mentioned: Mentioned | None = None) -> Resolved:
        """Resolve what a record mentions; without its mentions at hand they are read off the record."""
        mentions, classes = mentioned_in(leaves(entry.record)) if mentioned is None else mentioned
        key = entry.key
        links: list[Link] = []
        findings: list[Finding] = []
        waits_for: set[str] = set()
        for path, written in mentions:
            meaning = self._meanings.get(written) or self._read(written)
            if meaning.target is None or meaning.target == key:
                meaning = self._in_record(key, meaning)
            if meaning.target is not None:
                links.append(Link(key, path, meaning.target, meaning.version, meaning.article, meaning.fact))
                continue
            waits_for.add(meaning.id or key.id)
            if meaning.problem is not None:
                findings.append(REFERENCE.at(entry.document.place(path), *meaning.problem))
        if self._known is not None and not self._known.issuperset(classes):
            findings.extend(self._class_findings(entry, self._known))
        return Resolved(tuple(links), tuple(findings), frozenset(waits_for))

    def _read(self, written: Written) -> Meaning:
        text, form, kinds = written
        fact = parse_fact_reference(text) if form != "record" else None
        if form == "either" and fact is not None and fact.id is None:
            fact = None
        if fact is not None:
            meaning = self._fact(fact)
        elif form == "fact":
            meaning = Meaning(problem=_form_of_fact(text))
        else:
            meaning = self._record(text, kinds)
        self._meanings[written] = meaning
        return meaning

    def _record(self, text: str, kinds: tuple[str, ...]) -> Meaning:
        reference = parse_reference(text)
        if reference is None:
            return Meaning(problem=_form_of_reference(text))
        kind, id_, version, article = reference
        found = self.library.find(id_, kind, kinds)
        if len(found) != 1:
            return self._not_one(id_, kind, kinds, found)
        problem = None
        if version is not None or article is not None:
            problem = _part_problem(self.library.entries[found[0]], version, article)
        return Meaning(id_, problem=problem) if problem else Meaning(id_, found[0], version, article)

    def _fact(self, reference: FactReference) -> Meaning:
        kind, id_, fact = reference
        if id_ is None:
            return Meaning(fact=fact)
        found = self.library.find(id_, kind)
        return self._fact_of(found[0], fact) if len(found) == 1 else self._not_one(id_, kind, (), found)

    def _fact_of(self, owner: Key, fact: str) -> Meaning:
        if fact in self._facts_of(owner):
            return Meaning(owner.id, owner, fact=fact)
        message = f"“{owner.id}”没有编号为“{fact}”的数据"
        return Meaning(owner.id, problem=(message, "核对 facts 里的编号。"))

    def _in_record(self, key: Key, meaning: Meaning) -> Meaning:
        """Give what a reference means that stands in this very record."""
        if meaning.target is None:
            return self._fact_of(key, meaning.fact) if meaning.fact is not None else meaning
        if meaning.version is None and meaning.fact is None:
            return Meaning(key.id, problem=(f"“{key.id}”引用了自己", "改成要引用的那一条，或删去。"))
        return meaning

    def _not_one(self, id_: str, kind: str | None, kinds: tuple[str, ...], found: tuple[Key, ...]) -> Meaning:
        if not found and id_ in self.library.unread:
            return Meaning(id_)
        return Meaning(id_, problem=_why_not_one(self.library, id_, kind, kinds, found))

    def _facts_of(self, key: Key) -> frozenset[str]:
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = frozenset(fact.id for fact in self.library.entries[key].record.facts)
        return found

    def _class_findings(self, entry: Entry, known_classes: frozenset[Class]) -> Iterator[Finding]:
        for leaf in leaves(entry.record):
            if isinstance(leaf.mark, ClassedBy) and (leaf.mark.list_name, leaf.value) not in known_classes:
                list_name = leaf.mark.list_name
                names = self.library.taxonomy.names(list_name)
                known = "、".join(f"{key}（{name}）" for key, name in list(names.items())[:40])
                message = f"“{leaf.value}”不在分类表 {list_name} 里"
                yield CLASS.at(entry.document.place(leaf.path), message, f"可用：{known}。")


def _form_of_fact(text: str) -> tuple[str, str]:
    return f"“${{{text[:60]}}}”不是数据引用的写法", "写成 ${数据编号} 或 ${记录编号.数据编号}。"


def _form_of_reference(text: str) -> tuple[str, str]:
    return f"“{text[:60]}”不是引用的写法", "写成 编号、类别:编号、编号@版本 或 编号@版本#条号。"


def _why_not_one(
    library: Library, record_id: str, kind: str | None, kinds: tuple[str, ...], found: tuple[Key, ...]
) -> tuple[str, str]:
    if found:
        choices = "、".join(str(key) for key in found)
        return f"“{record_id}”指哪一条不清楚：{choices}", f"写明类别，如 {found[0]}。"
    elsewhere = library.find(record_id, None)
    if elsewhere:
        wanted = (
            "、".join(KINDS[name].kind_name for name in ((kind,) if kind in KINDS else kinds) if name) or "其他类别"
        )
        is_kind = KINDS[elsewhere[0].kind].kind_name
        return f"“{record_id}”是{is_kind}，这里要的是{wanted}", "改用那一类记录的编号，或放到对应的字段。"
    return f"没有编号为“{record_id}”的记录", ""


def _part_problem(entry: Entry, version_id: str | None, article_no: str | None) -> tuple[str, str] | None:
    if not isinstance(entry.record, Policy):
        return f"“{entry.key.id}”不是政策法规，没有版本和条款", "去掉 @ 和 # 后面的部分。"
    if version_id is None:
        return f"引用“{entry.key.id}”的条款没有写版本", f"条号随版本变，写成 {entry.key.id}@版本#{article_no}。"
    version = entry.record.version(version_id)
    if version is None:
        known = "、".join(version.id for version in entry.record.versions) or "（还没有登记版本）"
        return f"“{entry.key.id}”没有版本“{version_id}”", f"已有版本：{known}。"
    if article_no is not None and all(article.no != article_no for article in version.articles):
        return f"“{entry.key.id}@{version_id}”没有登记第 {article_no} 条", "先在该版本的 articles 里登记这一条。"
    return None


def taxonomy_findings(taxonomy: Taxonomy, document: Placed) -> Iterator[Finding]:
    """Find equal ids, absent parents and circles in the lists of the taxonomy."""
    for list_name in type(taxonomy).model_fields:
        taxa = getattr(taxonomy, list_name)
        ids = [taxon.id for taxon in taxa]
        for index, taxon in enumerate(taxa):
            path: Path = (list_name, index)
            if taxon.id in ids[:index]:
                yield CLASS.at(document.place((*path, "id")), f"{list_name} 里有两个“{taxon.id}”", "删去一个。")
            if taxon.parent is not None and taxon.parent not in ids:
                yield CLASS.at(document.place((*path, "parent")), f"{list_name} 里没有上级“{taxon.parent}”", "")
            elif taxon.parent is not None and taxonomy.lineage(list_name, taxon.id)[0].parent is not None:
                yield CLASS.at(document.place((*path, "parent")), f"“{taxon.id}”的上级绕成了圈", "改正 parent。")

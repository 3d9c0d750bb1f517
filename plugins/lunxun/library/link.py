"""Resolve what records mention; what has no target becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lunxun.findings import Finding
from lunxun.library.document import Path
from lunxun.library.library import Entry, Library, Link
from lunxun.library.mentions import Class, Mention, classes, mentions
from lunxun.library.origin import Placed
from lunxun.library.structure_rules import CLASS, REFERENCE
from lunxun.records.base import ClassedBy
from lunxun.records.kinds import KINDS
from lunxun.records.policy import Policy
from lunxun.records.references import Key
from lunxun.records.taxonomy import Taxonomy
from lunxun.records.walk import leaves

Outcome = Link | Finding | None
Mentioned = tuple[Sequence[Mention], Sequence[Class]]
"""The mentions and the classes of one record."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of the mentions of one record: links, findings, and the ids that did not become links."""

    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    waits_for: frozenset[str]


def link(library: Library) -> tuple[tuple[Link, ...], list[Finding]]:
    """Resolve all references of a library; its own links are not looked at."""
    linker = Linker(library)
    resolved = [linker.resolve(entry) for entry in library.entries.values()]
    links = tuple(link for one in resolved for link in one.links)
    findings = [finding for one in resolved for finding in one.findings]
    return links, [*findings, *taxonomy_findings(library.taxonomy, library.taxonomy_document)]


@dataclass(slots=True)
class Linker:
    """Resolves the mentions of one record after the other in one Library."""

    library: Library
    _targets: dict[tuple[str, str | None, tuple[str, ...]], tuple[Key, ...]] = field(default_factory=dict)
    _facts: dict[Key, frozenset[str]] = field(default_factory=dict)
    _known: frozenset[Class] = field(init=False)

    def __post_init__(self) -> None:
        taxonomy = self.library.taxonomy
        self._known = frozenset((name, taxon) for name in type(taxonomy).model_fields for taxon in taxonomy.names(name))

    def resolve(self, entry: Entry, mentioned: Mentioned | None = None) -> Resolved:
        """Resolve what a record mentions; without its mentions at hand they are read off the record."""
        if mentioned is None:
            found = leaves(entry.record)
            mentioned = (tuple(mentions(found)), classes(found))
        links: list[Link] = []
        findings: list[Finding] = []
        waits_for: set[str] = set()
        for mention in mentioned[0]:
            outcome = self._outcome(entry, mention)
            if isinstance(outcome, Link):
                links.append(outcome)
                continue
            waits_for.add(mention.id or entry.key.id)
            if outcome is not None:
                findings.append(outcome)
        if not self.library.taxonomy_is_unread and not self._known.issuperset(mentioned[1]):
            findings.extend(self._class_findings(entry))
        return Resolved(tuple(links), tuple(findings), frozenset(waits_for))

    def _outcome(self, entry: Entry, mention: Mention) -> Outcome:
        if mention.of_fact:
            return self._fact(entry, mention)
        if not mention.id:
            return REFERENCE.at(entry.document.place(mention.path), *_form_of(mention))
        found = self._find(mention)
        if len(found) != 1:
            return self._not_one(entry, mention, found)
        target, version, article = found[0], mention.version, mention.article
        problem = None
        if version is not None or article is not None:
            problem = _part_problem(self.library.entries[target], version, article)
        if problem is None and target == entry.key and version is None:
            problem = f"“{target.id}”引用了自己", "改成要引用的那一条，或删去。"
        if problem is not None:
            return REFERENCE.at(entry.document.place(mention.path), *problem)
        return Link(entry.key, mention.path, target, version, article)

    def _fact(self, entry: Entry, mention: Mention) -> Outcome:
        if mention.fact is None:
            return REFERENCE.at(entry.document.place(mention.path), *_form_of(mention))
        found = self._find(mention) if mention.id else (entry.key,)
        if len(found) != 1:
            return self._not_one(entry, mention, found)
        owner = found[0]
        if mention.fact not in self._facts_of(owner):
            message = f"“{owner.id}”没有编号为“{mention.fact}”的数据"
            return REFERENCE.at(entry.document.place(mention.path), message, "核对 facts 里的编号。")
        return Link(entry.key, mention.path, owner, None, None, mention.fact)

    def _find(self, mention: Mention) -> tuple[Key, ...]:
        asked = (mention.id, mention.kind, mention.kinds)
        found = self._targets.get(asked)
        if found is None:
            found = self._targets[asked] = self.library.find(*asked)
        return found

    def _facts_of(self, key: Key) -> frozenset[str]:
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = frozenset(fact.id for fact in self.library.entries[key].record.facts)
        return found

    def _not_one(self, entry: Entry, mention: Mention, found: tuple[Key, ...]) -> Finding | None:
        if not found and mention.id in self.library.unread:
            return None
        why = _why_not_one(self.library, mention.id, mention.kind, mention.kinds, found)
        return REFERENCE.at(entry.document.place(mention.path), *why)

    def _class_findings(self, entry: Entry) -> Iterator[Finding]:
        for leaf in leaves(entry.record):
            if isinstance(leaf.mark, ClassedBy) and (leaf.mark.list_name, leaf.value) not in self._known:
                list_name = leaf.mark.list_name
                names = self.library.taxonomy.names(list_name)
                known = "、".join(f"{key}（{name}）" for key, name in list(names.items())[:40])
                message = f"“{leaf.value}”不在分类表 {list_name} 里"
                yield CLASS.at(entry.document.place(leaf.path), message, f"可用：{known}。")


def _form_of(mention: Mention) -> tuple[str, str]:
    if mention.of_fact:
        return f"“${{{mention.text[:60]}}}”不是数据引用的写法", "写成 ${数据编号} 或 ${记录编号.数据编号}。"
    return f"“{mention.text[:60]}”不是引用的写法", "写成 编号、类别:编号、编号@版本 或 编号@版本#条号。"


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

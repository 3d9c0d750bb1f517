"""Resolve every reference, class and prose mark; what has no target becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.findings import Finding
from lunxun.library.document import Document, Path
from lunxun.library.library import Entry, Library, Link
from lunxun.library.structure_rules import CLASS, REFERENCE
from lunxun.records.base import ClassedBy, IsProse, RefersTo
from lunxun.records.kinds import KINDS
from lunxun.records.policy import Policy
from lunxun.records.references import Key, is_fact_of_record, parse_fact_reference, parse_reference
from lunxun.records.taxonomy import Taxonomy
from lunxun.records.walk import Leaf, leaves
from lunxun.text.marks import FactMark, marks

Outcome = Link | Finding | None


def link(library: Library) -> tuple[tuple[Link, ...], list[Finding]]:
    """Resolve all references of a library; its own links are not looked at."""
    links: list[Link] = []
    findings: list[Finding] = []
    for entry in library.entries.values():
        for outcome in _outcomes(library, entry):
            if isinstance(outcome, Link):
                links.append(outcome)
            elif outcome is not None:
                findings.append(outcome)
    findings.extend(_taxonomy_findings(library.taxonomy, library.taxonomy_document))
    return tuple(links), findings


def _outcomes(library: Library, entry: Entry) -> Iterator[Outcome]:
    for leaf in leaves(entry.record):
        if isinstance(leaf.mark, RefersTo) and leaf.mark.or_fact and is_fact_of_record(leaf.value):
            yield resolve_fact(library, entry, leaf.path, leaf.value)
        elif isinstance(leaf.mark, RefersTo):
            yield _resolve(library, entry, leaf.path, leaf.value, leaf.mark.kinds)
        elif isinstance(leaf.mark, ClassedBy) and not library.taxonomy_is_unread:
            yield from _classes(library.taxonomy, leaf, leaf.mark.list_name, entry.document)
        elif isinstance(leaf.mark, IsProse):
            yield from _prose(library, entry, leaf)


def _resolve(library: Library, entry: Entry, path: Path, text: str, kinds: tuple[str, ...]) -> Outcome:
    reference = parse_reference(text)
    if reference is None:
        remedy = "写成 编号、类别:编号、编号@版本 或 编号@版本#条号。"
        return REFERENCE.at(entry.document.place(path), f"“{text[:60]}”不是引用的写法", remedy)
    found = library.find(reference.id, reference.kind, kinds)
    if not found and reference.id in library.unread:
        return None
    if len(found) != 1:
        why = _why_not_one(library, reference.id, reference.kind, kinds, found)
        return REFERENCE.at(entry.document.place(path), *why)
    target = found[0]
    problem = _part_problem(library.entries[target], reference.version, reference.article)
    if problem is None and target == entry.key and reference.version is None:
        problem = f"“{target.id}”引用了自己", "改成要引用的那一条，或删去。"
    if problem is not None:
        return REFERENCE.at(entry.document.place(path), *problem)
    return Link(entry.key, path, target, reference.version, reference.article)


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
    if version_id is None and article_no is None:
        return None
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


def _prose(library: Library, entry: Entry, leaf: Leaf) -> Iterator[Outcome]:
    for mark in marks(leaf.value):
        path = (*leaf.path, mark.start)
        if isinstance(mark, FactMark):
            yield resolve_fact(library, entry, path, mark.target)
        else:
            yield _resolve(library, entry, path, mark.target, ())


def resolve_fact(library: Library, entry: Entry, path: Path, text: str) -> Outcome:
    """Resolve the target of a fact mark that stands in a record."""
    reference = parse_fact_reference(text)
    if reference is None:
        remedy = "写成 ${数据编号} 或 ${记录编号.数据编号}。"
        return REFERENCE.at(entry.document.place(path), f"“${{{text[:60]}}}”不是数据引用的写法", remedy)
    if reference.id is None:
        owners: tuple[Key, ...] = (entry.key,)
    else:
        owners = library.find(reference.id, reference.kind)
    if not owners and reference.id in library.unread:
        return None
    if len(owners) != 1:
        why = _why_not_one(library, reference.id or "", reference.kind, (), owners)
        return REFERENCE.at(entry.document.place(path), *why)
    if library.fact(owners[0], reference.fact) is None:
        message = f"“{owners[0].id}”没有编号为“{reference.fact}”的数据"
        return REFERENCE.at(entry.document.place(path), message, "核对 facts 里的编号。")
    return Link(entry.key, path, owners[0], fact=reference.fact)


def _classes(taxonomy: Taxonomy, leaf: Leaf, list_name: str, document: Document) -> Iterator[Finding]:
    names = taxonomy.names(list_name)
    if leaf.value not in names:
        known = "、".join(f"{key}（{name}）" for key, name in list(names.items())[:40])
        yield CLASS.at(document.place(leaf.path), f"“{leaf.value}”不在分类表 {list_name} 里", f"可用：{known}。")


def _taxonomy_findings(taxonomy: Taxonomy, document: Document) -> Iterator[Finding]:
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

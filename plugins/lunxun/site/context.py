"""What a template may ask of its page: prose, addresses, names, related records."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol

from markupsafe import Markup, escape

from lunxun.library.library import Entry, Library
from lunxun.records.base import Citation
from lunxun.records.fact import Fact
from lunxun.records.kinds import KINDS
from lunxun.records.policy import Requirement
from lunxun.records.record import Record
from lunxun.records.references import Key, parse_reference
from lunxun.records.source import Source
from lunxun.records.taxonomy import Taxon
from lunxun.records.term import Term
from lunxun.site import addresses
from lunxun.site.folder import Anchor
from lunxun.site.page import Heading
from lunxun.site.prose import ProseRenderer
from lunxun.site.safe_html import escaped, safe
from lunxun.text.dates import chinese_date


class NamedMacro(Protocol):
    """A macro of a template."""

    name: str

    def __call__(self, page: PageContext, /, *arguments: Hashable) -> Markup:
        """Give HTML."""
        ...


class PageContext:
    """One page being made: its address, its record if it has one, and what it has said so far."""

    def __init__(self, renderer: ProseRenderer, address: str, entry: Entry | None = None) -> None:
        self.library: Library = renderer.library
        self.address = address
        self.entry = entry
        self._renderer = renderer
        self._tables = renderer.tables
        self._folder = renderer.folders.of(address)
        self._prose = renderer.page(address, entry.key if entry else None)
        self._headings: dict[str, Heading] = {}

    @property
    def headings(self) -> tuple[Heading, ...]:
        """List the headings that the template has written."""
        return tuple(self._headings.values())

    @property
    def explained(self) -> tuple[Key, ...]:
        """List the terms that the prose of the page has explained so far."""
        return tuple(self._prose.explained)

    def heading(self, heading_id: str, title: str) -> Markup:
        """Write a second-level heading and remember it for the table of contents."""
        made = self._folder.headings.get((heading_id, title))
        if made is None:
            html = Markup(f'<h2 id="{escape(heading_id)}">{escape(title)}</h2>')  # escaped
            made = self._folder.headings[heading_id, title] = (Heading(heading_id, title), html)
        self._headings[heading_id] = made[0]
        return made[1]

    def prose(self, text: str, owner: Key | None = None) -> Markup:
        """Render prose as paragraphs and lists."""
        return self._prose.block(text, owner)

    def line(self, text: str, owner: Key | None = None) -> Markup:
        """Render prose as a single line."""
        return self._prose.line(text, owner)

    def plain(self, text: str, owner: Key | None = None) -> str:
        """Give prose as plain text."""
        return self._prose.plain(text, owner)

    def face(self, key: Key, field: str) -> str:
        """Give a prose field of a record as plain text."""
        return self._renderer.face(key, field)

    def to(self, address: str) -> str:
        """Give the relative address of a page of the site."""
        return addresses.relative(self.address, address)

    def to_kind(self, kind: str, number: int = 1) -> str:
        """Give the relative address of a page of the index of a kind."""
        return self.to(addresses.of_kind(kind, number))

    def to_record(self, key: Key) -> str:
        """Give the relative address of a record's page."""
        return self._folder.to_record(key)

    def to_list(self, kind: str, list_name: str, taxon_id: str) -> str:
        """Give the address of the records of a kind that have one class."""
        return self.to(addresses.of_class(kind, list_name, taxon_id, is_cut=self._tables.is_cut(kind)))

    def same(self, macro: NamedMacro, *arguments: Hashable) -> Markup:
        """Give what a macro makes of this page's folder and of the arguments; made once for all pages of the folder."""
        known = (macro.name, arguments)
        found = self._folder.pieces.get(known)
        if found is None:
            found = self._folder.pieces[known] = macro(self, *arguments)
        return found

    def anchor(self, reference: str, kind: str | None = None) -> Anchor:
        """Turn a checked reference into a link, naming version and article where it does."""
        known = (reference, kind)
        found = self._folder.anchors.get(known)
        if found is None:
            found = self._folder.anchors[known] = self._anchor(reference, kind)
        return found

    def anchor_items(self, references: Iterable[str], kind: str) -> Markup:
        """List what checked references link to."""
        return safe("".join([f"<li>{self.anchor(reference, kind).html}</li>" for reference in references]))  # escaped

    def record_items(self, kind: str, keys: Iterable[Key]) -> Markup:
        """List links to some visible records of a kind by their titles."""
        ends = self._tables.link_ends
        return self._folder.record_links(kind, [ends[key] for key in keys])

    def record_link(self, entry: Entry) -> Markup:
        """Link to a record by its title; for a moment, a page may still relate to one that has just been hidden."""
        return safe(f'<a href="{self._folder.to_record(entry.key)}">{escaped(entry.record.title)}</a>')

    def class_items(self, kind: str, list_name: str, ids: Iterable[str]) -> Markup:
        """List links from classes to the records of a kind that have them; a region is named with those it lies in."""
        return safe("".join([self._class_item(kind, list_name, taxon_id) for taxon_id in ids]))  # escaped

    def _anchor(self, reference: str, kind: str | None) -> Anchor:
        parsed = parse_reference(reference)
        found = self.library.find(parsed.id, parsed.kind or kind) if parsed else ()
        if parsed is None or not found:
            return link_to(reference, None)
        entry = self.library.entries[found[0]]
        title, target = entry.record.title, addresses.of_reference(entry, parsed)
        if parsed.version is not None:
            title += f"（{parsed.version}{f'·第{parsed.article}条' if parsed.article else ''}）"
        return link_to(title, None if entry.is_hidden else self.to(target))

    def _class_item(self, kind: str, list_name: str, taxon_id: str) -> Markup:
        known = (kind, list_name, taxon_id)
        found = self._folder.classes.get(known)
        if found is None:
            name = self.region(taxon_id) if list_name == "regions" else self.taxon(list_name, taxon_id)
            link = _link(self.to_list(kind, list_name, taxon_id), name)
            found = self._folder.classes[known] = Markup(f"<li>{link}</li>")
        return found

    def taxon(self, list_name: str, taxon_id: str) -> str:
        """Name one class."""
        return self._tables.taxa[list_name].get(taxon_id, taxon_id)

    def region(self, taxon_id: str) -> str:
        """Name a region with those it lies in."""
        return self._tables.region(taxon_id)

    def region_of(self, record: Record) -> str | None:
        """Name the region of a record of any kind, if it has one."""
        region: str | None = vars(record).get("region")
        return self.region(region) if region else None

    def lineage(self, list_name: str, taxon_id: str) -> tuple[Taxon, ...]:
        """List a class and what it belongs to, from the top down."""
        return self._tables.lineage(list_name, taxon_id)

    def kind_name(self, kind: str) -> str:
        """Name a kind."""
        return KINDS[kind].kind_name

    def date(self, date: str) -> str:
        """Write a date as Chinese text does."""
        return chinese_date(date)

    def demand(self, requirement: Requirement) -> str:
        """Write how much training a requirement asks for: 3个月或550学时."""
        amounts = ((requirement.months, "个月"), (requirement.days, "天"), (requirement.hours, "学时"))
        parts = [f"{amount}{unit}" for amount, unit in amounts if amount is not None]
        return ("或" if requirement.either else "，").join(parts) or "见条款"

    def period(self, requirement: Requirement) -> str:
        """Write how often a requirement must be met."""
        if requirement.years is None:
            return "一次性"
        return "每年" if requirement.years == 1 else f"每{requirement.years}年"

    def circumstances(self, fact: Fact) -> str:
        """Write what a figure covers: its scope, its time, how it was counted."""
        as_of = f"截至{self.date(fact.as_of)}" if fact.as_of else None
        return "；".join(part for part in (fact.scope, fact.period, as_of, fact.definition, fact.note) if part)

    def is_self_reported(self, citations: Iterable[Citation]) -> bool:
        """Tell whether a cited source speaks of itself."""
        sources = (self._tables.source(citation.source) for citation in citations)
        return any(source is not None and source.self_reported for source in sources)

    def source_line(self, fact: Fact) -> Markup:
        """Link the figure to the line of the source that proves it."""
        if fact.source is None:
            return escape("未注明")
        href = self.anchor(fact.source.id, Source.kind).href
        title = f"{self.source_name(fact.source.id)}第{fact.source.line}行"
        return _link(f"{href}#{addresses.line_anchor(fact.source.line)}", title) if href else escape(title)

    def source_name(self, reference: str) -> str:
        """Give the short name of a source."""
        source = self._tables.source(reference)
        return (source.short or source.title) if source else reference

    def glossary(self) -> Sequence[Entry]:
        """List the terms that the page explains: those in its prose so far, then those its record names."""
        named = vars(self.entry.record).get("terms", ()) if self.entry else ()
        terms = {key: self.library.entries[key] for key in self._prose.explained}
        terms.update((term.key, term) for name in named for term in self._tables.terms(name))
        return list(terms.values())

    def unlinked(self, related: Iterable[Entry], explained: Sequence[Entry]) -> list[Entry]:
        """Leave out of the related records those that the page explains as terms."""
        named = {entry.key.id for entry in explained}
        return [entry for entry in related if entry.key.kind != Term.kind or entry.key.id not in named]


def link_to(title: str, href: str | None) -> Anchor:
    """Make a link, or only its words where there is no address."""
    return Anchor(title, href, _link(href, title) if href else escape(title))


def _link(href: str, title: str) -> Markup:
    return safe(f'<a href="{escaped(href)}">{escaped(title)}</a>')  # escaped

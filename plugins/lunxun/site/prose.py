"""Prose to HTML: a small safe Markdown, with figures, links and explained terms put in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from markupsafe import Markup

from lunxun.library.library import Entry, Library
from lunxun.records.references import Key, Reference, parse_fact_reference, parse_reference
from lunxun.site import addresses
from lunxun.site.folder import Folders
from lunxun.site.safe_html import safe
from lunxun.site.small_markdown import to_html
from lunxun.site.tables import Tables
from lunxun.site.term_finder import TermFinder, sources_of
from lunxun.text.marks import FactMark, LinkMark, marks, may_have_marks

# Private-use characters stand for a mark while Markdown runs; prose that already holds them loses them.
_HOLD_START, _HOLD_END = "\ue000", "\ue001"
_HELD = re.compile(f"{_HOLD_START}([0-9]+){_HOLD_END}")
_PRIVATE = re.compile("[\ue000\ue001]")
T = TypeVar("T")
# The same references stand in many records, and each is read for pages and for the search.
_parse_reference = lru_cache(maxsize=1 << 14)(parse_reference)
_parse_fact_reference = lru_cache(maxsize=1 << 14)(parse_fact_reference)
_LINE_END = re.compile(r"\s*\n\s*(?:- )?")


class ProseRenderer:
    """Render prose for a library, and keep what pages share; nothing in it changes what a page says."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.terms = TermFinder(library)
        self.tables = Tables(library)
        self.folders = Folders()
        self._shared: dict[Callable[[ProseRenderer], Any], Any] = {}
        self._plain: dict[tuple[Key, str], str] = {}

    def page(self, address: str, key: Key | None = None) -> PageProse:
        """Start a page: each term is explained at its first occurrence there."""
        return PageProse(self, address, key)

    def shared(self, make: Callable[[ProseRenderer], T]) -> T:
        """Give what many pages share, made for the first that asks."""
        if make not in self._shared:
            self._shared[make] = make(self)
        found: T = self._shared[make]
        return found

    def face(self, key: Key, field: str) -> str:
        """Give a prose field of a record as plain text, as other pages show it; worked out once."""
        found = self._plain.get((key, field))
        if found is None:
            found = self._plain[key, field] = self.plain(getattr(self.library.entries[key].record, field), key)
        return found

    def plain(self, text: str, owner: Key | None) -> str:
        """Give prose as text: figures and titles written out, Markdown marks dropped."""
        whole = (self._read_marks(text, owner) if may_have_marks(text) else text).replace("**", "")
        return (_LINE_END.sub(" ", whole) if "\n" in whole else whole).strip()

    def _read_marks(self, text: str, owner: Key | None) -> str:
        parts: list[str] = []
        end = 0
        for mark in marks(text):
            parts.append(text[end : mark.start])
            parts.append(self._fact_text(mark, owner) if isinstance(mark, FactMark) else self.find_link(mark)[0])
            end = mark.end
        return "".join([*parts, text[end:]])

    def find_fact(self, mark: FactMark, owner: Key | None) -> tuple[Key, str, str] | None:
        """Give the record, the id and the text of the fact that a mark names."""
        reference = _parse_fact_reference(mark.target)
        if reference is None:
            return None
        key = owner
        if reference.id is not None:
            found = self.library.find(reference.id, reference.kind)
            key = found[0] if len(found) == 1 else None
        fact = self.library.fact(key, reference.fact) if key else None
        if key is None or fact is None:
            return None
        # What waits to be confirmed is not shown as fact, wherever it is named.
        return key, fact.id, "（待核）" if self.library.entries[key].is_hidden else fact.text

    def find_link(self, mark: LinkMark) -> tuple[str, Entry | None, Reference | None]:
        """Give the words of a link (its own, or the title of its target), its target, and the reference it is."""
        reference = _parse_reference(mark.target)
        found = self.library.find(reference.id, reference.kind) if reference else ()
        entry = self.library.entries[found[0]] if len(found) == 1 else None
        words = mark.label if mark.label is not None else entry.record.title if entry else mark.target
        return words, entry, reference

    def _fact_text(self, mark: FactMark, owner: Key | None) -> str:
        found = self.find_fact(mark, owner)
        return found[2] if found else mark.target


class PageProse:
    """Prose of one page. It remembers which terms the page has explained."""

    def __init__(self, renderer: ProseRenderer, address: str, key: Key | None) -> None:
        self._renderer = renderer
        self._library = renderer.library
        self._address = address
        self._folder = renderer.folders.of(address)
        self._key = key
        self._sources = sources_of(renderer.library.entries[key].record) if key else frozenset()
        self.explained: dict[Key, None] = {}

    def block(self, text: str, owner: Key | None = None) -> Markup:
        """Render prose as paragraphs and lists; `owner` is the record whose facts it names without an id."""
        held: list[str] = []
        prose = _PRIVATE.sub("", text) if _HOLD_START in text or _HOLD_END in text else text
        if may_have_marks(prose):
            prose = self._hold_marks(prose, owner or self._key, held)
        body = self._renderer.terms.replace(to_html(prose), self._explain)
        if held:
            parts = _HELD.split(body)
            parts[1::2] = [held[int(number)] for number in parts[1::2]]
            body = "".join(parts)
        return safe(body)  # escaped above

    def line(self, text: str, owner: Key | None = None) -> Markup:
        """Render prose as one line, without the paragraph around it."""
        body = str(self.block(text, owner))
        if body.count("<p>") == 1 and body.startswith("<p>") and body.endswith("</p>"):
            body = body.removeprefix("<p>").removesuffix("</p>")
        return safe(body)  # already markup

    def plain(self, text: str, owner: Key | None = None) -> str:
        """Give prose as text; `owner` as for `block`."""
        return self._renderer.plain(text, owner or self._key)

    def _hold_marks(self, text: str, owner: Key | None, held: list[str]) -> str:
        parts: list[str] = []
        end = 0
        for mark in marks(text):
            parts.append(text[end : mark.start])
            parts.append(f"{_HOLD_START}{len(held)}{_HOLD_END}")
            held.append(self._fact(mark, owner) if isinstance(mark, FactMark) else self._link(mark))
            end = mark.end
        return "".join([*parts, text[end:]])

    def _fact(self, mark: FactMark, owner: Key | None) -> str:
        found = self._renderer.find_fact(mark, owner)
        if found is None:
            return html.escape(mark.target)
        key, fact_id, text = found
        if self._library.entries[key].is_hidden:
            return html.escape(text)
        page = "" if key == self._key else self._folder.to_record(key)
        return f'<a class="lx-figure" href="{page}#{addresses.fact_anchor(fact_id)}">{html.escape(text)}</a>'

    def _link(self, mark: LinkMark) -> str:
        known = (mark.target, mark.label)
        link = self._folder.links.get(known)
        if link is None:
            words, entry, reference = self._renderer.find_link(mark)
            link = html.escape(words)
            if entry is not None and reference is not None and not entry.is_hidden:
                target = addresses.relative(self._address, addresses.of_reference(entry, reference))
                link = f'<a href="{target}">{link}</a>'
            if entry is None or entry.key != self._key:  # a link inside a page is of that page alone
                self._folder.links[known] = link
        return link

    def _explain(self, key: Key, name: str) -> str | None:
        is_new = key != self._key and key not in self.explained
        if not is_new or not self._renderer.terms.speaks_of(key, self._sources):
            return None
        self.explained[key] = None
        return f'<a class="lx-term" href="{self._folder.to_record(key)}" data-term="{key.id}">{name}</a>'

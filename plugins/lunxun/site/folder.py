"""What all pages of a folder have the same, since their relative addresses are: links, and pieces of HTML."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from lunxun.records.kinds import SITE_FOLDERS
from lunxun.records.references import Key
from lunxun.site import addresses
from lunxun.site.page import Heading
from lunxun.site.safe_html import safe


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as a template writes it; without an address where the target is hidden."""

    title: str
    href: str | None
    html: Markup


class Folder:
    """A folder of the site. What is made for the first page that needs it is kept here for those beside it."""

    def __init__(self, folder: str) -> None:
        self._folders = {kind: addresses.relative(f"{folder}_", f"{name}/") for kind, name in SITE_FOLDERS.items()}
        self.anchors: dict[tuple[str, str | None], Anchor] = {}
        self.classes: dict[tuple[str, str, str], Markup] = {}
        self.headings: dict[tuple[str, str], tuple[Heading, Markup]] = {}
        self.pieces: dict[tuple[str, tuple[Hashable, ...]], Markup] = {}
        self.links: dict[tuple[str, str | None], str] = {}
        """The links of prose, by what their marks say."""

    def to_record(self, key: Key) -> str:
        """Give the relative address of a record's page."""
        return f"{self._folders[key.kind]}{key.id}.html"

    def record_links(self, kind: str, ends: Iterable[str]) -> Markup:
        """List links to records of one kind, of which the ends are given."""
        start = f'<li><a href="{self._folders[kind]}'
        return safe(start + f"</li>{start}".join(ends) + "</li>")  # escaped


class Folders:
    """The folders of a site."""

    def __init__(self) -> None:
        self._known: dict[str, Folder] = {}

    def of(self, address: str) -> Folder:
        """Give the folder that a page stands in."""
        name = addresses.folder(address)
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = Folder(name)
        return found

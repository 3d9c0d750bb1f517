"""The pages of a built site and their links, read without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Where a reader goes by choice; anything else is loaded by the page itself.
LINKS = {("a", "href"), ("area", "href"), ("form", "action")}
LOADED = {"href", "src", "srcset", "poster", "data", "xlink:href", "action"}
NO_FILE = {"mailto", "tel", "data", "javascript", "blob", "about"}
# Folders where each page is of its own kind.
HAND_WRITTEN = (".", "about")
_STYLE_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Link:
    """An address in a file: `loaded` unless a reader follows it by choice."""

    address: str
    line: int
    loaded: bool


@dataclass
class Contents:
    """What a file points at, and the places in it that can be pointed at."""

    links: list[Link] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def site_pages(site: Path) -> list[Path]:
    """List the HTML pages of a built site in a fixed order."""
    return sorted(site.rglob("*.html"))


def page_kinds(site: Path) -> dict[str, Path]:
    """Choose one page of each kind: a folder's index, its largest record, and every page written by hand."""
    chosen: dict[str, Path] = {}
    for page in sorted(site_pages(site), key=lambda page: (-page.stat().st_size, page)):
        folder = page.parent.relative_to(site).as_posix()
        kind = page.name if folder in HAND_WRITTEN or page.name == "index.html" else "*.html"
        chosen.setdefault(f"{folder}/{kind}".removeprefix("./"), page)
    return dict(sorted(chosen.items()))


def internal_links(file: Path) -> list[Link]:
    """List the addresses in an HTML or CSS file that lead to a file, not to another host."""
    return [link for link in read(file).links if not _is_elsewhere(link.address)]


@cache
def read(file: Path) -> Contents:
    """Read the addresses and ids of an HTML, SVG or CSS file."""
    text = file.read_text("utf-8", "replace")
    if file.suffix == ".css":
        return Contents(list(_style_links(text, 1)))
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.contents


def broken_links(site: Path) -> list[str]:
    """Check every address in the pages and style sheets of a site; one Chinese line for each that fails."""
    files = [*site_pages(site), *sorted(site.rglob("*.css"))]
    return [
        f"{file.relative_to(site).as_posix()}:{link.line}：{link.address[:200]}：{reason}"
        for file in files
        for link in read(file).links
        if (reason := _fault(site, file, link))
    ]


def _fault(site: Path, file: Path, link: Link) -> str | None:
    """Say in Chinese what is wrong with a link, if anything."""
    try:
        parts = urlsplit(link.address.strip())
    except ValueError:
        return "地址写法有误"
    if parts.scheme.lower() in NO_FILE:
        return None
    if parts.scheme or parts.netloc:
        return "向站外请求" if link.loaded else None
    if parts.path.startswith("/"):
        return "以 / 开头，站点放在子目录时会断"
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file.resolve()
    return _target_fault(site, target) or _fragment_fault(target, unquote(parts.fragment))


def _target_fault(site: Path, target: Path) -> str | None:
    if not target.is_relative_to(site.resolve()):
        return "指到网站文件夹之外"
    return None if target.is_file() else "文件不存在"


def _fragment_fault(target: Path, fragment: str) -> str | None:
    # "#" and "#top" lead to the top of any page.
    if fragment in ("", "top") or target.suffix not in (".html", ".svg"):
        return None
    return None if fragment in read(target).ids else "页内没有这个位置"


def _is_elsewhere(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.scheme or parts.netloc)


class _Parser(HTMLParser):
    """Collect addresses and ids while reading a page."""

    def __init__(self) -> None:
        super().__init__()
        self.contents = Contents()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses and ids of an element."""
        self._in_style = tag == "style"
        line = self.getpos()[0]
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.contents.ids.add(value)
            elif name == "style":
                self.contents.links += _style_links(value, line)
            elif name in LOADED:
                self.contents.links += _attribute_links(tag, name, value, line)

    def handle_data(self, data: str) -> None:
        """Take the addresses in a style element."""
        if self._in_style:
            self.contents.links += _style_links(data, self.getpos()[0])

    def handle_endtag(self, tag: str) -> None:
        """Leave a style element."""
        self._in_style = False


def _attribute_links(tag: str, name: str, value: str, line: int) -> Iterator[Link]:
    if name == "srcset":
        for candidate in value.split(","):
            if candidate.strip():
                yield Link(candidate.split()[0], line, loaded=True)
    elif (tag, name) in LINKS or value.strip():
        yield Link(value, line, loaded=(tag, name) not in LINKS)


def _style_links(text: str, line: int) -> Iterator[Link]:
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for found in _STYLE_URL.finditer(bare):
        address = next((group for group in found.groups() if group is not None), "")
        # In a drawing inside a style sheet, "#place" is a place in that drawing.
        if not address.startswith("#"):
            yield Link(address, line + bare.count("\n", 0, found.start()), loaded=True)

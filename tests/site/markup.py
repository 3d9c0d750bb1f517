"""Read HTML as a browser does, as far as tests look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr"})


@dataclass(frozen=True)
class Element:
    """One start tag."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)


class Markup(HTMLParser):
    """The elements and the text of a piece of HTML; `faults` lists what is not well nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed("".join(html))  # a plain string: one of markupsafe escapes what is added to it
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a section: {data}")

    @property
    def links(self) -> list[str]:
        """List what the elements point to."""
        found = [element.attributes.get(name) for element in self.elements for name in ("href", "src", "action")]
        return [link for link in found if link is not None]


def is_relative(link: str) -> bool:
    """Tell whether a link stays on the site, wherever that is."""
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc and not link.startswith(("/", "\\"))

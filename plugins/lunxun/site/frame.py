"""What the theme makes that no record has a part in: shells for pages, hand-written pages, styles and scripts.

It is made by the adapter to MkDocs, and kept: as long as the settings, the theme, the hand-written pages and the
versions are the same, a build needs neither MkDocs nor Material.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lunxun.site import addresses
from lunxun.site.frame_file import FRAME_FILE, STATIC, frame_key, held_frame, listing, record_file
from lunxun.site.page import SitePage
from lunxun.site.shell import Shell, cut_shell

# Pages that the menu names or that the header treats specially have a shell of their own, all others that of a folder.
OWN_SHELLS = (
    *(addresses.HOME, addresses.SEARCH, addresses.HOURS, addresses.RULES, addresses.FORMAT),
    *(f"{folder}/index.html" for folder in addresses.RECORD_FOLDERS),
)
SHELL_FOLDERS = ("", "about", "training", *addresses.RECORD_FOLDERS)
_LINK = re.compile(r"\]\(([^)#\s:]+\.md)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the build needs to know of mkdocs.yml; paths are absolute."""

    content: Path
    target: Path
    description: str
    roots: tuple[Path, ...]
    """Files and folders that the frame is made from."""
    linked: tuple[str, ...]
    """Record pages that hand-written pages link to."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Shells by address or folder, and the folder of files that go to the output as they are."""

    settings: Settings
    shells: Mapping[str, Shell]
    static: Path
    key: str
    """Digest of everything that the frame is made from."""

    def html(self, page: SitePage) -> str:
        """Put a page into its shell."""
        shell = self.shells.get(page.address) or self.shells[posixpath.dirname(page.address)]
        return shell.page(page if page.description else replace(page, description=self.settings.description))


def shell_pages() -> Iterator[tuple[str, str]]:
    """List what shells there must be: the name of each, and the address that its page of marks has."""
    yield from ((address, address) for address in OWN_SHELLS)
    yield from ((folder, posixpath.join(folder, "lunxun-shell.html")) for folder in SHELL_FOLDERS)


def static_folder(folder: Path) -> Path:
    """Give the folder that the adapter writes files to."""
    return folder / STATIC


def save_frame(folder: Path, settings: Settings, html: Mapping[str, str], config_file: Path) -> Frame:
    """Keep a frame whose files stand in its folder already; `html` holds the pages of marks by name."""
    data = {
        "key": frame_key(config_file, settings.roots),
        "content": str(settings.content),
        "target": str(settings.target),
        "description": settings.description,
        "roots": [str(root) for root in settings.roots],
        "linked": list(settings.linked),
        "shells": dict(html),
        "files": listing(folder / STATIC),
    }
    (folder / FRAME_FILE).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return _frame(folder, data)


def load_frame(folder: Path, config_file: Path) -> Frame | None:
    """Read a frame again; nothing where there is none, it is damaged, or anything it was made from has changed."""
    return frame_of(folder, held_frame(folder, config_file))


def frame_of(folder: Path, data: Mapping[str, Any] | None) -> Frame | None:
    """Make a frame of what its file holds, if that is all that a frame has."""
    try:
        frame = _frame(folder, data) if data is not None else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # whatever is wrong with it, it can be made again
    return frame if frame is not None and frame.shells.keys() >= {name for name, _ in shell_pages()} else None


def _frame(folder: Path, data: Mapping[str, Any]) -> Frame:
    settings = Settings(
        Path(data["content"]),
        Path(data["target"]),
        data["description"],
        tuple(map(Path, data["roots"])),
        tuple(data["linked"]),
    )
    return Frame(
        settings, {name: cut_shell(html) for name, html in data["shells"].items()}, folder / STATIC, data["key"]
    )


def linked_records(pages: Path, content: Path) -> tuple[str, ...]:
    """List the pages of existing records that hand-written pages link to, by the names these use: `cases/x.md`."""
    linked = set()
    for page in sorted(pages.rglob("*.md")):
        here = page.parent.relative_to(pages).as_posix()
        for target in _LINK.findall(page.read_text("utf-8", "replace")):
            linked.add(posixpath.normpath(posixpath.join(here, target)))
    return tuple(sorted(uri for uri in linked if record_file(content, uri).is_file()))


def discard_frame(folder: Path) -> None:
    """Make room for a new frame."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

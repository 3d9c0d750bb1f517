"""Content folders for tests: the good fixture, changed in one place, and what is found in it."""

from __future__ import annotations

from pathlib import Path

from lunxun.checks.register import check
from lunxun.findings import Finding, Place, in_order
from lunxun.library.load import Loaded, load

FIXTURES = Path(__file__).parent / "fixtures"
GOOD = FIXTURES / "good"
BAD = FIXTURES / "bad"
RAW = FIXTURES / "raw"


def edit(content: Path, record: str, old: str, new: str) -> None:
    """Replace a text that a file such as `cases/hexi-grid` holds exactly once."""
    path = content / f"{record}.yml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{record} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(content: Path, record: str, text: str) -> None:
    """Add lines to the end of a file."""
    with (content / f"{record}.yml").open("a", encoding="utf-8") as file:
        file.write(text)


def findings(content: Path) -> tuple[Finding, ...]:
    """Load and check a content folder."""
    loaded = load(content)
    return found_in(loaded)


def found_in(loaded: Loaded) -> tuple[Finding, ...]:
    """Give the findings of loading, and those of checking what was loaded."""
    return in_order([*loaded.findings, *check(loaded.library)])


def place_of(content: Path, record: str, text: str) -> Place:
    """Find the place of a text that a file holds exactly once, as findings name it."""
    whole = (content / f"{record}.yml").read_text("utf-8")
    assert whole.count(text) == 1, f"{record} holds {text!r} {whole.count(text)} times"
    before = whole[: whole.index(text)]
    return Place(f"content/{record}.yml", before.count("\n") + 1, len(before) - before.rfind("\n"))

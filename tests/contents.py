"""Content folders for tests: the good fixture, changed in one place, and what is found in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from lunxun.checks.register import check
from lunxun.findings import Finding, Place, in_order
from lunxun.library.load import Loaded, load

FIXTURES = Path(__file__).parent / "fixtures"
GOOD = FIXTURES / "good"
BAD = FIXTURES / "bad"
RAW = FIXTURES / "raw"
QUESTIONS = FIXTURES / "question-banks"
BANK = "banks/grid-bank"
PAPER = "papers/grid-paper"
_QUIZZES = ("banks/", "papers/")


def add_banks(content: Path) -> Path:
    """Put the good banks beside a content folder, where they are looked for."""
    return Path(shutil.copytree(QUESTIONS, content.parent / "quizzes"))


def path_of(content: Path, record: str) -> Path:
    """Find a file such as `cases/hexi-grid`, or of a bank such as `banks/grid-bank` beside the content."""
    root = content.parent / "quizzes" if record.startswith(_QUIZZES) else content
    return root / f"{record}.yml"


def edit(content: Path, record: str, old: str, new: str) -> None:
    """Replace a text that a file such as `cases/hexi-grid` holds exactly once."""
    path = path_of(content, record)
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{record} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(content: Path, record: str, text: str) -> None:
    """Add lines to the end of a file."""
    with path_of(content, record).open("a", encoding="utf-8") as file:
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
    whole = path_of(content, record).read_text("utf-8")
    assert whole.count(text) == 1, f"{record} holds {text!r} {whole.count(text)} times"
    before = whole[: whole.index(text)]
    root = "quizzes" if record.startswith(_QUIZZES) else "content"
    return Place(f"{root}/{record}.yml", before.count("\n") + 1, len(before) - before.rfind("\n"))

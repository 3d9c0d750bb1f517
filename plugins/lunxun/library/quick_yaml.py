"""The quick way to read a YAML text that holds nothing doubtful: as the strict reader would, without places.

It knows a small part of YAML (`quick_grammar.py`). One expression finds all entries of a text, of which a record has
some forty, and a loop puts them together. Whatever is written otherwise is left to the strict reader, and is neither
better nor worse for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lunxun.library.document import Data
from lunxun.library.quick_grammar import ENTRY, FIELD, INNER, NUMBER

MAX_LENGTH = 100_000
"""Characters. Every node takes two of them at least, so that a shorter text has fewer nodes than are allowed."""

_WORDS: dict[str, Data] = {"true": True, "false": False, "null": None}


def read_quickly(text: str) -> Data:
    """Give the data of a text, or None where only the strict reader can tell."""
    if len(text) > MAX_LENGTH or not text.endswith("\n"):
        return None
    try:
        return _read(ENTRY.findall(text)) or None
    except _DoubtfulError:
        return None


class _DoubtfulError(Exception):
    """The text may mean something else than it seems to, or nothing at all."""


class _Tree:
    """The data as far as they were read: the innermost collection that may still grow, and those around it."""

    def __init__(self) -> None:
        self.root: dict[str, Data] = {}
        self.inner: Any = self.root
        self.column = 0
        """Where the entries of the innermost collection begin."""
        self._around: list[tuple[int, Any]] = []

    def go_to(self, column: int, kind: type, bare: str | None) -> None:
        """Go to the collection of a kind whose entries begin at a column; it is what a key holds that stood bare."""
        if bare is not None and (column > self.column or (kind is list and column == self.column)):
            self.inner[bare] = made = kind()
            self._open(made, column)
        while self.column > column or (self.column == column and type(self.inner) is not kind):
            if not self._around:
                raise _DoubtfulError
            self.column, self.inner = self._around.pop()
        if self.column < column:
            raise _DoubtfulError

    def open_item(self, column: int) -> None:
        """Open a mapping as the next item of a list."""
        made: dict[str, Data] = {}
        self.inner.append(made)
        self._open(made, column)

    def _open(self, collection: Any, column: int) -> None:
        self._around.append((self.column, self.inner))
        self.inner, self.column = collection, column


def _read(entries: Iterable[tuple[str, ...]]) -> dict[str, Data]:
    """Put entries together: each belongs to the collection whose entries begin where it does."""
    tree = _Tree()
    bare = None  # the last key, if nothing stood behind it: what it holds may follow
    for indent, dash, key, value, strip, blank, depth, block, odd in entries:
        if not dash and not key:
            if odd or value or block:
                raise _DoubtfulError
            continue  # a comment, or an empty line
        kind, column = list if dash else dict, len(indent)
        if bare is not None or column != tree.column or kind is not type(tree.inner):
            tree.go_to(column, kind, bare)
        if dash and key:
            tree.open_item(column + len(dash))
        found = _value(value) if value else _lines(blank, depth, block, strip) if block else None
        if block and len(depth) <= tree.column:
            raise _DoubtfulError
        if key:
            name = _put(tree.inner, key, found)
            bare = name if not value and not block else None
        else:
            tree.inner.append(found)
            bare = None
    return tree.root


def _put(mapping: dict[str, Data], key: str, value: Data) -> str:
    """Add a field, and give its name: the key, without quotes where it has any."""
    name = key[1:-1] if key[0] in "'\"" else key
    if name in mapping:
        raise _DoubtfulError
    mapping[name] = value
    return name


def _lines(blank: str, depth: str, block: str, strip: str) -> str:
    """Give the text of a block of lines: less deep by its first line, with the empty ones before, not those behind."""
    text = blank + block.replace("\n" + depth, "\n").rstrip("\n")
    return text if strip else text + "\n"


def _value(text: str) -> Data:
    """Read what stands behind a key or a dash on its line."""
    text = text.rstrip(" ")
    read = _BY_FIRST.get(text[0])
    return read(text) if read else text


def _in_brackets(text: str) -> list[Data]:
    return [_value(item) for item in INNER.findall(text)]


def _in_braces(text: str) -> dict[str, Data]:
    mapping: dict[str, Data] = {}
    for key, value in FIELD.findall(text):
        _put(mapping, key, _value(value))
    return mapping


def _number(text: str) -> Data:
    if not NUMBER.match(text):
        return text
    return float(text) if "." in text else int(text)


def _word(text: str) -> Data:
    return _WORDS.get(text, text)


_BY_FIRST: dict[str, Callable[[str], Data]] = {
    "[": _in_brackets,
    "{": _in_braces,
    "'": lambda text: text[1:-1].replace("''", "'"),
    '"': lambda text: text[1:-1],
    **dict.fromkeys("-0123456789", _number),
    **dict.fromkeys("tfn", _word),
}
"""What reads a value that begins with a character; all others are texts as they stand."""

"""A YAML file as plain data, with the place of every key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lunxun.findings import Place

Scalar: TypeAlias = str | int | float | bool | None
Data: TypeAlias = Scalar | list["Data"] | dict[str, "Data"]
Path: TypeAlias = tuple[str | int, ...]

# One character of a value as the file has it: a quote may be doubled, and a backslash starts an escape.
_PLAIN = re.compile(r"\S")
_SINGLE = re.compile(r"''|\S")
_DOUBLE = re.compile(r"\\(?:(?P<letter>[^xuU])|x(?P<x>.{2})|u(?P<u>.{4})|U(?P<U>.{8})|$)|\S")
_PIECES = {"'": _SINGLE, '"': _DOUBLE}
_BLANK_ESCAPES = frozenset("ntrvf \tNLP_")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands: start line and column, and the last line, counted from 1."""

    line: int
    column: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its data, its raw lines, and the spans of its keys and values by path."""

    file: str
    data: Data
    lines: tuple[str, ...]
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)

    def place(self, path: Path = (), *, of_key: bool = False) -> Place:
        """Find where a path stands; a path that is absent falls back to its nearest ancestor.

        The path of a prose mark ends with the offset of the mark in the text.
        """
        if of_key and path in self.keys:
            span = self.keys[path]
            return Place(self.file, span.line, span.column)
        if path and path not in self.values and isinstance(text := self._at(path[:-1]), str):
            return self.place_of_text(path[:-1], text.strip(), int(path[-1]))
        while path not in self.values:
            if not path:
                return Place(self.file)
            path = path[:-1]
        span = self.values[path]
        return Place(self.file, span.line, span.column)

    def place_of_text(self, path: Path, text: str, offset: int) -> Place:
        """Find where the character at `offset` of the string value at `path` stands in the file.

        Folding, indentation and stripping only change white space, so the characters that are not
        white space are counted, in the value and then in the raw lines that it spans.
        """
        span = self.values.get(path)
        before = _solid(text[:offset])
        if span is None or (not before and text[offset : offset + 1].strip() == ""):
            return self.place(path)
        # A space or the end of the text has no certain place: point just behind the character before it.
        behind = text[offset : offset + 1].strip() == ""
        return self._nth_solid(span, before - behind, 1 + behind) or self.place(path)

    def _at(self, path: Path) -> Data:
        found = self.data
        for part in path:
            if isinstance(found, dict) and isinstance(part, str):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def _nth_solid(self, span: Span, nth: int, shift: int) -> Place | None:
        first = self.lines[span.line - 1][span.column - 1 : span.column]
        pieces = _PIECES.get(first, _PLAIN)
        start = len(self.lines[span.line - 1]) if first in ("|", ">") else span.column - (first not in _PIECES)
        for number in range(span.line, min(span.end_line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            count = _count(line, start, pieces)
            if nth < count:
                column = list(_columns(line, start, pieces))[nth]
                return Place(self.file, number, column + shift)
            nth, start = nth - count, 0
        return None


def _solid(text: str) -> int:
    return len("".join(text.split()))


def _count(line: str, start: int, pieces: re.Pattern[str]) -> int:
    if pieces is _PLAIN or not ("\\" in line or "''" in line):
        return _solid(line[start:])
    return sum(1 for _ in _columns(line, start, pieces))


def _columns(line: str, start: int, pieces: re.Pattern[str]) -> Iterator[int]:
    for match in pieces.finditer(line, start):
        if pieces is not _DOUBLE or not _is_blank(match):
            yield match.start()


def _is_blank(match: re.Match[str]) -> bool:
    """Tell whether an escape of a double-quoted text stands for white space, or for nothing at a line's end."""
    code = match["x"] or match["u"] or match["U"]
    if code:
        return chr(int(code, 16)).isspace()
    return match["letter"] in _BLANK_ESCAPES if match["letter"] else match[0] == "\\"

"""A YAML file as plain data, with the place of every key and value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from lunxun.findings import Place

Scalar: TypeAlias = str | int | float | bool | None
Data: TypeAlias = Scalar | list["Data"] | dict[str, "Data"]
Path: TypeAlias = tuple[str | int, ...]


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
        """Find where a path stands; a path that is absent falls back to its nearest ancestor."""
        if of_key and path in self.keys:
            span = self.keys[path]
            return Place(self.file, span.line, span.column)
        while path not in self.values:
            if not path:
                return Place(self.file)
            path = path[:-1]
        span = self.values[path]
        return Place(self.file, span.line, span.column)

    def place_of_text(self, path: Path, text: str, offset: int) -> Place:
        """Find where the character at `offset` of the string value at `path` stands in the file.

        A folded or quoted scalar no longer has the line breaks of the file, so a short fragment
        around the offset is looked up among the raw lines that the value spans.
        """
        span = self.values.get(path)
        if span is None or not text:
            return self.place(path)
        fragment = text[offset : offset + 12].split("\n", 1)[0] or text[max(0, offset - 12) : offset]
        while fragment:
            nth = text.count(fragment, 0, offset)
            found = self._nth_occurrence(span, fragment, nth)
            if found is not None:
                return found
            fragment = fragment[: len(fragment) // 2]
        return self.place(path)

    def _nth_occurrence(self, span: Span, fragment: str, nth: int) -> Place | None:
        for number in range(span.line, min(span.end_line, len(self.lines)) + 1):
            line = self.lines[number - 1]
            column = line.find(fragment, span.column - 1 if number == span.line else 0)
            while column >= 0:
                if nth == 0:
                    return Place(self.file, number, column + 1)
                nth -= 1
                column = line.find(fragment, column + len(fragment))
        return None

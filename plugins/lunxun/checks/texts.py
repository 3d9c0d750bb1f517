"""The texts that rules about wording look at: what readers see, without what is kept for the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lunxun.findings import Place
from lunxun.library.library import Entry
from lunxun.records.bank import Bank
from lunxun.records.walk import Leaf, readable_texts
from lunxun.text.signs import signs_of

SEPARATOR = "\n\0\n"
"""Stands around each text where several are put together. No mark and no quoted name goes over the end of a line."""


@dataclass(frozen=True, slots=True)
class ReadableText:
    """One text of a record that readers see."""

    entry: Entry
    leaf: Leaf

    @property
    def value(self) -> str:
        """Give the text itself."""
        return self.leaf.value

    @property
    def is_prose(self) -> bool:
        """Tell whether marks and Markdown count in this text."""
        return self.leaf.mark is not None

    @property
    def is_untrue(self) -> bool:
        """Tell whether the text is wrong on purpose, as the wrong options of a question are."""
        record = self.entry.record
        return isinstance(record, Bank) and record.is_untrue(self.leaf.path)

    def place(self, offset: int = 0) -> Place:
        """Find where the character at an offset stands in the file."""
        return self.entry.document.place_of_text(self.leaf.path, self.leaf.value, offset)


class RecordText:
    """One record with its texts: each by itself, and all in one for tests that rule the record out."""

    def __init__(self, entry: Entry, found: Iterable[Leaf]) -> None:
        self.entry = entry
        self.leaves = [leaf for leaf in found if leaf.field.is_readable]
        self.whole = put_together([leaf.value for leaf in self.leaves])
        """All texts in one, each between two separators."""
        self.signs = signs_of(self.whole)
        """The signs of all texts: few, so that a test for some of them takes hardly any time."""

    def __iter__(self) -> Iterator[ReadableText]:
        """Yield the texts that readers see."""
        return (ReadableText(self.entry, leaf) for leaf in self.leaves)


def whole_text(entry: Entry) -> str:
    """Give the `whole` of a record without a way back to its parts."""
    return put_together(readable_texts(entry.record))


def put_together(values: Iterable[str]) -> str:
    """Put texts in one, each between two separators."""
    return f"{SEPARATOR}{SEPARATOR.join(values)}{SEPARATOR}"

"""The texts that rules about wording look at: what readers see, without what is kept for the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.findings import Place
from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.walk import Leaf, readable_leaves


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


def readable_texts(library: Library) -> Iterator[ReadableText]:
    """Yield every text that readers see, record by record."""
    for entry in library.entries.values():
        for leaf in readable_leaves(entry.record):
            yield ReadableText(entry, leaf)

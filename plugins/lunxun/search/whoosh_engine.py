"""The engine of the command line: Whoosh, in memory while it reads and writes, in plain files between.

Whoosh 2.7.4 is the last release there is, so what is said here of its inside will not change. It unpickles what it
opens: this module is handed the bytes that `store.py` has checked, and never reads a file by its name.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    # Its regular expressions and imports are of 2016; Python says so at the first import.
    warnings.simplefilter("ignore")
    import whoosh
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import COLUMN, FieldType, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.formats import Existence
    from whoosh.query import And, Every, NullQuery, Or, Term

from lunxun.search.port import AllOf, Condition, Entry, Has, Reader


class WhooshEngine:
    """Keep an index with Whoosh."""

    name = "whoosh"
    version = ".".join(map(str, whoosh.__version__))

    def write(self, folder: Path, files: Mapping[str, bytes], gone: Iterable[str], entries: Iterable[Entry]) -> None:
        """Write the index that follows from the given files."""
        storage = _Memory(files)
        index = storage.open_index(schema=_schema()) if files else storage.create_index(_schema())
        writer = index.writer(codec=_Codec())
        writer.pool = _Postings()
        for address in gone:
            writer.delete_by_term("address", address)
        for entry in entries:
            writer.add_document(
                address=(entry.address,),
                pairs=entry.pairs,
                classes=entry.classes,
                text=entry.text.encode(),
                document=entry.document,
            )
        writer.commit()
        for name in storage.list():
            (folder / name).write_bytes(storage.files[name])

    def open(self, folder: Path, files: Mapping[str, bytes]) -> Reader:
        """Open an index from the bytes of its files."""
        return _WhooshReader(_Memory(files).open_index(schema=_schema()))


class _WhooshReader:
    def __init__(self, index: Any) -> None:
        self._searcher = index.searcher()
        reader = self._searcher.reader()
        is_empty = not reader.doc_count_all()
        self._texts: Any = None if is_empty else reader.column_reader("text")
        self._documents: Any = None if is_empty else reader.column_reader("document")

    def numbers(self, condition: Condition) -> Sequence[int]:
        return list(self._searcher.docs_for_query(_query(condition)))

    def text(self, number: int) -> str:
        return bytes(self._texts[number]).decode()

    def document(self, number: int) -> bytes:
        return bytes(self._documents[number])

    def close(self) -> None:
        self._searcher.close()


def _query(condition: Condition) -> Any:
    if isinstance(condition, Has):
        return Term(condition.field, condition.value)
    parts = [_query(part) for part in condition.parts]
    if isinstance(condition, AllOf):
        return And(parts) if parts else Every()
    return Or(parts) if parts else NullQuery


def _schema() -> Any:
    return Schema(
        address=_Terms(),
        pairs=_Terms(),
        classes=_Terms(),
        text=COLUMN(VarBytesColumn()),
        document=COLUMN(VarBytesColumn()),
    )


class _Terms(FieldType):  # type: ignore[misc]
    """A field whose terms are given as they are: no analysis, no places, no weights."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in value:
            yield term.encode(), 1, 1.0, b""


class _Postings:
    """What a writer gathers, as numbers in arrays: Whoosh's own pool sorts tuples and pickles them into files."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bytes], array[int]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        field, term, number, _, _ = posting
        found = self._numbers.get((field, term))
        if found is None:
            found = self._numbers[field, term] = array("I")
        found.append(number)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for field, term in sorted(self._numbers):
            for number in self._numbers.pop((field, term)):
                yield field, term, number, 1.0, b""

    def cleanup(self) -> None:
        self._numbers.clear()


class _Codec(W3Codec):  # type: ignore[misc]
    def field_writer(self, storage: Any, segment: Any) -> Any:
        return _FieldWriter(self, storage, segment)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        # Whoosh looks up the length of the field for every posting, half of its time; nothing here is scored by it.
        super().add_postings(schema, None, items)


class _Memory(RamStorage):  # type: ignore[misc]
    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files.update(files)

    def temp_storage(self, name: str | None = None) -> Any:
        # Whoosh would make /tmp/MAIN.tmp, whoever owns that, and empty it afterwards.
        return _Memory({})

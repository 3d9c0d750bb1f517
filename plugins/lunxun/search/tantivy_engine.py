"""The fast engine of the command line, for large collections: tantivy, an extra of the package."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunxun.search.port import AllOf, Condition, Entry, Has, MissingEngineError, Reader

if TYPE_CHECKING:
    import tantivy

_HEAP = 128 * 1024 * 1024
_SEGMENT_BITS = 32
_OS_ERROR = re.compile(r"os error ([0-9]+)")


class TantivyEngine:
    """Keep an index with tantivy."""

    name = "tantivy"

    def __init__(self) -> None:
        try:
            self._tantivy: Any = import_module("tantivy")
        except ImportError:
            raise MissingEngineError(
                '没有安装 tantivy。运行 pip install "lunxun[search-fast]" 后再用，或去掉 --engine tantivy。'
            ) from None
        self.version = str(self._tantivy.__version__)

    def write(self, folder: Path, files: Mapping[str, bytes], gone: Iterable[str], entries: Iterable[Entry]) -> None:
        """Write the index that follows from the given files."""
        try:
            self._write(folder, files, gone, entries)
        except ValueError as error:  # so it tells of a full disk
            number = _OS_ERROR.search(str(error))
            raise OSError(int(number[1]), str(error)) if number else error from None

    def _write(self, folder: Path, files: Mapping[str, bytes], gone: Iterable[str], entries: Iterable[Entry]) -> None:
        for name, data in files.items():
            (folder / name).write_bytes(data)
        index = self._tantivy.Index(self._schema(), path=str(folder), reuse=bool(files))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for address in gone:
            writer.delete_documents_by_term("address", address)
        for entry in entries:
            writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path, files: Mapping[str, bytes]) -> Reader:
        """Open an index where it lies; nothing in it can run."""
        if os.access(folder, os.W_OK):
            return _TantivyReader(self._tantivy, folder, self._schema())
        # tantivy puts a lock file beside what it reads, so that a folder that is read-only is read from a copy.
        copy = tempfile.TemporaryDirectory(prefix="lunxun-search-")
        for name, data in files.items():
            Path(copy.name, name).write_bytes(data)
        return _TantivyReader(self._tantivy, Path(copy.name), self._schema(), copy)

    def _schema(self) -> tantivy.Schema:
        builder = self._tantivy.SchemaBuilder()
        builder.add_text_field("address", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("classes", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="basic")
        builder.add_bytes_field("text", stored=True)
        builder.add_bytes_field("document", stored=True)
        schema: tantivy.Schema = builder.build()
        return schema

    def _document(self, entry: Entry) -> tantivy.Document:
        document: tantivy.Document = self._tantivy.Document()
        document.add_text("address", entry.address)
        for value in entry.classes:
            document.add_text("classes", value)
        document.add_text("pairs", " ".join(sorted(entry.pairs)))
        document.add_bytes("text", entry.text.encode())
        document.add_bytes("document", entry.document)
        return document


class _TantivyReader:
    def __init__(
        self,
        module: Any,
        folder: Path,
        schema: tantivy.Schema,
        copy: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self._tantivy = module
        self._schema = schema
        self._copy = copy
        self._searcher = module.Index.open(str(folder)).searcher()

    def numbers(self, condition: Condition) -> Sequence[int]:
        found = self._searcher.search(self._query(condition), limit=max(1, self._searcher.num_docs), count=False)
        return [(place.segment_ord << _SEGMENT_BITS) | place.doc for _, place in found.hits]

    def text(self, number: int) -> str:
        return self._stored(number, "text").decode()

    def document(self, number: int) -> bytes:
        return self._stored(number, "document")

    def close(self) -> None:
        del self._searcher
        if self._copy is not None:
            self._copy.cleanup()

    def _stored(self, number: int, field: str) -> bytes:
        segment, document = divmod(number, 1 << _SEGMENT_BITS)
        return bytes(self._searcher.doc(self._tantivy.DocAddress(segment, document))[field][0])

    def _query(self, condition: Condition) -> tantivy.Query:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        if isinstance(condition, Has):
            return self._made(query.term_query(self._schema, condition.field, condition.value, "basic"))
        needed = occur.Must if isinstance(condition, AllOf) else occur.Should
        parts = [(needed, self._query(part)) for part in condition.parts]
        if not parts:
            return self._made(query.all_query() if isinstance(condition, AllOf) else query.empty_query())
        return self._made(query.boolean_query(parts))

    @staticmethod
    def _made(query: Any) -> tantivy.Query:
        made: tantivy.Query = query
        return made

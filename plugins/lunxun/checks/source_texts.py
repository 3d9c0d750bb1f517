"""The raw texts that sources name: read with care, compared with their hash, and cleaned."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lunxun.checks.source_rules import SOURCE_FILE
from lunxun.findings import Finding
from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.records.source import Source
from lunxun.text.folding import Squeezed, simplify, squeeze
from lunxun.text.noise import clean_line

MAX_BYTES = 4 * 1_048_576


_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}\Z")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A raw text: its lines as they stand, and cleaned, simplified lines beside them."""

    file: str
    sha256: str
    raw: tuple[str, ...]
    lines: tuple[str, ...]
    squeezed: tuple[Squeezed, ...]

    def line(self, number: int) -> str | None:
        """Give a cleaned line, counted from 1."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else None


def read_source_texts(folder: Path, library: Library) -> tuple[dict[Key, SourceText], tuple[Finding, ...]]:
    """Read the raw text of every source; what is missing or changed becomes a finding.

    A changed text is still returned, so that the proof can say where its figures stand now.
    """
    texts: dict[Key, SourceText] = {}
    findings: list[Finding] = []
    for entry, source in library.of(Source):
        # `.name` takes the last part only, whatever the record says.
        text = _read(folder / Path(source.raw.file).name)
        if isinstance(text, str):
            findings.append(SOURCE_FILE.at(entry.document.place(("raw", "file")), text))
        else:
            texts[entry.key] = text
            findings.extend(_differences(entry, source, text))
    return texts, tuple(findings)


def source_text(file: str, content: bytes) -> SourceText:
    """Make a source text of the bytes of a file; they must be UTF-8."""
    decoded = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    raw = tuple(decoded.split("\n"))
    lines = tuple(simplify(clean_line(line)) for line in raw)
    return SourceText(file, hashlib.sha256(content).hexdigest(), raw, lines, tuple(squeeze(line) for line in lines))


def _differences(entry: Entry, source: Source, text: SourceText) -> Iterator[Finding]:
    if text.sha256 != source.raw.sha256:
        message = f"原文 {text.file} 与登记时不同：现在的 SHA-256 是 {text.sha256}"
        yield SOURCE_FILE.at(entry.document.place(("raw", "sha256")), message)
    first, last = source.raw.body
    if not 1 <= first <= last <= len(text.raw):
        message = f"正文行写的是 {first} 到 {last}，原文共有 {len(text.raw)} 行"
        remedy = "写正文的第一行和最后一行，行号从 1 数起。"
        yield SOURCE_FILE.at(entry.document.place(("raw", "body")), message, remedy)


def _read(path: Path) -> SourceText | str:
    """Read one raw text, or say in Chinese why not."""
    content = _content(path)
    if isinstance(content, str):
        return content
    try:
        return source_text(path.name, content)
    except UnicodeDecodeError:
        return f"原文 {path.name} 不是 UTF-8 编码"


def _content(path: Path) -> bytes | str:
    # The schema allows no separators in the name; a link could still lead out of the folder.
    if not _FILE_NAME.match(path.name) or path.is_symlink():
        return f"不读取 {path.name}：原文必须是原文文件夹里的普通文件，不能是链接"
    try:
        content = _read_regular_file(path)
    except FileNotFoundError:
        return f"原文文件夹里没有 {path.name}"
    except OSError as error:
        return f"读不了原文 {path.name}（{error.strerror or '系统不允许'}）"
    if content is None:
        return f"原文 {path.name} 不是普通文件"
    return content if len(content) <= MAX_BYTES else f"原文 {path.name} 超过 {MAX_BYTES // 1_048_576} MB"


def _read_regular_file(path: Path) -> bytes | None:
    # O_NONBLOCK and O_NOFOLLOW (where there are such): a pipe or a link put in place meanwhile must do no harm.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            return None
        return opened.read(MAX_BYTES + 1)

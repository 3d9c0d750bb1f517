"""The optional libraries for Word and Excel files, and bounds on the archives that such files are."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from importlib import import_module
from types import ModuleType

MAX_UNPACKED = 100_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 200
_SMALL = 1_000_000  # a short file of blanks may be packed tightly without harm
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class OfficeMissingError(Exception):
    """A library of the extra `office` is not installed; the message is Chinese."""


def office_module(name: str) -> ModuleType:
    """Import a module of an optional library; raises OfficeMissingError."""
    try:
        return import_module(name)
    except ImportError:
        library = {"docx": "python-docx"}.get(name.partition(".")[0], name.partition(".")[0])
        raise OfficeMissingError(
            f'读写 Word、Excel 文件要先装 {library}：pip install "lunxun[office]"；纯文本、Moodle、GIFT 格式不用装。'
        ) from None


def problem_of_archive(data: bytes, part: str) -> str | None:
    """Say in Chinese why a file is no harmless Office file of a kind; `part` is a member that the kind has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _problem(archive, part)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return "不是完整的 Office 文件，可能损坏、加了密码，或者只是改了扩展名"


def _problem(archive: zipfile.ZipFile, part: str) -> str | None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_UNPACKED:
        return "解开以后太大，可能是压缩炸弹，没有打开"
    if total > _SMALL and total > MAX_RATIO * max(packed, 1):
        return "压缩得异常紧，可能是压缩炸弹，没有打开"
    names = [member.filename for member in members]
    if part not in names:
        return "不是这种 Office 文件"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "文件带有宏，没有打开"
    for member in members:
        # No honest part of an Office file has a DTD; through one, a parser could be made to fetch or to explode.
        if member.filename.lower().endswith((".xml", ".rels")) and _has_dtd(archive.read(member)):
            return "文件里有 DTD 声明，没有打开"
    return None


def _has_dtd(data: bytes) -> bool:
    return _DTD.search(data.replace(b"\0", b"")) is not None

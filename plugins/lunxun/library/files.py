"""Files of a content folder, taken as hostile: which there are, and their text."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from lunxun.findings import Finding, Place, RuleInfo
from lunxun.library.structure_rules import FILE, FILE_NAME

MAX_BYTES = 1_048_576
MAX_FILES = 200_000
MAX_DEPTH = 8

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_ID = 64
_ENDING = ".yml"
_ID = re.compile(ID_PATTERN + r"\Z")
_DEVICE_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})


# Where the system can refuse a link by itself it does, so that none is put in place between a look and a reading.
_REFUSES_LINKS = hasattr(os, "O_NOFOLLOW")
# O_NONBLOCK: a named pipe put in the folder must not hang the build.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Stamp(NamedTuple):
    """What the system says of a file without reading it: size in bytes, times of changes in nanoseconds."""

    size: int
    modified: int
    changed: int


class RecordFile(NamedTuple):
    """A file that may hold a record: its place on disk, its name in findings, and the id its stem gives."""

    path: str
    name: str
    id: str
    stamp: Stamp | None = None


def record_files(folder: Path, shown_as: str, reserved: Collection[str] = ()) -> tuple[list[RecordFile], list[Finding]]:
    """List the record files below a folder, in order of their names; odd and reserved names become findings."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return [], [_refusal(shown_as, FILE_NAME, "这里应是文件夹", "换成普通文件夹，不用链接。")]
    files: list[RecordFile] = []
    findings: list[Finding] = []
    for entry, name in _walk(str(folder), shown_as):
        problem = _problem_of_file(entry, reserved)
        if problem is None and len(files) == MAX_FILES:
            problem = f"文件超过 {MAX_FILES} 个，从这一个起没有读", "删去不用的文件。"
        if problem is not None:
            findings.append(_refusal(name, FILE_NAME, *problem))
        else:
            files.append(RecordFile(entry.path, name, entry.name.removesuffix(_ENDING), _stamp(entry)))
    files.sort(key=lambda file: file.name)
    return files, findings


def problem_of_id(text: str, reserved: Collection[str] = ()) -> tuple[str, str] | None:
    """Say in Chinese why a text cannot be an id, and what can; None when it can. Reserved are those of its kind."""
    if not _ID.match(text) or len(text) > MAX_ID:
        return (
            f"“{shown(text[:80])}”不能用作编号",
            f"只用小写字母、数字和短横，如 yancheng-grid，不超过 {MAX_ID} 个字符。",
        )
    if text in _DEVICE_NAMES:
        return f"“{text}”是 Windows 的设备名，在学员电脑上打不开", "换一个名字。"
    if text in reserved:
        return f"“{text}”留给网站自己的页面，用作编号会盖掉那一页", "换一个编号，引用它的地方一起改。"
    return None


def shown(name: str) -> str:
    """Give the name of a file as findings can show it: on one line, in characters that can be written out."""
    if name.isprintable():
        return name
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def read_bytes(path: str, name: str) -> tuple[bytes | None, list[Finding]]:
    """Read a regular file of bounded size."""
    if not _REFUSES_LINKS and Path(path).is_symlink():
        return None, [_no_link(name)]
    try:
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                return None, [_refusal(name, FILE, "不是普通文件", "删去它，或换成文本文件。")]
            raw = _read_all(file, found.st_size)
    except OSError as error:
        if Path(path).is_symlink():
            return None, [_no_link(name)]
        return None, [_refusal(name, FILE, f"读不了这个文件（{_why(error)}）", "检查文件权限和链接。")]
    if len(raw) > MAX_BYTES:
        return None, [
            _refusal(name, FILE, f"文件超过 {MAX_BYTES // 1024} KB", "一条记录不应这样大：拆开，或移出内容文件夹。")
        ]
    return raw, []


def decode(raw: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """Make a text of the bytes of a file, which must be UTF-8; CRLF and a byte-order mark are dropped."""
    if b"\x00" in raw:
        kind = " UTF-16 编码的文件" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "二进制文件"
        return None, [_refusal(name, FILE, f"这是{kind}，不是 UTF-8 文本", "用编辑器另存为 UTF-8。")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        guess = "像是 GBK 编码" if _is_gbk(raw) else "有不能识别的字节"
        finding = _refusal(name, FILE, f"不是 UTF-8 编码（{guess}）", "用编辑器另存为 UTF-8。", line)
        return None, [finding]
    if not text or text.isspace():
        return None, [_refusal(name, FILE, "文件是空的", "写上内容，或删去这个文件。")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []


def _read_all(file: io.FileIO, expected: int) -> bytes:
    """Read to the end, or to one byte beyond what is allowed."""
    raw = file.read(min(expected, MAX_BYTES) + 1)
    while len(raw) > expected and len(raw) <= MAX_BYTES and (more := file.read(MAX_BYTES + 1 - len(raw))):
        raw += more  # it grew since it was looked at
    return raw


def _walk(folder: str, shown_as: str, depth: int = 0) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield all files with their shown names, and the folders that are not gone into."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    open_folders = []
    for entry in entries:
        is_folder = _is_folder(entry)
        if entry.name.startswith("."):
            continue
        if is_folder and depth < MAX_DEPTH and not _is_closed(entry):
            open_folders.append(entry)
        elif not entry.name.endswith("~"):
            yield entry, shown(f"{shown_as}/{entry.name}")
    for entry in open_folders:
        yield from _walk(entry.path, f"{shown_as}/{entry.name}", depth + 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_closed(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(_ENDING) or entry.is_symlink() or not os.access(entry.path, os.R_OK | os.X_OK)


def _problem_of_file(entry: os.DirEntry[str], reserved: Collection[str]) -> tuple[str, str] | None:
    if entry.is_symlink():
        return "这是一个链接，不是文件", "把文件本身放进来。"
    if _is_folder(entry):
        return "没有进这个文件夹", f"文件夹名不带 .yml，有读取的权限，不超过 {MAX_DEPTH} 层。"
    if entry.name.endswith(_ENDING):
        return problem_of_id(entry.name.removesuffix(_ENDING), reserved)
    suffix = Path(entry.name).suffix
    if suffix == ".yaml":
        return "扩展名是 .yaml", "改成 .yml，全库只用一种。"
    suffix = shown(suffix[:20]) or "（无扩展名）"
    return f"不认识的文件类型 {suffix}", "内容文件夹里只放 .yml；其他材料移到别处。"


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _why(error: OSError) -> str:
    reasons = {errno.ENOENT: "没有这个文件", errno.EACCES: "没有读取的权限"}
    return reasons.get(error.errno or 0, f"系统错误 {error.errno}")


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _no_link(name: str) -> Finding:
    return _refusal(name, FILE, "这是一个链接，不是文件", "把文件本身放进来。")


def _refusal(name: str, rule: RuleInfo, message: str, remedy: str, line: int = 1) -> Finding:
    return rule.at(Place(name, line), message, remedy)

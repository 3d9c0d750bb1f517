"""Files of a content folder, taken as hostile: which there are, and their text."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lunxun.findings import Finding, Place, RuleInfo
from lunxun.library.structure_rules import FILE, FILE_NAME

MAX_BYTES = 1_048_576
MAX_FILES = 200_000
MAX_DEPTH = 8

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_ID = 64
_ID = re.compile(ID_PATTERN + r"\Z")
_DEVICE_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file that may hold a record: its place on disk, its name in findings, and the id its stem gives."""

    path: Path
    name: str
    id: str


def record_files(folder: Path, shown_as: str) -> tuple[list[RecordFile], list[Finding]]:
    """List the record files below a folder, in order of their names; odd names become findings."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return [], [_refusal(shown_as, FILE_NAME, "这里应是文件夹", "换成普通文件夹，不用链接。")]
    files: list[RecordFile] = []
    findings: list[Finding] = []
    for path, name in _walk(folder, shown_as):
        problem = _problem_of_path(path)
        if problem is None and len(files) == MAX_FILES:
            problem = f"文件超过 {MAX_FILES} 个，从这一个起没有读", "删去不用的文件。"
        if problem is not None:
            findings.append(_refusal(name, FILE_NAME, *problem))
        else:
            files.append(RecordFile(path, name, path.stem))
    files.sort(key=lambda file: file.name)
    return files, findings


def problem_of_id(text: str) -> tuple[str, str] | None:
    """Say in Chinese why a text cannot be an id, and what can; None when it can."""
    if not _ID.match(text) or len(text) > MAX_ID:
        return (
            f"“{shown(text[:80])}”不能用作编号",
            f"只用小写字母、数字和短横，如 yancheng-grid，不超过 {MAX_ID} 个字符。",
        )
    if text in _DEVICE_NAMES:
        return f"“{text}”是 Windows 的设备名，在学员电脑上打不开", "换一个名字。"
    return None


def shown(name: str) -> str:
    """Give the name of a file as findings can show it: on one line, in characters that can be written out."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def read_text(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """Read a UTF-8 text file of bounded size; CRLF and a byte-order mark are accepted and dropped."""
    if path.is_symlink():
        return None, [_refusal(name, FILE, "这是一个链接，不是文件", "把文件本身放进来。")]
    try:
        # O_NONBLOCK: a named pipe put in the folder must not hang the build.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None, [_refusal(name, FILE, "不是普通文件", "删去它，或换成文本文件。")]
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [_refusal(name, FILE, f"读不了这个文件（{_why(error)}）", "检查文件权限和链接。")]
    if len(raw) > MAX_BYTES:
        return None, [
            _refusal(name, FILE, f"文件超过 {MAX_BYTES // 1024} KB", "一条记录不应这样大：拆开，或移出内容文件夹。")
        ]
    return _decode(raw, name)


def _decode(raw: bytes, name: str) -> tuple[str | None, list[Finding]]:
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
    if not text.strip():
        return None, [_refusal(name, FILE, "文件是空的", "写上内容，或删去这个文件。")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _walk(folder: Path, shown_as: str) -> Iterator[tuple[Path, str]]:
    """Yield all files, and the folders that are not gone into."""
    for root, folders, names in os.walk(folder):
        depth = len(Path(root).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        closed = [name for name in folders if depth >= MAX_DEPTH or _is_closed(Path(root, name))]
        for name in closed:
            folders.remove(name)
        for name in sorted([*names, *closed]):
            if name.startswith(".") or name.endswith("~"):
                continue
            path = Path(root, name)
            yield path, shown(f"{shown_as}/{path.relative_to(folder).as_posix()}")


def _is_closed(path: Path) -> bool:
    return path.suffix == ".yml" or path.is_symlink() or not os.access(path, os.R_OK | os.X_OK)


def _problem_of_path(path: Path) -> tuple[str, str] | None:
    if path.is_symlink():
        return "这是一个链接，不是文件", "把文件本身放进来。"
    if path.is_dir():
        return "没有进这个文件夹", f"文件夹名不带 .yml，有读取的权限，不超过 {MAX_DEPTH} 层。"
    if path.suffix == ".yaml":
        return "扩展名是 .yaml", "改成 .yml，全库只用一种。"
    if path.suffix != ".yml":
        suffix = shown(path.suffix[:20]) or "（无扩展名）"
        return f"不认识的文件类型 {suffix}", "内容文件夹里只放 .yml；其他材料移到别处。"
    return problem_of_id(path.stem)


def _why(error: OSError) -> str:
    reasons = {errno.ENOENT: "没有这个文件", errno.EACCES: "没有读取的权限"}
    return reasons.get(error.errno or 0, f"系统错误 {error.errno}")


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _refusal(name: str, rule: RuleInfo, message: str, remedy: str, line: int = 1) -> Finding:
    return rule.at(Place(name, line), message, remedy)

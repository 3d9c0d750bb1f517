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
    files: list[RecordFile] = []
    findings: list[Finding] = []
    for path, name in _walk(folder, shown_as):
        problem = _problem_of_name(path)
        if problem is not None:
            findings.append(_refusal(name, FILE_NAME, *problem))
        elif len(files) < MAX_FILES:
            files.append(RecordFile(path, name, path.stem))
    files.sort(key=lambda file: file.name)
    return files, findings


def read_text(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """Read a UTF-8 text file of bounded size; CRLF and a byte-order mark are accepted and dropped."""
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
        return None, [_refusal(name, FILE, f"文件超过 {MAX_BYTES // 1024} KB", "一条记录不应这样大：拆开，或移出内容文件夹。")]
    return _decode(raw, name)


def _decode(raw: bytes, name: str) -> tuple[str | None, list[Finding]]:
    if b"\x00" in raw:
        kind = "UTF-16 编码" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "二进制文件"
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
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.endswith("~"):
                continue
            path = Path(root, name)
            yield path, f"{shown_as}/{path.relative_to(folder).as_posix()}"


def _problem_of_name(path: Path) -> tuple[str, str] | None:
    if path.is_symlink():
        return "这是一个链接，不是文件", "把文件本身放进来。"
    if path.suffix == ".yaml":
        return "扩展名是 .yaml", "改成 .yml，全库只用一种。"
    if path.suffix != ".yml":
        return f"不认识的文件类型 {path.suffix[:20] or '（无扩展名）'}", "内容文件夹里只放 .yml；其他材料移到别处。"
    return problem_of_id(path.stem)


def problem_of_id(record_id: str) -> tuple[str, str] | None:
    """Say why a text cannot be an id, and what to do; None when it can."""
    if not _ID.match(record_id) or len(record_id) > MAX_ID:
        remedy = f"只用小写字母、数字和短横，如 yancheng-grid，不超过 {MAX_ID} 个字符。"
        return f"“{record_id[:80]}”不能用作编号", remedy
    if record_id in _DEVICE_NAMES:
        return f"“{record_id}”是 Windows 的设备名，在学员电脑上打不开", "换一个编号。"
    return None


def _why(error: OSError) -> str:
    reasons = {errno.ENOENT: "没有这个文件", errno.EACCES: "没有读取的权限", errno.ELOOP: "链接绕成了圈"}
    return reasons.get(error.errno or 0, f"系统错误 {error.errno}")


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _refusal(name: str, rule: RuleInfo, message: str, remedy: str, line: int = 1) -> Finding:
    return rule.at(Place(name, line), message, remedy)

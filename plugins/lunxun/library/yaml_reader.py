"""YAML text to a Document: a strict, bounded subset of YAML that keeps places.

Read from the event stream, so that depth, size and aliases are bounded before anything is built.
The scalars are those of YAML 1.2 (true, false, null, decimal numbers); what YAML 1.1 would have read
differently (yes, 010, 1:30, 0x1F) is refused instead of guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from lunxun.findings import Finding, Place
from lunxun.library.document import Data, Document, Path, Scalar, Span
from lunxun.library.structure_rules import YAML
from lunxun.library.yaml_messages import explain

MAX_DEPTH = 16
MAX_NODES = 50_000
MAX_MARKED_LINES = 20

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,15})\.[0-9]{1,10}\Z")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TRAPS = (
    (re.compile(r"(?i:yes|no|on|off|y|n)\Z"), "有的软件把它读成“是/否”"),
    (re.compile(r"(TRUE|FALSE|True|False|NULL|Null)\Z"), "“是/否/空”只写成小写的 true、false、null"),
    (re.compile(r"[-+]?0[0-9_]+(\.[0-9_]*)?\Z"), "有的软件把 0 开头的数读成八进制"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+\Z"), "有的软件把它读成十六进制、八进制或二进制数"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\Z"), "有的软件把带冒号的数读成六十进制"),
    (re.compile(r"[-+]?(?=[0-9_.]*_)(?=[_.]*[0-9])[0-9.][0-9_.]*([eE][-+]?[0-9]+)?\Z"), "数字里不能有下划线"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.|[0-9.]+[eE][-+]?[0-9]+)\Z"), "小数点前后都要有数字，不用科学记数法"),
    (re.compile(r"[-+]?\.(inf|nan)\Z", re.IGNORECASE), "无穷和非数不是有效的数值"),
    (re.compile(r"(\+[0-9.]+|-?[0-9]{17,}(\.[0-9]+)?|-?[0-9]+\.[0-9]{11,})\Z"), "数字带正号或过长"),
)

# Control characters, and the rarer line ends, which YAML and editors count differently.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_INVISIBLE_WORDS = ("有看不见的控制字符", "删去这一处的控制字符，常见于从网页或旧文档粘贴。")


def read_yaml(file: str, text: str) -> tuple[Document | None, list[Finding]]:
    """Read one YAML text; without a document when it cannot be understood at all."""
    hidden = _invisible(file, text)
    if hidden:
        return None, hidden
    builder = _Builder(file)
    try:
        builder.build(text)
    except yaml.YAMLError as error:
        builder.findings.append(explain(error, file, text))
        return None, builder.findings
    except _Refused:
        return None, builder.findings
    lines = tuple(text.split("\n"))
    return Document(file, builder.root, lines, builder.keys, builder.values), builder.findings


class _Refused(Exception):  # noqa: N818 - control flow inside this module, not an error of the caller's
    """The text is understood but goes beyond what a record may be; the finding says why."""


@dataclass(slots=True)
class _Frame:
    """A collection being filled; `key` is the mapping key that waits for its value."""

    container: list[Data] | dict[str, Data]
    path: Path
    start: Any
    key: str | None = None

    def child_path(self) -> Path:
        if isinstance(self.container, list):
            return (*self.path, len(self.container))
        return (*self.path, self.key or "")


@dataclass(slots=True)
class _Builder:
    file: str
    root: Data = None
    findings: list[Finding] = field(default_factory=list)
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    _frames: list[_Frame] = field(default_factory=list)
    _documents: int = 0
    _nodes: int = 0

    def build(self, text: str) -> None:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            self._take(event)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(
                    event, "一个文件里有不止一份内容（用 --- 分开）", "每条记录单独存一个文件，删去多余的 ---。"
                )
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "用了 YAML 引用（* 号）", "把内容写全，不用 & 和 *；若是正文里的星号，给整句加引号。")
        elif isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check_node(event)
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close(event)

    def _check_node(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse(event, f"内容超过 {MAX_NODES} 项", "把它拆成几条记录。")
        if event.anchor is not None:
            self._refuse(event, "用了 YAML 锚点（& 号）", "把内容写全，不用 & 和 *。")
        tag = event.tag
        if tag is not None and tag != "!":
            self._refuse(event, f"用了 YAML 标签（{tag[:40]}）", "删去以 ! 开头的标签；若是正文，给整句加引号。")

    def _open(self, event: Any) -> None:
        container: list[Data] | dict[str, Data]
        container = {} if isinstance(event, yaml.MappingStartEvent) else []
        if len(self._frames) >= MAX_DEPTH:
            self._refuse(event, f"嵌套超过 {MAX_DEPTH} 层", "检查缩进和括号；记录不需要这么多层。")
        if self._awaits_key():
            self._refuse(event, "字段名不是文字", "字段名写成英文单词；若这里要写正文，给整句加引号或改用 | 写成一段。")
        path = self._frames[-1].child_path() if self._frames else ()
        self._frames.append(_Frame(container, path, event.start_mark))

    def _close(self, event: Any) -> None:
        frame = self._frames.pop()
        self._put(frame.container, frame.path, frame.start, event.end_mark)

    def _scalar(self, event: Any) -> None:
        if self._awaits_key():
            self._key(event)
            return
        path = self._frames[-1].child_path() if self._frames else ()
        self._put(self._resolve(event), path, event.start_mark, event.end_mark)

    def _awaits_key(self) -> bool:
        return bool(self._frames) and isinstance(self._frames[-1].container, dict) and self._frames[-1].key is None

    def _key(self, event: Any) -> None:
        frame = self._frames[-1]
        key = event.value
        path = (*frame.path, key)
        if key in frame.container:
            first = self.keys[path].line
            self._report(event, f"字段 {key} 写了两次（前一次在第 {first} 行）", "留一个，把两处内容合起来。")
        if key == "<<":
            self._refuse(event, "用了 YAML 合并键（<<）", "把内容写全。")
        frame.key = key
        self.keys.setdefault(path, _span(event.start_mark, event.end_mark))

    def _put(self, value: Data, path: Path, start: Any, end: Any) -> None:
        span = _span(start, end)
        if not self._frames:
            self.root = value
        else:
            frame = self._frames[-1]
            if isinstance(frame.container, list):
                frame.container.append(value)
            else:
                # The first of two equal keys is kept: the second is already a finding.
                frame.container.setdefault(frame.key or "", value)
                frame.key = None
        self.values.setdefault(path, span)

    def _resolve(self, event: Any) -> Scalar:
        text: str = event.value
        is_plain = event.implicit[0]
        if _INVISIBLE.search(text):  # written as an escape, since the file itself has none
            self._report(event, *_INVISIBLE_WORDS)
        if not is_plain:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return float(text)
        for pattern, reason in _TRAPS:
            if pattern.match(text):
                self._report(
                    event, f"{text} 的意思不确定：{reason}", f'若是文字，加引号写成 "{text}"；若是数，写成普通十进制。'
                )
                break
        return text

    def _report(self, event: Any, message: str, remedy: str) -> None:
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        self.findings.append(YAML.at(place, message, remedy))

    def _refuse(self, event: Any, message: str, remedy: str) -> None:
        self._report(event, message, remedy)
        raise _Refused


def _invisible(file: str, text: str) -> list[Finding]:
    """Find the first invisible character of each line, on the first few lines that have any."""
    if not _INVISIBLE.search(text):
        return []
    marked = ((number, _INVISIBLE.search(line)) for number, line in enumerate(text.split("\n"), 1))
    found = (Place(file, number, match.start() + 1) for number, match in marked if match)
    return [YAML.at(place, *_INVISIBLE_WORDS) for place in islice(found, MAX_MARKED_LINES)]


def _span(start: Any, end: Any) -> Span:
    # A block node ends where the next token begins; at column 0 of that line nothing belongs to it.
    last = end.line if end.column == 0 and end.line > start.line else end.line + 1
    return Span(start.line + 1, start.column + 1, last)

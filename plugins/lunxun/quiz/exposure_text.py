"""A paper that was sat, put into the text of its blueprint: lines are added, and none is touched.

An editor's comments and layout stay. The text is read again afterwards; unless it is the same blueprint with one more
entry, nothing is given, and the editor pastes the lines.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import yaml

from lunxun.library.analysis import read_model
from lunxun.library.document import Document
from lunxun.library.yaml_reader import read_yaml
from lunxun.records.paper import Exposure, Paper, Past

_WIDTH = 100
_PAST = ("exposure", "past")


def entry_lines(past: Past, indent: int = 4) -> list[str]:
    """Write an entry of `exposure.past` as lines; `indent` is where its dash stands."""
    head = [f"- on: {_scalar(past.on)}"]
    if past.title is not None:
        head.append(f"  title: {_scalar(past.title)}")
    asked = textwrap.wrap(", ".join(past.asked), _WIDTH, break_long_words=False, break_on_hyphens=False)
    few = [f"  asked: [{asked[0]}]"] if len(asked) == 1 else []
    body = few or ["  asked: [", *(f"    {line}" for line in asked), "  ]"]
    return [" " * indent + line for line in (*head, *body)]


def to_paste(past: Past) -> str:
    """Give the entry under the keys that it belongs to."""
    return "\n".join(["exposure:", "  past:", *entry_lines(past)])


def with_entry(raw: bytes, name: str, past: Past) -> bytes | None:
    """Add an entry to the bytes of a blueprint; nothing where that cannot be done by adding lines."""
    before, _, held = read_model(raw, name, Paper)
    document = read_yaml(name, held.text)[0] if held is not None else None
    if before is None or document is None or raw.replace(b"\r\n", b"").count(b"\r"):
        return None
    place = _place(document, past)
    if place is None:
        return None
    line, added = place
    ending = "\r\n" if b"\r\n" in raw else "\n"
    lines = raw.decode("utf-8").split("\n")
    if lines[-1] == "":
        lines.pop()
    rest = [one.removesuffix("\r") for one in lines]
    text = ending.join([*rest[:line], *added, *rest[line:]]) + ending
    made = text.encode("utf-8")
    after, findings, _ = read_model(made, name, Paper)
    return made if not findings and after == _extended(before, past) else None


def _place(document: Document, past: Past) -> tuple[int, list[str]] | None:
    """Find behind which line what lines have to go; nothing where the text is laid out in another way."""
    data = document.data
    exposure = data.get("exposure") if isinstance(data, dict) else None
    if exposure is None:
        is_absent = ("exposure",) not in document.keys
        return (_last_line(document, ()), to_paste(past).split("\n")) if is_absent else None
    if _is_flow(document, ("exposure",)) or _is_flow(document, _PAST):
        return None
    # A block list begins with the dash of its first entry.
    return _last_line(document, _PAST), entry_lines(past, document.values[_PAST].column - 1)


def _last_line(document: Document, path: tuple[str, ...]) -> int:
    """Give the last line of what stands below a path; a block's own span may reach to the next text."""
    return max(_ends(document, path))


def _ends(document: Document, path: tuple[str, ...]) -> Iterator[int]:
    for below, span in document.values.items():
        if below[: len(path)] != path:
            continue
        first = document.lines[span.line - 1][span.column - 1 : span.column]
        if first in ("[", "{") or not _holds(document, below):
            yield span.end_line if first not in ("|", ">") else _end_of_block(document, span.line, span.end_line)


def _end_of_block(document: Document, start: int, end: int) -> int:
    """Give the last line of a text in a block that is not empty."""
    return next((line for line in range(end, start, -1) if document.lines[line - 1].strip()), start)


def _holds(document: Document, path: tuple[str | int, ...]) -> bool:
    return any(other[: len(path)] == path and len(other) > len(path) for other in document.values)


def _is_flow(document: Document, path: tuple[str, ...]) -> bool:
    span = document.values[path]
    return document.lines[span.line - 1][span.column - 1 : span.column] in ("[", "{")


def _extended(paper: Paper, past: Past) -> Paper:
    since, earlier = (paper.exposure.since, paper.exposure.past) if paper.exposure else (None, ())
    return paper.model_copy(update={"exposure": Exposure(since=since, past=(*earlier, past))})


def _scalar(text: str) -> str:
    written = str(yaml.safe_dump({"x": text}, allow_unicode=True, width=10_000)).removeprefix("x: ").rstrip("\n")
    # A whole date is as good without quotes; a year alone would be a number.
    return text if len(text) == 10 and written == f"'{text}'" and text[4] == "-" else written

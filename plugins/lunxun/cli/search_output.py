"""The answer of `lunxun search`, for a terminal and for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from lunxun.records.kinds import KINDS
from lunxun.search.asked import Question
from lunxun.search.excerpts import Segment
from lunxun.search.finder import Hit, Results

_MARK, _DIM, _END = "\033[1;33m", "\033[2m", "\033[0m"
_INDENT = "   "


def is_coloured() -> bool:
    """Tell whether colours are wanted: only on a terminal, and not where the user has switched them off."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def as_text(query: str, results: Results, is_coloured: bool) -> str:
    """Write the answer for people."""
    meant = "、".join(results.suggestions)
    did_you_mean = f"您是不是要找：{meant}？\n" if meant else ""
    if not results.hits:
        return did_you_mean + f"没有找到“{_printable(query)}”。换个说法，少写几个字，或去掉限定条件再试。"
    found = "没有一字不差的，相近的有" if results.is_partial else "找到"
    shown = f"，列出前 {len(results.hits)} 条" if results.total > len(results.hits) else ""
    note = f"{results.note}\n" if results.note else ""
    head = f"{note}{did_you_mean}{found} {results.total} 条{shown}。"
    return "\n".join([head, *(_hit(number, hit, is_coloured) for number, hit in enumerate(results.hits, 1))])


def as_json(query: str, results: Results, question: Question) -> str:
    """Write the answer for programs: `marks` are pairs of start and end in the text beside them."""
    answer = {
        "query": query,
        "total": results.total,
        "partial": results.is_partial,
        "suggestions": list(results.suggestions),
        "warnings": [*question.warnings, *([results.note] if results.note else [])],
        "hits": [_as_data(hit) for hit in results.hits],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _hit(number: int, hit: Hit, is_coloured: bool) -> str:
    document = hit.document
    title = _coloured(hit.title, is_coloured)
    place = f"{KINDS[document.kind].kind_name} {_record(hit)}"
    heading = f"{_printable(hit.excerpt.heading)}：" if hit.excerpt.heading else ""
    snippet = _coloured(hit.excerpt.segments, is_coloured)
    return f"{number:>2}. {title}  {_dim(place, is_coloured)}\n{_INDENT} {heading}{snippet}"


def _as_data(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "record": _record(hit),
        "kind": document.kind,
        "title": document.title,
        "titleMarks": _marks(hit.title),
        "address": document.address,
        "anchor": hit.excerpt.anchor,
        "heading": hit.excerpt.heading,
        "snippet": "".join(segment.text for segment in hit.excerpt.segments),
        "snippetMarks": _marks(hit.excerpt.segments),
        "facets": {facet: list(values) for facet, values in document.facets.items()},
    }


def _record(hit: Hit) -> str:
    return f"{hit.document.kind}:{PurePosixPath(hit.document.address).stem}"


def _marks(segments: Iterable[Segment]) -> list[list[int]]:
    marks = []
    end = 0
    for segment in segments:
        start, end = end, end + len(segment.text)
        if segment.is_marked:
            marks.append([start, end])
    return marks


def _coloured(segments: Iterable[Segment], is_coloured: bool) -> str:
    texts = ((_printable(segment.text), segment.is_marked and is_coloured) for segment in segments)
    return "".join(f"{_MARK}{text}{_END}" if marked else text for text, marked in texts)


def _dim(text: str, is_coloured: bool) -> str:
    return f"{_DIM}{text}{_END}" if is_coloured else text


def _printable(text: str) -> str:
    """Replace what could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)

"""The comparison with the raw texts, as a table for people."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from lunxun.checks.against_sources import SourceReport
from lunxun.checks.coverage import Tally
from lunxun.checks.fact_proof import Outcome

_OUTCOMES = {
    Outcome.FOUND: "找到",
    Outcome.ELSEWHERE: "在别的行",
    Outcome.WRONG_BOUND: "界限词不符",
    Outcome.NOT_FOUND: "没找到",
    Outcome.NO_TEXT: "没有原文",
}


def as_table(report: SourceReport) -> str:
    """Write how the facts were proved, and how much of each source is in the content."""
    outcomes = Counter(proof.outcome for proof in report.proofs)
    proved = "、".join(f"{name} {outcomes[outcome]}" for outcome, name in _OUTCOMES.items())
    rows = [("来源", "数字", "书名号", "引语")]
    rows += [(one.key.id, _tally(one.figures), _tally(one.titles), _tally(one.phrases)) for one in report.coverages]
    head = f"逐条核对 {len(report.proofs)} 条数据：{proved}。"
    note = "各来源正文里的数字、书名号和引语（收录＋列明不收＋日期＋缺漏）："
    return "\n".join([head, note, *_aligned(rows)])


def _tally(tally: Tally) -> str:
    return f"{tally.in_content}+{tally.left_out}+{tally.dates}+{len(tally.missing)}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)

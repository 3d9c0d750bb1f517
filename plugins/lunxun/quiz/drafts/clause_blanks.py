"""填空 from clauses: a figure of a clause left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunxun.library.library import Library
from lunxun.quiz.clauses import Clause, clauses, open_figures
from lunxun.quiz.draft import Draft
from lunxun.text.numerals import Figure, to_chinese

RULE = "clause"
_BLANK = " ____ "
_MAX_CHINESE = 100
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one question for every clause that has a figure: its first statement with one."""
    for clause in clauses(library):
        for statement in clause.statements:
            found = _blanked(statement)
            if found is not None:
                yield _draft(clause, statement, *found)
                break


def _blanked(statement: str) -> tuple[str, list[list[str]]] | None:
    # At most two blanks, and never one that the rest of the statement gives away.
    figures = [figure for figure in open_figures(statement) if _DIGITS.fullmatch(figure.text)][:2]
    if not figures or len({figure.text for figure in figures}) < len(figures):
        return None
    pieces, at, key = [], 0, []
    for figure in figures:
        pieces += [statement[at : figure.start].rstrip(), _BLANK]
        at = figure.end
        key.append(_accepted(figure))
    rest = statement[at:].lstrip()
    stem = "".join((*pieces, rest)).strip()
    return stem + "。", key


def _accepted(figure: Figure) -> list[str]:
    value = figure.value
    if isinstance(value, int) and 0 < value < _MAX_CHINESE:
        return [figure.text, to_chinese(value)]
    return [figure.text]


def _draft(clause: Clause, statement: str, stem: str, key: list[list[str]]) -> Draft:
    return Draft(
        RULE,
        clause.name,
        [clause.basis],
        clause.policy.topics,
        2,
        "识记",
        type="填空",
        stem=f"{clause.source}：{stem}",
        key=key,
        rationale=f"{clause.source}的要点是：{statement}。",
    )

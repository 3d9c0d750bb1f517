"""判断 from clauses: a statement of a clause as it is, or with a figure changed."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.question_figures import values
from lunxun.library.basis import basis_text
from lunxun.library.library import Library
from lunxun.quiz.chance import number, shuffled
from lunxun.quiz.clauses import Clause, clauses, open_figures
from lunxun.quiz.draft import Draft
from lunxun.quiz.figures import changed

RULE = "clause-true"


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one statement for every clause that has a plain whole number; about half of them are wrong."""
    for clause in clauses(library):
        for statement in clause.statements:
            figure = next((one for one in open_figures(statement) if one.text.isdigit()), None)
            if figure is None:
                continue
            known = values(basis_text(library, clause.basis))
            # Small numbers only by steps; a figure that the clause has elsewhere would not be plainly wrong.
            wrong = [one for one in changed(int(figure.text), "") if one not in known]
            is_true = not wrong or number(f"{clause.name} true", 2) == 0
            shown = figure.text if is_true else str(shuffled(clause.name, wrong)[0])
            said = statement[: figure.start] + shown + statement[figure.end :]
            yield _draft(clause, statement, said, is_true)
            break


def _draft(clause: Clause, statement: str, said: str, is_true: bool) -> Draft:
    reason = "题干与条款一致" if is_true else "题干换了数字"
    return Draft(
        RULE,
        clause.name,
        [clause.basis],
        clause.policy.topics,
        2,
        "识记",
        type="判断",
        stem=f"{clause.source}：{said}。",
        key="对" if is_true else "错",
        rationale=f"{reason}，{clause.source}的要点是：{statement}。",
    )

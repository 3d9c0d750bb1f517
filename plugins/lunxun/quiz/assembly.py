"""Make the forms of a paper: exactly where OR-Tools is installed, else by search."""

from __future__ import annotations

from lunxun.quiz import assembly_exact, assembly_search
from lunxun.quiz.assembly_problem import Assembly, Problem


def assemble(problem: Problem, exactly: bool | None = None) -> Assembly:
    """Solve a problem; `exactly` is whether to use OR-Tools, None to use it where it is.

    Where the exact solver gave up within its effort, the result is that of the search.
    """
    if exactly is None:
        exactly = assembly_exact.is_there()
    solved = assembly_exact.solve(problem) if exactly else None
    return solved or assembly_search.search(problem)

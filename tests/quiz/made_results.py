"""Made results of an exam of one question with options."""

from __future__ import annotations

from typing import Any

from lunxun.quiz.results import Results

GOOD = [("a", 9)] * 16 + [("b", 6), ("c", 5), ("d", 4)] * 4 + [("a", 5)] * 8 + [("b", 1), ("c", 2)] * 2
"""What learners chose of a good question, and their points elsewhere."""


def made_choices(rows: list[tuple[str, int]], key: str = "a") -> Results:
    """Make results of one question with options a to d; each row is what was chosen, and points elsewhere (0 to 10)."""
    head: dict[str, Any] = {"format": 1, "paper": "p", "title": "卷", "total": 11, "rules": []}
    options = {name: f"选项{name}" for name in "abcd"}
    questions = [
        {"id": "q", "type": "单选", "section": "单选", "score": 1, "stem": "问", "options": options, "key": [key]},
        {"id": "rest", "type": "论述", "section": "论述", "score": 10, "stem": "论"},
    ]
    sittings = [
        {
            "number": str(place),
            "form": "A",
            "is_screen": True,
            "answers": {
                "q": {"points": int(chosen == key), "is_omitted": not chosen, "chosen": [chosen] if chosen else []},
                "rest": {"points": points},
            },
        }
        for place, (chosen, points) in enumerate(rows)
    ]
    placed = [{**one, "numbers": {"A": str(place)}} for place, one in enumerate(questions, 1)]
    return Results.model_validate({**head, "questions": placed, "sittings": sittings}, strict=False)

"""Where content lies: records and hand-written pages in one folder, questions and papers in another beside it."""

from __future__ import annotations

from pathlib import Path

CONTENT, QUIZZES = "content", "quizzes"


def quizzes_beside(content: Path) -> Path:
    """Give the folder of question banks that belongs to a content folder; it may not exist."""
    return content.parent / QUIZZES

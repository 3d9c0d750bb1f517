"""Print tables as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console import say


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a title and a table below it."""
    say(f"\n{title}\n")
    for row in (heads, ["---"] * len(heads), *rows):
        say(f"| {' | '.join(row)} |")

"""Questions made by the dozen, as YAML to be added to the good bank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_REST = """    rationale: |
      第{number}题的道理写在这里，与别的题都不相同，是为了凑够字数{filler}。
    basis: [grid-term]
    difficulty: 2
    level: 识记
    topics: [grid]
"""


def singles(*questions: tuple[str, Sequence[str], str]) -> str:
    """Write 单选 questions from their stems, options and keys."""
    heads = (
        f"    type: 单选\n    stem: {stem}\n    options: [{', '.join(options)}]\n    key: {key}\n"
        for stem, options, key in questions
    )
    return _written("single", heads)


def judgements(*stems: str, enemies: bool = False) -> str:
    """Write 判断 questions from their stems; a question mark in front makes a statement wrong."""
    heads = []
    for number, stem in enumerate(stems):
        key = "错" if stem.startswith("?") else "对"
        apart = f"    enemies: [made-judgement-{1 - number}]\n" if enemies else ""
        heads.append(f"    type: 判断\n    stem: {stem.removeprefix('?')}\n    key: {key}\n{apart}")
    return _written("judgement", heads)


def _written(name: str, heads: Iterable[str]) -> str:
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    return "".join(
        f"  - id: made-{name}-{number}\n{head}" + _REST.format(number=letters[number], filler=letters[number] * 6)
        for number, head in enumerate(heads)
    )

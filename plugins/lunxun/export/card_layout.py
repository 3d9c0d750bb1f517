"""The 答题卡 of a form, for any format: letters to fill in by fives, blanks to write on, ruled boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lunxun.export.paper_layout import FILLED, Head, Print, head, section_title, section_worth
from lunxun.export.pieces import letter, number
from lunxun.quiz.paper_files import Asked, FormFile

WRITTEN = ("填空", "匹配", "排序")
GROUP = 5
# Ruled lines are some 8.5 mm apart; a grown-up writes about 18 characters on one, 25 to 30 characters a point.
_LINES_A_POINT, _FEWEST, _MOST, _WHOLE = 1.4, 4, 60, 9
_LABEL, _BUBBLE, _BETWEEN = 2.4, 1.75, 1.2
NOTES = (
    "单位、姓名、编号写在密封线以内，每张纸都写。",
    "选择题、判断题把所选的一格涂黑，如 [■]；改动时擦净，或划去重涂并在旁边写明。",
    "其余各题写在题号后面的横线上或方框内，写在框外、密封线内的不计分。",
)


@dataclass(frozen=True, slots=True)
class Bubbles:
    """Questions answered by filling in letters: groups of five, each question its number and its letters.

    `most` groups have room side by side, `across` of them are needed.
    """

    most: int
    across: int
    groups: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Questions answered on lines: number, and a label before each line; `ems` is how long a line is."""

    rows: tuple[tuple[str, tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A question answered in sentences: ruled lines under its number and score; `kept` of them stay with these."""

    label: str
    score: str
    lines: int
    kept: int


@dataclass(frozen=True, slots=True)
class CardSection:
    """The place for the answers of a 大题."""

    title: str
    worth: str
    blocks: tuple[Bubbles | Written | Box, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """A 答题卡."""

    print: Print
    head: Head
    notes: tuple[str, ...]
    sections: tuple[CardSection, ...]


def card_view(form: FormFile, how: Print) -> CardView:
    """Lay out the answer card of a form."""
    sections = tuple(
        CardSection(section_title(place, section), section_worth(section), tuple(_blocks(section.items, how)))
        for place, section in enumerate(form.sections, 1)
    )
    return CardView(how, head(form), NOTES, sections)


def _blocks(items: Iterable[Asked], how: Print) -> Iterator[Bubbles | Written | Box]:
    for kind, run in groupby(_numbered(items), key=lambda one: _kind(one[1])):
        if kind == "filled":
            yield _bubbles([(label, _letters(item)) for label, item in run], how)
        elif kind == "written":
            yield Written(tuple(_row(label, item) for label, item in run))
        else:
            yield from (_box(label, item) for label, item in run)


def _numbered(items: Iterable[Asked]) -> Iterator[tuple[str, Asked]]:
    for item in items:
        yield from ((f"{item.no}（{part.no}）", part) for part in item.parts)
        if not item.parts:
            yield str(item.no), item


def _kind(item: Asked) -> str:
    return "filled" if item.type in FILLED else "written" if item.type in WRITTEN else "box"


def _letters(item: Asked) -> tuple[str, ...]:
    return ("对", "错") if item.type == "判断" else tuple(letter(place) for place in range(len(item.options)))


def _bubbles(rows: list[tuple[str, tuple[str, ...]]], how: Print) -> Bubbles:
    groups = tuple(tuple(rows[at : at + GROUP]) for at in range(0, len(rows), GROUP))
    most = max(len(letters) for _, letters in rows)
    longest = max(len(label) for label, _ in rows)
    wide = _LABEL + max(0, longest - 3) + most * _BUBBLE + _BETWEEN
    room = max(1, min(6, int(how.line / wide)))
    return Bubbles(room, min(room, len(groups)), groups)


def _row(label: str, item: Asked) -> tuple[str, tuple[str, ...], int]:
    if item.type == "填空":
        count = max(1, item.blanks)
        return label, ("",) if count == 1 else tuple(f"（{place}）" for place in range(1, count + 1)), 11
    if item.type == "匹配":
        return label, tuple(f"（{place}）" for place in range(1, len(item.lefts) + 1)), 4
    return label, ("", *("→" for _ in item.steps[1:])), 3


def _box(label: str, item: Asked) -> Box:
    ruled = min(_MOST, max(_FEWEST, round(item.score * _LINES_A_POINT)))
    return Box(label, number(item.score), ruled, ruled if ruled <= _WHOLE else 3)

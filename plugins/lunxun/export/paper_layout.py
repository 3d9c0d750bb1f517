"""A form as it is printed, for any format: numbered sections, options in rows, what stays together on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lunxun.export.pieces import (
    BRACKETS,
    Line,
    Piece,
    columns,
    height,
    letter,
    lines,
    number,
    one_line,
    with_brackets,
)
from lunxun.quiz.paper_files import Asked, AskedSection, FormFile
from lunxun.text.numerals import to_chinese

TYPE_NAMES = {
    "单选": "单项选择题",
    "多选": "多项选择题",
    "判断": "判断题",
    "填空": "填空题",
    "匹配": "匹配题",
    "排序": "排序题",
    "简答": "简答题",
    "论述": "论述题",
    "案例分析": "案例分析题",
}
FILLED = ("单选", "多选", "判断")
"""Types that are answered by a letter or a sign, and filled in on the card."""

# What is longer may be cut by the end of a page: keeping it whole would leave half a page empty.
_MOST_KEPT = 22
_CODE = 8


@dataclass(frozen=True, slots=True)
class Print:
    """How large: type in points, and how many characters a line of an A4 page holds beside the seal."""

    large: bool
    size: float
    line: float


NORMAL = Print(large=False, size=10.5, line=43)
LARGE = Print(large=True, size=18, line=25)


@dataclass(frozen=True, slots=True)
class Labelled:
    """An option, a step or a side, after its letter or number."""

    label: str
    line: Line


@dataclass(frozen=True, slots=True)
class Question:
    """A question or a part of one; `columns` options stand side by side, `keep` says that no page may cut it."""

    label: str
    stem: tuple[Line, ...]
    columns: int
    options: tuple[Labelled, ...]
    lefts: tuple[Labelled, ...]
    rights: tuple[Labelled, ...]
    parts: tuple[Question, ...]
    keep: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A 大题: `title` with its number, `worth` in brackets, what to do, and its questions."""

    title: str
    worth: str
    instructions: str
    total: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top and foot of a printed form; `scores` pairs the number of each section with its total."""

    title: str
    form: str
    about: tuple[str, ...]
    scores: tuple[tuple[str, str], ...]
    total: str
    code: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A 试卷."""

    print: Print
    head: Head
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


def paper_view(form: FormFile, how: Print) -> PaperView:
    """Lay out a form. What is given holds nothing but texts that a learner may see: no ids, no keys."""
    sections = tuple(_section(place, section, how) for place, section in enumerate(form.sections, 1))
    return PaperView(how, head(form), tuple(one_line(note) for note in form.notes), sections)


def head(form: FormFile) -> Head:
    """Say what a form is. The code tells forms apart that have the same title, and says nothing of their content."""
    scores = tuple(
        (to_chinese(place), number(section_total(section))) for place, section in enumerate(form.sections, 1)
    )
    about = (f"考试时间：{form.minutes}分钟", f"满分：{number(form.total)}分")
    return Head(one_line(form.title), f"{form.form}卷", about, scores, number(form.total), form.digest[:_CODE])


def section_title(place: int, section: AskedSection) -> str:
    """Name a section with its number."""
    return f"{to_chinese(place)}、{TYPE_NAMES[section.type]}"


def section_total(section: AskedSection) -> float:
    """Add up what the questions of a section are worth."""
    return sum(item.score for item in section.items)


def section_worth(section: AskedSection) -> str:
    """Say what a question and what the whole section is worth."""
    total = number(section_total(section))
    scores = {item.score for item in section.items}
    if len(section.items) == 1:
        return f"（本题{total}分）"
    each = f"每小题{number(scores.pop())}分，" if len(scores) == 1 else ""
    return f"（{each}共{total}分）"


def _section(place: int, section: AskedSection, how: Print) -> Section:
    return Section(
        section_title(place, section),
        section_worth(section),
        one_line(section.instructions),
        number(section_total(section)),
        tuple(_question(f"{item.no}.", item, how) for item in section.items),
    )


def _question(label: str, item: Asked, how: Print, tail: str = "") -> Question:
    text = with_brackets(item.stem.rstrip()) + tail
    stem = lines(text)
    if item.type in FILLED and BRACKETS not in text:
        stem = (*stem[:-1], (*(stem[-1] if stem else ()), Piece("end", BRACKETS)))
    parts = tuple(_question(f"（{part.no}）", part, how, f"（{number(part.score)}分）") for part in item.parts)
    options = _lettered(item.options or item.steps)
    lefts = tuple(Labelled(f"（{place}）", _flat(text)) for place, text in enumerate(item.lefts, 1))
    rights = _lettered(item.rights)
    plain = [f"{one.label} {_words(one.line)}" for one in options]
    count = 1 if how.large else columns(plain, how.line - 2)
    tall = height([text], how.line) + height(plain, how.line / count) // count
    tall += max(height(map(_words_of, lefts), how.line / 2), height(map(_words_of, rights), how.line / 2))
    return Question(label, stem, count, options, lefts, rights, parts, tall <= _MOST_KEPT)


def _lettered(texts: Iterable[str]) -> tuple[Labelled, ...]:
    return tuple(Labelled(f"{letter(place)}.", _flat(text)) for place, text in enumerate(texts))


def _flat(text: str) -> Line:
    # An option of several paragraphs is set as one: its letter stands before one text.
    return next(iter(lines(one_line(text))), ())


def _words(line: Line) -> str:
    return "".join(piece.text for piece in line)


def _words_of(one: Labelled) -> str:
    return one.label + _words(one.line)

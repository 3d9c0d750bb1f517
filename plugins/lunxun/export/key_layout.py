"""答案与评分标准 of a form, for any format: keys in brief, points with their scores, reasons and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lunxun.export.paper_layout import FILLED, Head, head, section_title, section_worth
from lunxun.export.pieces import clean, number, one_line
from lunxun.quiz.paper_files import Asked, AskedSection, FormFile, Keyed, KeyFile
from lunxun.records.question_types import Blank

WARNING = "教师用，考试结束以前不得外传。"


@dataclass(frozen=True, slots=True)
class Marked:
    """How a question in sentences is marked."""

    label: str
    score: str
    answer: tuple[str, ...]
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeySection:
    """The keys of a 大题: in a table (`brief`), on lines (`written`), with points (`marked`)."""

    title: str
    worth: str
    instructions: str
    brief: tuple[tuple[str, str], ...]
    written: tuple[tuple[str, str], ...]
    marked: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a key is the key, and what proves it."""

    label: str
    answer: str
    rationale: str
    basis: str


@dataclass(frozen=True, slots=True)
class KeyView:
    """What the trainer marks by."""

    head: Head
    warning: str
    sections: tuple[KeySection, ...]
    remarks: tuple[Remark, ...]


def dotted(label: str) -> str:
    """Write a number as it stands before a text: a dot after 21, none after 47（2）."""
    return label if label.endswith("）") else f"{label}."


def is_of(key: KeyFile, form: FormFile) -> bool:
    """Tell whether a key is that of a form: the same paper and letter, the same questions in the same places."""
    asked = [(number, item.id, item.score) for number, item in form.answered()]
    keyed = [(number, item.id, item.score) for number, item in key.answered().items()]
    return (key.paper, key.form) == (form.paper, form.form) and asked == keyed


def key_view(form: FormFile, key: KeyFile, names: Mapping[str, str]) -> KeyView:
    """Lay out a key beside its form; `names` gives what a basis is called, where that is known."""
    keys = key.answered()
    sections = tuple(_section(place, section, keys) for place, section in enumerate(form.sections, 1))
    remarks = tuple(
        _remark(label, item, keys[place], names)
        for section in form.sections
        for label, place, item in _labelled(section)
    )
    return KeyView(head(form), WARNING, sections, remarks)


def _section(place: int, section: AskedSection, keys: Mapping[str, Keyed]) -> KeySection:
    brief: list[tuple[str, str]] = []
    written: list[tuple[str, str]] = []
    marked: list[Marked] = []
    for label, name, item in _labelled(section):
        keyed = keys[name]
        if item.type in FILLED:
            brief.append((label, _answer(item, keyed)))
        elif keyed.points or item.type in ("简答", "论述"):
            points = tuple((one_line(point.text), number(point.score)) for point in keyed.points)
            answer = clean(keyed.key) if isinstance(keyed.key, str) else ""
            marked.append(Marked(label, number(item.score), _paragraphs(answer), points))
        else:
            written.append((label, _answer(item, keyed)))
    return KeySection(
        section_title(place, section),
        section_worth(section),
        one_line(section.instructions),
        tuple(brief),
        tuple(written),
        tuple(marked),
    )


def _labelled(section: AskedSection) -> Iterator[tuple[str, str, Asked]]:
    """Yield what is answered, with its number as it is printed and as `FormFile.answered` has it."""
    for item in section.items:
        yield from ((f"{item.no}（{part.no}）", f"{item.no}-{part.no}", part) for part in item.parts)
        if not item.parts:
            yield str(item.no), str(item.no), item


def _answer(item: Asked, keyed: Keyed) -> str:
    key = keyed.key
    if isinstance(key, str):
        if item.type == "匹配":
            return "　".join(f"（{place}）{one}" for place, one in enumerate(one_line(key), 1))
        return " → ".join(one_line(key)) if item.type == "排序" else one_line(key)
    blanks = [_blank(blank) for blank in key or ()]
    told = blanks if len(blanks) == 1 else [f"（{place}）{text}" for place, text in enumerate(blanks, 1)]
    return "　".join(told) + ("（各空可以互换）" if keyed.any_order and len(blanks) > 1 else "")


def _blank(blank: Blank) -> str:
    first, *others = (one_line(text) for text in blank.accept)
    unit = one_line(blank.unit or "")
    notes = [f"也可以写：{'、'.join(others)}"] if others else []
    notes += [f"误差 {number(float(blank.tolerance))} 以内"] if blank.tolerance is not None else []
    shown = first if not unit or first.endswith(unit) else first + unit
    return shown + (f"（{'；'.join(notes)}）" if notes else "")


def _remark(label: str, item: Asked, keyed: Keyed, names: Mapping[str, str]) -> Remark:
    answer = _answer(item, keyed) if item.type in FILLED else "见前"
    basis = "；".join(one_line(names.get(one, one)) for one in keyed.basis)
    return Remark(label, answer, " ".join(_paragraphs(keyed.rationale)), basis)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip().replace("**", "") for line in clean(text).split("\n") if line.strip())

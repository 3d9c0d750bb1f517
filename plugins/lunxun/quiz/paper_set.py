"""A paper as grading needs it: all forms of a folder, each question beside its key, and the two known to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from lunxun.quiz.answer_sheet import is_possible
from lunxun.quiz.paper_files import OBJECTIVE, Asked, FormFile, Keyed, PaperFileError, read_form, read_key
from lunxun.quiz.results import LONGEST_NAME

_MOST_FORMS = 26


@dataclass(frozen=True)
class Asking:
    """A question of a form beside its key; `place` is its 大题 counted from 0, `material` the text of its case."""

    number: str
    asked: Asked
    keyed: Keyed
    place: int
    section: str
    material: str = ""

    @property
    def is_objective(self) -> bool:
        """Tell whether a key alone decides on an answer."""
        return self.asked.type in OBJECTIVE

    @cached_property
    def lasting(self) -> dict[str, str]:
        """Map the letters of a form to the lasting ids of the options."""
        return {chr(ord("A") + place): name for place, name in enumerate(self.keyed.order)}


@dataclass(frozen=True)
class FormSet:
    """A form with its key."""

    form: FormFile
    askings: dict[str, Asking]

    @cached_property
    def digest(self) -> str:
        """Give what tells the form from any other."""
        return self.form.digest


@dataclass(frozen=True)
class PaperSet:
    """All forms of a paper, by letter."""

    paper: str
    title: str
    forms: dict[str, FormSet]

    @cached_property
    def secret(self) -> bytes:
        """Give what only those who hold the keys know: from it the numbers of sittings are made."""
        told = sha256()
        for letter, asking in self.askings():
            told.update(f"{self.paper}/{letter}/{asking.keyed.model_dump_json()}".encode())
        return told.digest()

    def askings(self) -> Iterator[tuple[str, Asking]]:
        """Yield everything asked, with the letter of its form."""
        for letter, one in self.forms.items():
            yield from ((letter, asking) for asking in one.askings.values())


def read_paper(folder: Path) -> PaperSet:
    """Read what `lunxun paper make` wrote into a folder; raise PaperFileError."""
    paths = sorted(folder.glob("form-?.json"))
    if not paths:
        raise PaperFileError(f"{folder} 里没有 form-a.json 这样的试卷。写 lunxun paper make 写出的文件夹。")
    forms = [_form_set(path) for path in paths[:_MOST_FORMS]]
    first = forms[0].form
    for path, one in zip(paths, forms, strict=False):
        if one.form.paper != first.paper:
            raise PaperFileError(f"{path} 是另一份试卷（{one.form.paper}）的，一个文件夹只放一份试卷。")
    if len({one.form.form for one in forms}) != len(forms):
        raise PaperFileError(f"{folder} 里有两个文件是同一套卷，留下一个。")
    return PaperSet(first.paper, first.title, {one.form.form: one for one in forms})


def _form_set(path: Path) -> FormSet:
    key_path = path.with_name(path.name.replace("form-", "key-", 1))
    form, key = read_form(path), read_key(key_path)
    keys = key.answered()
    if (form.paper, form.form) != (key.paper, key.form) or [
        (number, asked.id, asked.score) for number, asked in form.answered()
    ] != [(number, keyed.id, keyed.score) for number, keyed in keys.items()]:
        raise PaperFileError(f"{path.name} 和 {key_path.name} 对不上，不是同一次出的。用 lunxun paper make 重新出卷。")
    askings = {asking.number: asking for asking in _askings(form, keys)}
    for asking in askings.values():
        if not _fits(asking):
            raise PaperFileError(f"{key_path} 第 {asking.number} 题的答案与题型对不上，可能改动过。重新出卷。")
    return FormSet(form, askings)


def _askings(form: FormFile, keys: dict[str, Keyed]) -> Iterator[Asking]:
    for place, section in enumerate(form.sections):
        for item in section.items:
            for part in item.parts:
                number = f"{item.no}-{part.no}"
                yield Asking(number, part, keys[number], place, section.type, item.stem)
            if not item.parts:
                yield Asking(str(item.no), item, keys[str(item.no)], place, section.type)


def _fits(asking: Asking) -> bool:
    asked, key = asking.asked, asking.keyed.key
    if asked.type == "案例分析":
        return False  # a case without parts asks nothing
    if asked.type == "填空":
        return isinstance(key, tuple) and len(key) == asked.blanks > 0
    if not isinstance(key, str):
        return False
    if not asking.is_objective:
        return True
    if asked.type in ("单选", "多选") and not _names_all(asking.keyed.order, len(asked.options)):
        return False
    return is_possible(asked, key) and "-" not in key


def _names_all(order: Sequence[str], count: int) -> bool:
    return len(order) == len(set(order)) == count and all(len(name) <= LONGEST_NAME for name in order)

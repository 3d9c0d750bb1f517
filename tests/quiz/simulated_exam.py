"""A made-up exam whose truth is known: learners with abilities, answers that follow from them, files of all kinds."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lunxun.quiz import sealing
from lunxun.quiz.answer_sheet import Answer, Learner, letters
from lunxun.quiz.formats.office import office_module
from lunxun.quiz.paper_files import Asked, Keyed
from lunxun.quiz.paper_set import Asking, PaperSet
from lunxun.quiz.sittings import Sitting

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


@dataclass
class Examinee:
    """A learner who never was: what they answered, and what it is worth."""

    name: str
    unit: str
    number: str
    form: str
    ability: float
    sitting: str
    answers: dict[str, Answer] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)
    """Points by question id, free answers included: the truth."""

    @property
    def total(self) -> float:
        return sum(self.worth.values())


def examinees(paper: PaperSet, count: int, seed: int) -> list[Examinee]:
    """Let learners sit the forms of a paper in turn."""
    chance = random.Random(seed)
    forms = list(paper.forms)
    hardness = {asking.asked.id: chance.gauss(-0.7, 1.0) for _, asking in paper.askings()}
    found = []
    for place in range(count):
        one = Examinee(
            name=f"{SURNAMES[place % len(SURNAMES)]}某{place // len(SURNAMES) or ''}",
            unit=f"{chance.choice('东西南北')}乡",
            number=f"{2026001 + place}",
            form=forms[place % len(forms)],
            ability=chance.gauss(0, 1.2),
            sitting=f"{chance.getrandbits(128):032x}",
        )
        for asking in paper.forms[one.form].askings.values():
            _answer(one, asking, hardness[asking.asked.id], chance)
        found.append(one)
    return found


def _answer(one: Examinee, asking: Asking, hardness: float, chance: random.Random) -> None:
    asked, keyed = asking.asked, asking.keyed
    likely = 1 / (1 + math.exp(-1.5 * (one.ability - hardness)))
    if chance.random() < 0.03:
        one.worth[asked.id] = 0
        return
    if not asking.is_objective:
        halves = round(asked.score * 2)
        got = sum(chance.random() < likely for _ in range(halves))
        one.answers[asking.number] = f"这一题我这样答：先查清情况，再分步办。（{got} 个半分）"
        one.worth[asked.id] = got / 2
        return
    parts = _parts(asked, keyed)
    if asked.type in ("填空", "匹配"):
        right = [chance.random() < likely for _ in range(parts)]
    else:
        right = [chance.random() < likely] * parts
    one.answers[asking.number] = _written(asked, keyed, right, chance)
    share = sum(right) / len(right)
    one.worth[asked.id] = math.floor(share * asked.score * 2 + 1e-9) / 2


def _parts(asked: Asked, keyed: Keyed) -> int:
    return {"填空": asked.blanks, "匹配": len(asked.lefts)}.get(asked.type, 1)


def _written(asked: Asked, keyed: Keyed, right: list[bool], chance: random.Random) -> Answer:
    """Write an answer of which these parts are right and the others are wrong."""
    key = keyed.key
    if isinstance(key, tuple):
        return tuple(
            chance.choice(blank.accept) + (chance.choice(("", blank.unit or ""))) if is_right else f"别的{place}"
            for place, (blank, is_right) in enumerate(zip(key, right, strict=True))
        )
    assert key is not None
    signs = letters(asked)
    if asked.type == "匹配":
        return "".join(
            one if is_right else chance.choice([*(sign for sign in signs if sign != one), "-"])
            for one, is_right in zip(key, right, strict=True)
        )
    if right[0]:
        return key
    if asked.type == "排序":
        order = list(key)
        while "".join(order) == key:
            chance.shuffle(order)
        return "".join(order)
    while True:
        size = chance.randint(1, len(signs)) if asked.type == "多选" else 1
        given = "".join(sorted(chance.sample(signs, size)))
        if given != key:
            return given


def payload(paper: PaperSet, one: Examinee, **changes: Any) -> dict[str, Any]:
    """Give the answer sheet that the exam page would seal."""
    return {
        "format": 1,
        "paper": paper.paper,
        "form": one.form,
        "digest": paper.forms[one.form].digest,
        "sitting": one.sitting,
        "learner": {"name": one.name, "unit": one.unit, "number": one.number},
        "started": "2026-11-22T09:00:00",
        "handed": "2026-11-22T10:20:00",
        "seconds": 4800,
        "answers": one.answers,
        **changes,
    }


def as_sittings(paper: PaperSet, group: list[Examinee]) -> list[Sitting]:
    """Give sittings as if all had been opened, their free answers marked."""
    return [
        Sitting(one.sitting, one.form, Learner(number=one.number), True, one.number, one.answers, _given(paper, one))
        for one in group
    ]


def _given(paper: PaperSet, one: Examinee) -> dict[str, float]:
    askings = paper.forms[one.form].askings.values()
    return {asking.number: one.worth[asking.asked.id] for asking in askings if not asking.is_objective}


def file_name(paper: PaperSet, one: Examinee) -> str:
    return f"答卷-{paper.paper}-{one.form}-{one.sitting[:8]}.lxa"


def seal_all(folder: Path, paper: PaperSet, group: list[Examinee], public: bytes) -> None:
    """Write a sealed file for each."""
    folder.mkdir(exist_ok=True)
    for one in group:
        (folder / file_name(paper, one)).write_bytes(sealing.seal(payload(paper, one), public))


def type_in(path: Path, group: list[Examinee], paper: PaperSet) -> None:
    """Fill in a sheet of entries as a trainer would, free answers left to the markers."""
    book = office_module("openpyxl").load_workbook(path)
    sheet = book["登分"]
    columns = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    for row, one in enumerate(group, 4):
        for name, value in (("姓名", one.name), ("单位", one.unit), ("编号", one.number), ("卷别", one.form)):
            sheet.cell(row, columns[name]).value = value
        for number, answer in one.answers.items():
            if paper.forms[one.form].askings[number].is_objective:
                text = answer if isinstance(answer, str) else "；".join(text or "-" for text in answer)
                sheet.cell(row, columns[number]).value = text
    book.save(path)


def rows_to_mark(book: Any) -> Iterator[tuple[Any, int, str, str]]:
    """Yield each answer of a marking sheet: its page, its row, the id of its question and the number of its sitting."""
    for sheet in book.worksheets:
        labels = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
        if "题目编号" not in labels:
            continue
        name = str(sheet.cell(labels["题目编号"], 2).value)
        for row in range(labels["考号"] + 1, sheet.max_row + 1):
            yield sheet, row, name, str(sheet.cell(row, 1).value)

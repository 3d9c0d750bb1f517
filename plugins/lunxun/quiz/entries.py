"""A sheet of entries: what learners wrote on paper, typed in by the trainer: a row a learner, a column a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from lunxun.findings import Finding, Place
from lunxun.quiz.answer_sheet import NONE, Answer, Learner, is_possible, letters
from lunxun.quiz.formats.workbook import MAX_ROWS, REMEDY, Cell, read_workbook
from lunxun.quiz.paper_set import Asking, PaperSet
from lunxun.quiz.sheet_places import ENTRY, SheetPlaces, cell_at, points_in
from lunxun.quiz.sittings import Refused, Sitting
from lunxun.text.folding import fold_width

SHEET = "登分"
NAME, UNIT, NUMBER, FORM = "姓名", "单位", "编号", "卷别"
HEADINGS = ("序号", NAME, UNIT, NUMBER, FORM)
_HEADING_ROWS = 10
_MOST_COLUMNS = 600
_LONGEST_NAME = 100
_BETWEEN_BLANKS = re.compile(r"[;|\n]")
_BETWEEN_LETTERS = re.compile(r"[\s,、.;/|→>]+")
_RIGHT, _WRONG = ("√", "✓", "正确", "T", "TRUE"), ("×", "✗", "X", "错误", "F", "FALSE")
_JUDGED = dict.fromkeys(_RIGHT, "对") | dict.fromkeys(_WRONG, "错")
_LEARNER = {"name": NAME, "unit": UNIT, "number": NUMBER}


@dataclass(slots=True)
class Entries:
    """What a sheet of entries holds."""

    sittings: list[Sitting] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    absent: int = 0


def read_entries(file: str, data: bytes, paper: PaperSet) -> Entries:
    """Read the bytes of an .xlsx file; a row with a cell that cannot be read is refused, the others count."""
    sheets = read_workbook(data, columns=_MOST_COLUMNS)
    if isinstance(sheets, str):
        return Entries(findings=[ENTRY.at(Place(file), sheets, REMEDY)])
    for name in sorted(sheets, key=lambda one: one != SHEET):
        heading = next((at for at, row in enumerate(sheets[name][:_HEADING_ROWS]) if _is_heading(row)), None)
        if heading is not None:
            return _Reader(SheetPlaces(file, name, ENTRY), paper).read(sheets[name], heading)
    remedy = "用 lunxun paper sheet 重新写一份登分表，不要改表头。"
    return Entries(findings=[ENTRY.at(Place(file), f"没有找到有“{NAME}”“{FORM}”两列的工作表", remedy)])


def _is_heading(row: Sequence[Cell]) -> bool:
    return {NAME, FORM} <= {str(value).strip() for value, _ in row if value is not None}


class _Reader:
    def __init__(self, places: SheetPlaces, paper: PaperSet) -> None:
        self.places, self.paper = places, paper
        self.entries = Entries(findings=places.findings)
        self.seen: set[str] = set()

    def read(self, rows: list[list[Cell]], heading: int) -> Entries:
        columns = self._columns(rows[heading], heading + 1)
        for number, row in enumerate(rows[heading + 1 : MAX_ROWS], heading + 2):
            self._row(number, row, columns)
        if len(rows) > MAX_ROWS:
            self.places.say(MAX_ROWS + 1, 1, f"一张表最多 {MAX_ROWS} 行，从这里起没有读", "分成几个文件。")
        return self.entries

    def _columns(self, row: list[Cell], number: int) -> dict[str, int]:
        known = {asking.number for _, asking in self.paper.askings()} | set(HEADINGS)
        columns: dict[str, int] = {}
        for column, cell in enumerate(row, 1):
            text = self.places.text(number, column, cell)
            if not text:
                continue
            if text not in known or text in columns:
                why = "有两列" if text in columns else "卷上没有"
                self.places.say(number, column, f"{why}“{text[:20]}”，这一列没有读", "表头照模板，不要改。")
                continue
            columns[text] = column
        return columns

    def _row(self, number: int, row: list[Cell], columns: dict[str, int]) -> None:
        before = len(self.places.findings)
        texts = {
            name: text
            for name, column in columns.items()
            if name != HEADINGS[0]
            and (text := self.places.text(number, column, cell_at(row, column), is_narrow=name not in HEADINGS))
        }
        is_clean = len(self.places.findings) == before
        if is_clean and not texts:
            return
        learner = Learner(**{field: texts.get(name, "")[:_LONGEST_NAME] for field, name in _LEARNER.items()})
        if is_clean and texts.keys() <= set(HEADINGS):
            self.entries.absent += 1
            return
        sitting = self._sitting(number, texts, columns, learner)
        said = self.places.findings[before:]
        if said:
            cells = "；".join(dict.fromkeys(one.message.partition("”单元格 ")[2] for one in said))
            self.entries.refused.append(Refused(self._origin(number, learner), f"读不懂：{cells}"))
        else:
            self.entries.sittings.append(sitting)

    def _sitting(self, row: int, texts: dict[str, str], columns: dict[str, int], learner: Learner) -> Sitting:
        letter = fold_width(texts.get(FORM, "")).upper().removesuffix("卷").strip()
        form = self.paper.forms.get(letter)
        answers: dict[str, Answer] = {}
        given: dict[str, float] = {}
        if form is None:
            there = "、".join(self.paper.forms)
            said = f"没有“{letter[:10]}”卷" if letter else "没有写卷别"
            self.places.say(row, columns[FORM], said, f"写 {there}。")
            return self._made(row, letter, learner, answers, given)
        for name in (one for one in texts if one not in HEADINGS):
            asking = form.askings.get(name)
            found = f"{letter} 卷没有第 {name} 题" if asking is None else _answer(asking, texts[name])
            if isinstance(found, float):
                given[name] = found
            elif asking is not None and asking.is_objective and is_possible(asking.asked, found):
                answers[name] = found
            else:
                self.places.say(row, columns[name], str(found), "对照答题卡改好；主观题写得分，还没有评的空着。")
        return self._made(row, letter, learner, answers, given)

    def _made(
        self, row: int, form: str, learner: Learner, answers: dict[str, Answer], given: dict[str, float]
    ) -> Sitting:
        who = "/".join((learner.name, learner.unit, learner.number))
        if not who.strip("/") or who in self.seen:
            who += f"/{self.places.file}/{row}"
        self.seen.add(who)
        name = sha256(f"{self.paper.paper}/{who}".encode()).hexdigest()[:32]
        return Sitting(name, form, learner, False, self._origin(row, learner), answers, given)

    def _origin(self, row: int, learner: Learner) -> str:
        who = f"（{learner.name}）" if learner.name else ""
        return f"{self.places.file} 工作表“{self.places.sheet}”第 {row} 行{who}"


def _answer(asking: Asking, text: str) -> Answer | float:
    """Read a cell as an answer, as points for a free answer, or as a Chinese text that is neither."""
    asked = asking.asked
    if not asking.is_objective:
        return points_in("0" if text in (NONE, "未答") else text, asked.score)
    if asked.type == "填空":
        texts = tuple("" if one.strip() == NONE else one.strip() for one in _BETWEEN_BLANKS.split(text))
        wrong = f"有 {asked.blanks} 个空，写了 {len(texts)} 个，用分号隔开，空着的写 -"
        return texts if len(texts) == asked.blanks else wrong
    written = _BETWEEN_LETTERS.sub("", text.upper())
    if asked.type == "判断":
        written = _JUDGED.get(written, written)
    elif asked.type == "多选":
        written = "".join(sorted(written))
    return written if is_possible(asked, written) else _what_may_be(asking, text)


def _what_may_be(asking: Asking, text: str) -> str:
    asked, signs = asking.asked, letters(asking.asked)
    shown = f"“{text[:20]}”"
    if asked.type == "判断":
        return f"{shown}看不懂，写 对 或 错"
    if asked.type == "匹配":
        return f"{shown}看不懂，依次写 {len(asked.lefts)} 个字母（{signs[0]}—{signs[-1]}），空着的写 -"
    if asked.type == "排序":
        return f"{shown}看不懂，{signs[0]}—{signs[-1]} 依次各写一次"
    how = "一个字母" if asked.type == "单选" else "选了的字母，每个一次"
    return f"{shown}看不懂，写{how}（{signs[0]}—{signs[-1]}）"

"""Marking sheets that markers have filled in, read back; a sheet a question, a row an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.workbook import MAX_ROWS, REMEDY, Cell, read_workbook
from lunxun.quiz.marks import HEADINGS, ID_LABEL, SCORE_COLUMNS, Key, Marked, Marks
from lunxun.quiz.sheet_places import MARK, MARK_LEFT_OUT, SheetPlaces, cell_at, points_in

_MOST_SHEETS, _COLUMNS, _HEAD_ROWS = 300, 12, 60
_NUMBER, _, _FIRST, _SECOND, _DECIDED, _NOTE = HEADINGS


@dataclass(slots=True)
class MarksRead:
    """What marking sheets hold: each answer's scores, and where each was written, for later complaints."""

    marks: Marks = field(default_factory=dict)
    places: dict[Key, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_marks(file: str, data: bytes, scores: Mapping[str, float], read: MarksRead) -> None:
    """Add the marks of an .xlsx file to those read before; `scores` gives the score of each question by id."""
    sheets = read_workbook(data, columns=_COLUMNS, sheets=_MOST_SHEETS)
    if isinstance(sheets, str):
        read.findings.append(MARK.at(Place(file), sheets, REMEDY))
        return
    has_any = False
    for name, rows in sheets.items():
        sheet = _Sheet(SheetPlaces(file, name, MARK, read.findings), read)
        has_any |= sheet.read(rows, scores)
    if not has_any:
        remedy = "写 lunxun paper grade 写出的阅卷表，不要改表头。"
        read.findings.append(MARK.at(Place(file), "不是阅卷表：没有一张工作表有题目编号和考号", remedy))


class _Sheet:
    def __init__(self, places: SheetPlaces, read: MarksRead) -> None:
        self.places, self.into = places, read
        self.seen: set[str] = set()

    def read(self, rows: list[list[Cell]], scores: Mapping[str, float]) -> bool:
        """Read one sheet; tell whether it is one of marks."""
        head = {str(cell_at(row, 1)[0]).strip(): at for at, row in reversed(list(enumerate(rows[:_HEAD_ROWS])))}
        if ID_LABEL not in head or _NUMBER not in head:
            return False
        at = head[ID_LABEL]
        name = self.places.text(at + 1, 2, cell_at(rows[at], 2)) or ""
        if name not in scores:
            self.places.say(at + 1, 2, f"这份试卷没有主观题“{name[:64]}”", "不要改题目编号。")
            return True
        columns = {str(value).strip(): column for column, (value, _) in enumerate(rows[head[_NUMBER]], 1)}
        for missing in set(SCORE_COLUMNS) - columns.keys():
            self.places.say(head[_NUMBER] + 1, 1, f"表头没有“{missing}”", "不要改表头。")
        for number, row in enumerate(rows[head[_NUMBER] + 1 : MAX_ROWS], head[_NUMBER] + 2):
            self._row(name, scores[name], number, row, columns)
        if len(rows) > MAX_ROWS:
            self.places.say(MAX_ROWS + 1, 1, f"一张表最多 {MAX_ROWS} 行，从这里起没有读")
        return True

    def _row(self, name: str, score: float, number: int, row: list[Cell], columns: Mapping[str, int]) -> None:
        sitting = (self.places.text(number, 1, cell_at(row, 1)) or "").upper()
        points = {one: self._points(number, row, columns[one], score) for one in SCORE_COLUMNS if one in columns}
        written = [one for one in points.values() if one is not None]
        note = self._note(row, columns)
        if not sitting:
            if written:
                self.places.say(number, 1, "评了分，没有考号", "写上考号；不知道是谁的，重新生成阅卷表对照答案找。")
            return
        if sitting in self.seen:
            self.places.say(number, 1, f"考号 {sitting[:20]} 有两行", "留下一行。")
            return
        self.seen.add(sitting)
        if written or note:
            self._add((name, sitting), points, note, number, columns)

    def _points(self, number: int, row: list[Cell], column: int, score: float) -> float | None:
        text = self.places.text(number, column, cell_at(row, column))
        if not text:
            return None
        found = points_in(text, score)
        if isinstance(found, str):
            self.places.say(number, column, found, f"写 0 到 {score:g} 的分数，可以有半分。")
            return None
        return found

    def _note(self, row: list[Cell], columns: Mapping[str, int]) -> str:
        value = cell_at(row, columns[_NOTE])[0] if _NOTE in columns else None
        return value.strip() if isinstance(value, str) else ""

    def _add(
        self, key: Key, points: Mapping[str, float | None], note: str, number: int, columns: Mapping[str, int]
    ) -> None:
        before = self.into.marks.get(key, Marked())
        new = [one for one in (points.get(_FIRST), points.get(_SECOND)) if one is not None]
        scores = (*before.scores, *new)
        decided = points.get(_DECIDED)
        if len(scores) > 2:
            self.places.say(number, columns[_FIRST], f"考号 {key[1]} 的这一题评了不止两次", "留下两个人的评分。")
        if decided is not None and before.decided not in (None, decided):
            self.places.say(number, columns[_DECIDED], f"考号 {key[1]} 的定分与另一个文件不同", "商定一个。")
        notes = dict.fromkeys(one for one in (before.note, note) if one)
        decided = before.decided if decided is None else decided
        self.into.marks[key] = replace(before, scores=scores[:2], decided=decided, note="；".join(notes))
        self.into.places.setdefault(key, Place(self.places.file, number, 1))


def unused(read: MarksRead, wanted: set[Key]) -> list[Finding]:
    """Name the marks of answers that are not there to be marked."""
    said = "考号 {} 在这次的答卷里没有这一题要评，评分没有用上"
    return [
        MARK_LEFT_OUT.at(place, f"“{key[0]}”：{said.format(key[1])}")
        for key, place in read.places.items()
        if key not in wanted and (read.marks[key].scores or read.marks[key].decided is not None)
    ]

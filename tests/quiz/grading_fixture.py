"""A small paper of all types, its keys, and how to have it graded through the front door."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lunxun.cli import main
from lunxun.quiz import sealing
from lunxun.quiz.formats.office import office_module
from lunxun.quiz.paper_set import PaperSet, read_paper
from lunxun.quiz.trainer_keys import write_keys

_HEAD = {"format": 1, "paper": "small", "title": "小测"}
_ANSWERS: dict[str, Any] = {
    "1": "B",
    "2": "AC",
    "3": "对",
    "4": ["书记", "12天"],
    "5": "BA",
    "6": "CAB",
    "7": "先摸底，再分工。",
    "8-1": "A",
    "8-2": "看账目。",
}
RIGHT = _ANSWERS
"""Answers that are all right; 7 and 8-2 are free."""


def _asked(no: int, name: str, kind: str, score: float, **more: Any) -> dict[str, Any]:
    return {"no": no, "id": name, "type": kind, "score": score, "stem": f"第 {name} 题", **more}


def _sections() -> list[dict[str, Any]]:
    items = [
        _asked(1, "q-one", "单选", 1, options=["甲", "乙", "丙"]),
        _asked(2, "q-many", "多选", 2, options=["甲", "乙", "丙"]),
        _asked(3, "q-judge", "判断", 1),
        _asked(4, "q-blank", "填空", 3, blanks=2),
        _asked(5, "q-match", "匹配", 2, lefts=["左一", "左二"], rights=["右一", "右二", "右三"]),
        _asked(6, "q-order", "排序", 2, steps=["一", "二", "三"]),
        _asked(7, "q-short", "简答", 6),
        _asked(8, "q-case", "案例分析", 5) | {
            "parts": [_asked(1, "q-case-a", "单选", 1, options=["甲", "乙"]), _asked(2, "q-case-b", "简答", 4)]
        },
    ]  # fmt: skip
    said = {"多选": "每小题至少有两个正确答案，多选、少选、错选均不得分。"}
    return [
        {
            "type": one["type"],
            "count": 1,
            "score": one["score"],
            "instructions": said.get(one["type"], "作答。"),
            "items": [one],
        }
        for one in items
    ]


def _keys() -> list[dict[str, Any]]:
    def key(no: int, name: str, score: float, value: Any = None, **more: Any) -> dict[str, Any]:
        return {"no": no, "id": name, "score": score, "key": value, **more}

    blanks = [{"accept": ["书记"]}, {"accept": ["12", "十二"], "unit": "天"}]
    points = [{"text": "摸底", "score": 3}, {"text": "分工", "score": 3}]
    return [
        key(1, "q-one", 1, "B", order=["c", "a", "b"]),
        key(2, "q-many", 2, "AC", order=["a", "b", "c"]),
        key(3, "q-judge", 1, "对"),
        key(4, "q-blank", 3, blanks),
        key(5, "q-match", 2, "BA"),
        key(6, "q-order", 2, "CAB"),
        key(7, "q-short", 6, "先摸底，再分工。", points=points),
        key(8, "q-case", 5, parts=[key(1, "q-case-a", 1, "A", order=["x", "y"]), key(2, "q-case-b", 4, "看账目。")]),
    ]


@dataclass
class Exam:
    """A folder with a paper, a pair of keys, and a folder of answers."""

    root: Path
    paper: PaperSet
    public: bytes

    @property
    def forms(self) -> Path:
        return self.root / "forms"

    @property
    def answers(self) -> Path:
        return self.root / "answers"

    @property
    def out(self) -> Path:
        return self.root / "成绩"

    def payload(self, place: int = 1, **changes: Any) -> dict[str, Any]:
        """Give the answer sheet of one learner, all right."""
        return {
            "format": 1,
            "paper": "small",
            "form": "A",
            "digest": self.paper.forms["A"].digest,
            "sitting": f"{place:032x}",
            "learner": {"name": f"学员{place}", "unit": "某镇", "number": f"n{place}"},
            "started": "2026-11-22T09:00:00",
            "handed": "2026-11-22T10:00:00",
            "seconds": 600,
            "answers": RIGHT,
            **changes,
        }

    def hand_in(self, name: str, payload: Mapping[str, Any], public: bytes | None = None) -> Path:
        """Seal an answer sheet into the folder of answers."""
        path = self.answers / name
        path.write_bytes(sealing.seal(payload, public or self.public))
        return path

    def grade(self, *more: str | Path, answers: bool = True) -> int:
        """Run `lunxun paper grade`."""
        from_screen: list[str | Path] = []
        if answers:
            from_screen = ["--answers", self.answers, "--key-file", self.root / "keys" / "私钥.json"]
        return run("paper", "grade", self.forms, *from_screen, *more, "-o", self.out)

    def results(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "成绩.json").read_text("utf-8"))
        return found

    def points(self) -> dict[str, float | None]:
        """Give the points of the only sitting."""
        (only,) = self.results()["sittings"]
        return {name: one["points"] for name, one in only["answers"].items()}


def make_exam(root: Path) -> Exam:
    """Write the paper, the keys and an empty folder of answers."""
    folder = root / "forms"
    folder.mkdir()
    for letter in ("A", "B"):
        head = {**_HEAD, "form": letter}
        form = {**head, "mode": "考试", "minutes": 30, "total": 22, "notes": [], "sections": _sections()}
        key = {**head, "seed": "1", "items": _keys()}
        for name, data in (("form", form), ("key", key)):
            (folder / f"{name}-{letter.lower()}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    pair = sealing.keys()
    write_keys(root / "keys", pair, None)
    (root / "answers").mkdir()
    return Exam(root, read_paper(folder), pair.public)


def run(*arguments: str | Path) -> int:
    """Run the program; give its exit code."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def book_of(data: bytes | Path) -> Any:
    """Open a workbook as whoever fills it in does."""
    source = data if isinstance(data, Path) else io.BytesIO(data)
    return office_module("openpyxl").load_workbook(source)


def table(sheet: Any) -> list[list[Any]]:
    """Give the values of a sheet."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]

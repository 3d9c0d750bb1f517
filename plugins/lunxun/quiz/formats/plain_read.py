"""Questions written as text, line by line or paragraph by paragraph, as they stand in Word files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lunxun.findings import Place
from lunxun.quiz.formats import plain_lines as form
from lunxun.quiz.formats.fields import list_of, read_texts
from lunxun.quiz.formats.keys import short
from lunxun.quiz.formats.rules import FORM, LEFT_OUT, Intake, Read, is_sound, placed
from lunxun.quiz.formats.words import HEAD_LABELS
from lunxun.records.question_types import LETTERS

MAX_QUESTIONS = 500
MAX_LINE = 20_000
_SHORT_FIELDS = ("答案", "难度", "层次", "分值", "题号", "题型")
_HEAD_LISTS = ("topics", "audiences")


@dataclass(slots=True)
class _Block:
    """A question as its lines came; `kind` is what the heading above it says."""

    place: Place
    number: int
    kind: str | None
    texts: dict[str, list[str]] = field(default_factory=lambda: {"题干": []})
    options: list[list[str]] = field(default_factory=list)
    parts: list[_Block] = field(default_factory=list)
    is_broken: bool = False

    @property
    def is_answered(self) -> bool:
        return bool(self.options) or len(self.texts) > 1

    @property
    def is_case(self) -> bool:
        return "".join(self.texts.get("题型", ())).strip() == "案例分析" or (
            self.kind == "案例分析" and "题型" not in self.texts
        )


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.intake = Intake()
        self.head: dict[str, list[str]] = {}
        self.blocks: list[_Block] = []
        self.kind: str | None = None
        self.block: _Block | None = None
        self.lines: list[str] | None = None  # where the next line of text goes
        self.last = 0
        self.uses_plain_numbers = False
        self.place = Place(file)

    def read(self, number: int, line: str) -> None:
        """Take in one line."""
        self.place = Place(self.file, number)
        if len(line) > MAX_LINE:
            self.intake.findings.append(FORM.at(self.place, f"一行超过 {MAX_LINE} 字，没有读", "分成几段。"))
            return
        bare = line.strip().strip("\ufeff")
        if line.startswith("\\"):
            self._text(line[1:])
        elif not bare:
            if self.lines is not None:
                self.lines.append("")
        elif not (self._section(bare) or self._start(bare) or self._field(bare) or self._option(bare)):
            self._text(bare)

    def _section(self, line: str) -> bool:
        kind = form.section_of(line)
        if kind is None or (self.lines is not None and self.lines == [] and self.block):
            return False
        self.kind, self.block, self.lines, self.last = kind, None, None, 0
        return True

    def _start(self, line: str) -> bool:
        start = form.start_of(line)
        if start is None:
            typed = form.typed(line) if self.block is None or self.block.is_answered else None
            if typed is None or not line.startswith(("【", "[", "［")):
                return False
            self._begin(self.last + 1, line, None)
            return True
        case = self._open_case()
        if start.in_brackets and case is not None:
            return self._start_part(case, start)
        if start.in_brackets and self.uses_plain_numbers:
            return False
        top = self.blocks[-1] if self.block is not None else None
        follows = start.number == self.last + 1
        if top is not None and not follows and not (start.number > self.last and top.is_answered):
            return False
        self.uses_plain_numbers |= not start.in_brackets
        self._begin(start.number, start.rest, None)
        return True

    def _start_part(self, case: _Block, start: form.Start) -> bool:
        last = case.parts[-1] if case.parts else None
        if start.number != (last.number if last else 0) + 1:
            return False
        self._begin(start.number, start.rest, case)
        return True

    def _open_case(self) -> _Block | None:
        return self.blocks[-1] if self.block is not None and self.blocks and self.blocks[-1].is_case else None

    def _begin(self, number: int, rest: str, case: _Block | None) -> None:
        block = _Block(self.place, number, None if case else self.kind)
        if case is None:
            self.blocks.append(block)
            self.last = number
        else:
            case.parts.append(block)
        self.block, self.lines = block, block.texts["题干"]
        typed = form.typed(rest)
        if typed is not None:
            block.texts["题型"] = [typed[0]]
            rest = typed[1]
        if rest:
            self.lines.append(rest)

    def _field(self, line: str) -> bool:
        found = form.field_of(line)
        if found is None:
            return False
        name, rest = found
        if self.block is None:
            return self._head_field(name, rest)
        usual = form.known(name)
        if usual is None:
            return False
        if usual == "题干" and self.block.texts["题干"]:
            self._begin(self.last + 1, "", None)
            assert self.block is not None
        pieces = form.fields_in(rest) if usual in _SHORT_FIELDS else [rest]
        if usual in self.block.texts and usual != "题干":
            self.intake.findings.append(LEFT_OUT.at(self.place, f"{usual}写了两次，后一次接在前一次后面"))
        self.lines = self.block.texts.setdefault(usual, [])
        if pieces[0]:
            self.lines.append(pieces[0])
        for piece in pieces[1:]:
            self._field(piece)
        return True

    def _head_field(self, name: str, rest: str) -> bool:
        if name not in HEAD_LABELS:
            usual = form.known(name)
            if usual == "题干":
                self._begin(self.last + 1, rest, None)
                return True
            return False
        self.lines = self.head.setdefault(HEAD_LABELS[name], [])
        if rest:
            self.lines.append(rest)
        return True

    def _option(self, line: str) -> bool:
        found = form.option_of(line)
        block = self.block
        if found is None or block is None or self._in_later_field(block):
            return False
        if found[0] != len(block.options):
            if not block.options and found[0]:
                return False
            block.is_broken = True
            wanted = LETTERS[len(block.options) : len(block.options) + 1]
            self.intake.findings.append(
                FORM.at(self.place, f"选项不连续，这里应是 {wanted}", "补上缺的选项，或改字母。")
            )
        for _, text in form.options_in(*found):
            block.options.append([text] if text else [])
        self.lines = block.options[-1]
        return True

    def _in_later_field(self, block: _Block) -> bool:
        return self.lines is not block.texts["题干"] and all(self.lines is not option for option in block.options)

    def _text(self, line: str) -> None:
        if self.lines is not None:
            self.lines.append(line)
        elif not self.blocks and "title" not in self.head and self.kind is None:
            self.head["title"] = [line]
        else:
            self.intake.findings.append(LEFT_OUT.at(self.place, f"“{short(line)}”不属于哪道题，没有读"))

    def done(self) -> Intake:
        """Make questions of what was read."""
        intake = self.intake
        for name, lines in self.head.items():
            text = _joined(lines)
            if text:
                intake.head[name] = list_of(text) if name in _HEAD_LISTS else text
        if len(self.blocks) > MAX_QUESTIONS:
            place = self.blocks[MAX_QUESTIONS].place
            intake.findings.append(FORM.at(place, f"一个题库最多 {MAX_QUESTIONS} 题，从这里起没有读", "分成几个文件。"))
        for block in self.blocks[:MAX_QUESTIONS]:
            read = self._question(block, f"第{block.number}题")
            if read is not None:
                intake.questions.append(read)
        if not self.blocks:
            remedy = "题以“1.”开头，选项以“A.”开头，另起一行写“答案：”。"
            intake.findings.append(FORM.at(Place(self.file), "没有找到题目", remedy))
        return intake

    def _question(self, block: _Block, name: str) -> Read | None:
        texts = {label: _joined(lines) for label, lines in block.texts.items()}
        options = [_joined(lines) for lines in block.options]
        data, says = read_texts(texts, options, block.kind, bool(block.parts))
        self.intake.findings += placed(says, block.place, name)
        if data is None:
            return None
        found = [self._question(part, f"{name}（{part.number}）") for part in block.parts]
        parts = [part for part in found if part is not None]
        if block.parts:
            data["questions"] = [part.data for part in parts]
        sound = (
            is_sound(says) and not block.is_broken and len(parts) == len(found) and all(one.is_sound for one in parts)
        )
        return Read(data, block.place, tuple(part.place for part in parts), name, sound)


def read_lines(file: str, lines: Iterable[tuple[int, str]]) -> Intake:
    """Read questions from numbered lines; anything that makes no question becomes a finding."""
    reader = _Reader(file)
    for number, line in lines:
        reader.read(number, line)
    return reader.done()


def numbered(text: str) -> list[tuple[int, str]]:
    """Give each line of a text its number, from 1."""
    return list(enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1))


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()

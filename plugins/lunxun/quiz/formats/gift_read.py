"""Questions in GIFT, ours or anybody's: blocks between empty lines, marks escaped by a backslash."""

from __future__ import annotations

import re

from lunxun.findings import Place
from lunxun.quiz.formats.cells import as_lines, escaped
from lunxun.quiz.formats.gift_write import ANSWER, MARKS
from lunxun.quiz.formats.groups import add_question
from lunxun.quiz.formats.keys import BLANK, blank_text, pairs_text, short
from lunxun.quiz.formats.markup import from_html
from lunxun.quiz.formats.moodle_write import POINTS
from lunxun.quiz.formats.plain_read import numbered
from lunxun.quiz.formats.rules import FORM, GUESS, LEFT_OUT, Intake, Said
from lunxun.quiz.formats.tags import texts_in
from lunxun.quiz.formats.text import decoded
from lunxun.records.question_types import LETTERS

_CODES = MARKS + "n"
_FIRST = 0xE000  # escaped marks are kept here, in the area for private use, while the others are read
_TAG = re.compile(r"\[(?P<name>id|tag):(?P<value>[^\]]+)\]")
_HEAD = re.compile(r"\s*(?:::(?P<title>.*?)::)?\s*(?:\[(?P<format>html|markdown|plain|moodle)\])?", re.DOTALL)
_ANSWER = re.compile(r"(?P<mark>[=~])\s*(?:%(?P<share>-?\d+(?:\.\d+)?)%)?(?P<text>[^=~#]*)(?:#(?P<why>[^=~]*))?")
_TRUTH = {"T": "对", "TRUE": "对", "F": "错", "FALSE": "错"}


def read_gift(file: str, data: bytes) -> Intake:
    """Read a bank from the bytes of a GIFT file."""
    text, findings = decoded(file, data)
    intake = Intake(findings=findings)
    block: list[tuple[int, str]] = []
    for number, line in [*numbered(text or ""), (0, "")]:
        if line.strip():
            block.append((number, line))
        elif block:
            _read_block(intake, file, block)
            block = []
    if not intake.questions and not intake.findings:
        intake.findings.append(FORM.at(Place(file), "没有找到题目"))
    return intake


def _read_block(intake: Intake, file: str, block: list[tuple[int, str]]) -> None:
    tags: list[str] = []
    name, body = "", []
    for _, line in block:
        bare = line.strip()
        if bare.startswith("//"):
            found = [(match["name"], match["value"].strip()) for match in _TAG.finditer(bare)]
            tags += [value for kind, value in found if kind == "tag"]
            name = next((value for kind, value in found if kind == "id"), name)
        elif bare.startswith("$CATEGORY:"):
            parts = re.split(r"(?<!/)/(?!/)", bare.removeprefix("$CATEGORY:").strip())
            intake.head.setdefault("title", parts[-1].replace("//", "/"))
        else:
            body.append(line)
    if body:
        _Question(intake, Place(file, block[0][0]), tags, name).read("\n".join(body))


class _Question:
    def __init__(self, intake: Intake, place: Place, tags: list[str], name: str) -> None:
        self.intake, self.place = intake, place
        self.texts, self.says = texts_in(tags)
        self.texts["题号"] = name
        self.options: list[str] = []
        self.is_html = False

    def read(self, source: str) -> None:
        """Read the text of a block and add the question, or say why it is none."""
        text = re.sub(rf"\\([{re.escape(_CODES)}])", lambda match: chr(_FIRST + _CODES.index(match[1])), source)
        head = _HEAD.match(text)
        assert head is not None
        self.is_html = head["format"] in ("html", None, "moodle")
        rest = text[head.end() :]
        before, brace, inside = rest.partition("{")
        answers, closing, after = inside.partition("}")
        name = short(self._plain(head["title"] or before))
        if brace and (not closing or "{" in after):
            self.intake.findings.append(FORM.at(self.place, f"“{name}”：大括号不成对", "文字里的大括号前面加 \\。"))
            return
        if not brace and self.texts.get("题型") != "案例分析":
            self.intake.findings.append(LEFT_OUT.at(self.place, f"“{name}”没有答案，当作说明，没有读"))
            return
        self._fill(before, answers.strip(), after)
        add_question(self.intake, self.place, f"“{name}”", self.texts, self.options, self.says)

    def _fill(self, before: str, inside: str, after: str) -> None:
        answers, _, feedback = inside.partition("####")
        self.texts["题干"], self.texts["解析"] = self._plain(before), self._plain(feedback)
        answers = answers.strip()
        found = list(_ANSWER.finditer(answers))
        if self.texts.get("题型") == "案例分析":
            return
        if not answers:
            self._essay()
        elif answers.upper().partition("#")[0].strip() in _TRUTH:
            self.texts["题型"] = "判断"
            self.texts["答案"] = _TRUTH[answers.upper().partition("#")[0].strip()]
        elif answers.startswith("#"):
            self._numerical(answers[1:].strip(), before, after)
            return
        elif found and all("->" in one["text"] for one in found):
            self._matching(found)
        elif found and all(one["mark"] == "=" for one in found):
            if any(one["share"] and float(one["share"]) < 99.9 for one in found):
                self.says.append(Said(LEFT_OUT, "只得部分分的答案没有读"))
            full = [one for one in found if not one["share"] or float(one["share"]) >= 99.9]
            self._blank([self._plain(one["text"]) for one in full], before, after, None)
            return
        else:
            self._choice(found)
        if after.strip():
            self.texts["题干"] = self._plain(before + "（）" + after)

    def _essay(self) -> None:
        self.texts.setdefault("题型", "简答")
        rest, mark, points = self.texts["解析"].rpartition(f"\n\n{POINTS}\n")
        if mark:
            why, _, answer = rest.rpartition(f"\n\n{ANSWER}\n")
            self.texts |= {"解析": why, "答案": answer, "得分点": points}

    def _choice(self, found: list[re.Match[str]]) -> None:
        shares = [float(one["share"]) if one["share"] else 100.0 if one["mark"] == "=" else 0.0 for one in found]
        is_multiple = self.texts.get("题型", "单选") == "多选" or not any(share >= 99.9 for share in shares)
        self.texts["题型"] = "多选" if is_multiple else "单选"
        if not is_multiple and any(0 < share < 99.9 for share in shares):
            self.says.append(Said(GUESS, "有只得部分分的选项，只把满分的当作答案"))
        right = [index for index, share in enumerate(shares) if share >= (0.001 if is_multiple else 99.9)]
        self.options = [self._plain(one["text"]) for one in found]
        self.texts["答案"] = "".join(LETTERS[index] for index in right if index < len(LETTERS))
        whys = ((letter, self._plain(one["why"] or "")) for letter, one in zip(LETTERS, found, strict=False))
        self.texts["选项说明"] = as_lines(f"{letter}项：{escaped(why)}" for letter, why in whys if why)

    def _matching(self, found: list[re.Match[str]]) -> None:
        self.texts["题型"] = "匹配"
        parted = [one["text"].partition("->") for one in found]
        sides = [(self._plain(left), self._plain(right)) for left, _, right in parted]
        self.texts["答案"] = pairs_text([side for side in sides if side[0]])
        self.texts["多余右项"] = as_lines(escaped(right) for left, right in sides if not left)

    def _numerical(self, answer: str, before: str, after: str) -> None:
        value, _, tolerance = answer.removeprefix("=").partition(":")
        is_plain = re.fullmatch(r"[\d.]+", value.strip()) and re.fullmatch(r"(\d+(\.\d+)?)?", tolerance.strip())
        if not is_plain:
            self.says.append(Said(FORM, f"数值答案“{short(answer)}”读不进来", "写成 {#12:0.5}。"))
        self._blank([value.strip()], before, after, tolerance.strip() or None)

    def _blank(self, accept: list[str], before: str, after: str, tolerance: str | None) -> None:
        self.texts["题型"] = "填空"
        self.texts["题干"] = self._plain(before + BLANK + after)
        self.texts["答案"] = blank_text(accept, self.texts.get("单位1"), self.texts.get("误差1", tolerance))

    def _plain(self, text: str) -> str:
        if self.is_html and re.search(r"<[a-zA-Z/]|&[a-z#]", text):
            text, media = from_html(text)
            self.says += [Said(LEFT_OUT, f"{media} 幅图没有读")] if media else []
        for index, code in enumerate(_CODES):
            text = text.replace(chr(_FIRST + index), "\n" if code == "n" else code)
        return text.strip()

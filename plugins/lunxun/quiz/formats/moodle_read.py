"""Questions in Moodle XML, ours or anybody's: what a bank cannot hold is told of, element by line."""

from __future__ import annotations

import re

from lunxun.findings import Place
from lunxun.quiz.formats.cells import as_lines, escaped
from lunxun.quiz.formats.groups import add_question
from lunxun.quiz.formats.keys import BLANK, blank_text, pairs_text, short, steps_text
from lunxun.quiz.formats.markup import from_html
from lunxun.quiz.formats.moodle_write import POINTS
from lunxun.quiz.formats.plain_read import MAX_LINE
from lunxun.quiz.formats.rules import FORM, GUESS, LEFT_OUT, Intake, Said
from lunxun.quiz.formats.tags import texts_in
from lunxun.quiz.formats.text import decoded
from lunxun.quiz.formats.xml_tree import Node, XmlRefusedError, read_tree
from lunxun.records.question_types import LETTERS

_CLOZE = re.compile(r"\{\d*:(?P<kind>[A-Z_]+):(?P<answers>(?:\\.|[^\\}])*)\}", re.DOTALL)
_CLOZE_ANSWER = re.compile(
    r"(?P<share>=|%-?\d+(?:\.\d+)?%)?(?P<text>(?:\\.|[^\\~#])*)(?:#(?:\\.|[^\\~])*)?(?:~|\Z)", re.DOTALL
)
_SHORT = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
_FULL = 99.9


def read_moodle(file: str, data: bytes) -> Intake:
    """Read a bank from the bytes of a Moodle XML file."""
    text, findings = decoded(file, data)
    intake = Intake(findings=findings)
    if text is None:
        return intake
    try:
        root = read_tree(text)
    except XmlRefusedError as refused:
        intake.findings.append(FORM.at(Place(file, refused.line), str(refused), "从 Moodle 重新导出。"))
        return intake
    if root.tag != "quiz":
        intake.findings.append(FORM.at(Place(file, root.line), "不是 Moodle 题库：最外层应是 quiz"))
        return intake
    for number, node in enumerate(root.all("question"), 1):
        if node.attributes.get("type") == "category":
            _read_category(intake, node)
        else:
            _Question(file, node, number).add_to(intake)
    if not intake.questions and not intake.findings:
        intake.findings.append(FORM.at(Place(file), "没有找到题目"))
    return intake


def _read_category(intake: Intake, node: Node) -> None:
    # A double slash in a category is a slash in its name.
    parts = re.split(r"(?<!/)/(?!/)", node.at("category", "text").strip())
    info = _plain(next(iter(node.all("info")), None))[0]
    intake.head.setdefault("title", parts[-1].replace("//", "/").strip())
    if info:
        intake.head.setdefault("summary", info)


class _Question:
    def __init__(self, file: str, node: Node, number: int) -> None:
        self.node = node
        self.kind = node.attributes.get("type", "")
        self.place = Place(file, node.line)
        self.name = f"第{number}题（{short(node.at('name', 'text').strip() or self.kind)}）"
        self.says: list[Said] = []
        self.texts: dict[str, str] = {}
        self.options: list[str] = []

    def add_to(self, intake: Intake) -> None:
        """Read the question and add it, or say why it cannot be had."""
        tags = [tag.at("text").strip() for group in self.node.all("tags") for tag in group.all("tag")]
        self.texts, self.says = texts_in(tags)
        self.texts |= {"题干": self._text("questiontext"), "解析": self._text("generalfeedback")}
        self.texts["题号"] = self.node.at("idnumber").strip()
        if self.kind != "description" and self.node.at("defaultgrade").strip():
            grade = self.node.at("defaultgrade").strip()
            self.texts["分值"] = re.sub(r"\.0*\Z|(\.\d*?)0+\Z", r"\1", grade) if "." in grade else grade
        reader = getattr(self, f"_{self.kind}", None) if self.kind in _KINDS else None
        if reader is None or (self.kind == "description" and self.texts.get("题型") != "案例分析"):
            what = f"题库里没有 Moodle 的 {short(self.kind)} 一类，没有读"
            intake.findings.append(LEFT_OUT.at(self.place, f"{self.name}：{what}"))
            return
        reader()
        add_question(intake, self.place, self.name, self.texts, self.options, self.says)

    def _text(self, tag: str) -> str:
        return self._said(next(iter(self.node.all(tag)), None))

    def _said(self, node: Node | None) -> str:
        text, media = _plain(node)
        if media:
            self.says.append(Said(LEFT_OUT, f"{media} 幅图或其他媒体没有读", "图里的内容写成文字。"))
        return text

    def _answers(self) -> list[tuple[str, float, str]]:
        return [
            (
                self._said(one),
                _number(one.attributes.get("fraction")),
                self._said(next(iter(one.all("feedback")), None)),
            )
            for one in self.node.all("answer")
        ]

    def _multichoice(self) -> None:
        answers = self._answers()
        is_single = self.node.at("single").strip().lower() in ("true", "1")
        self.texts.setdefault("题型", "单选" if is_single else "多选")
        self.options = [text for text, _, _ in answers]
        if is_single and any(0 < share < _FULL for _, share, _ in answers):
            self.says.append(Said(GUESS, "有只得部分分的选项，只把满分的当作答案"))
        right = [index for index, (_, share, _) in enumerate(answers) if share >= (_FULL if is_single else 0.001)]
        self.texts["答案"] = "".join(LETTERS[index] for index in right if index < len(LETTERS))
        whys = (f"{letter}项：{escaped(why)}" for letter, (_, _, why) in zip(LETTERS, answers, strict=False) if why)
        self.texts["选项说明"] = as_lines(whys)

    def _truefalse(self) -> None:
        self.texts["题型"] = "判断"
        right = [text for text, share, _ in self._answers() if share >= _FULL]
        self.texts["答案"] = right[0] if right else ""

    def _shortanswer(self) -> None:
        self._one_blank([text for text, share, _ in self._answers() if share >= _FULL], None)
        if any(share < _FULL for _, share, _ in self._answers()):
            self.says.append(Said(LEFT_OUT, "只得部分分的答案没有读"))
        if "*" in self.texts["答案"]:
            self.says.append(Said(GUESS, "答案里的 * 在 Moodle 里代表任意文字，这里当作星号"))

    def _numerical(self) -> None:
        answers = [one for one in self.node.all("answer") if _number(one.attributes.get("fraction")) >= _FULL]
        tolerance = answers[0].at("tolerance").strip() if answers else ""
        is_number = re.fullmatch(r"\d+(\.\d+)?", tolerance) is not None
        self._one_blank([self._said(one) for one in answers], tolerance if is_number else None)

    def _one_blank(self, accept: list[str], tolerance: str | None) -> None:
        self.texts["题型"] = "填空"
        if BLANK not in self.texts["题干"]:
            self.texts["题干"] = re.sub(r"_{2,}", BLANK, self.texts["题干"])
        if BLANK not in self.texts["题干"]:
            self.texts["题干"] += f" {BLANK}"
        self.texts["答案"] = blank_text(accept, None, tolerance)

    def _cloze(self) -> None:
        self.texts["题型"] = "填空"
        lines: list[str] = []

        def blank(match: re.Match[str]) -> str:
            if match["kind"] not in _SHORT:
                self.says.append(Said(FORM, f"填空里的 {match['kind']} 读不进来", "改成 SHORTANSWER。"))
            found = [one for one in _CLOZE_ANSWER.finditer(match["answers"]) if one["text"].strip()]
            right = [one for one in found if one["share"] == "=" or one["share"] == "%100%"]
            if len(right) < len(found):
                self.says.append(Said(LEFT_OUT, "填空里不是全对的答案没有读"))
            accept = [re.sub(r"\\(.)", r"\1", one["text"], flags=re.DOTALL).strip() for one in right]
            number = len(lines) + 1
            lines.append(blank_text(accept, self.texts.get(f"单位{number}"), self.texts.get(f"误差{number}")))
            return BLANK

        if len(self.texts["题干"]) > MAX_LINE:
            self.says.append(Said(FORM, f"题干超过 {MAX_LINE} 字，没有读"))
            return
        self.texts["题干"] = _CLOZE.sub(blank, self.texts["题干"])
        self.texts["答案"] = as_lines(lines)

    def _matching(self) -> None:
        self.texts["题型"] = "匹配"
        sides = [(self._said(one), one.at("answer", "text").strip()) for one in self.node.all("subquestion")]
        self.texts["答案"] = pairs_text([(left, right) for left, right in sides if left and right])
        self.texts["多余右项"] = as_lines(escaped(right) for left, right in sides if right and not left)

    def _ordering(self) -> None:
        self.texts["题型"] = "排序"
        self.texts["答案"] = steps_text(text for text, _, _ in sorted(self._answers(), key=lambda one: one[1]))

    def _essay(self) -> None:
        self.texts.setdefault("题型", "简答")
        answer, mark, points = self._text("graderinfo").rpartition(f"\n\n{POINTS}\n")
        self.texts["答案"], self.texts["得分点"] = (answer, points) if mark else (points, "")

    def _description(self) -> None:
        self.texts["题型"] = "案例分析"


_KINDS = frozenset(
    ["multichoice", "truefalse", "shortanswer", "numerical", "cloze", "matching", "ordering", "essay", "description"]
)


def _plain(node: Node | None) -> tuple[str, int]:
    """Give the text of an element with its format taken into account, and how many images were in it."""
    if node is None:
        return "", 0
    text = node.at("text").strip()
    is_markup = node.attributes.get("format", "moodle_auto_format") in ("html", "moodle_auto_format")
    return from_html(text) if is_markup and re.search(r"[<&]", text) else (text, 0)


def _number(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"-?\d{1,4}(\.\d{1,9})?", text) else 0.0

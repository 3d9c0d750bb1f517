"""A bank as GIFT, the text form of Moodle, which has no room for ordering, several blanks, and feedback on a case."""

from __future__ import annotations

import re

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.keys import BLANK, points_text
from lunxun.quiz.formats.moodle_write import POINTS, fraction
from lunxun.quiz.formats.rules import LOSS
from lunxun.quiz.formats.tags import loss_of, tags_of
from lunxun.records.bank import Bank
from lunxun.records.question_types import (
    CaseAnalysis,
    Choice,
    FillIn,
    Judgement,
    Matching,
    Ordering,
    Question,
    SingleChoice,
)

MARKS = "\\~=#{}:"
ANSWER = "参考答案："
_ARROW, _OTHER_ARROW = "->", "→"


def gift_problem(question: Question) -> str | None:
    """Say in Chinese why GIFT cannot hold a question; None where it can."""
    if isinstance(question, Ordering):
        return "GIFT 没有排序题，没有导出"
    if isinstance(question, FillIn) and (len(question.key) != 1 or question.stem.count(BLANK) != 1):
        return "GIFT 一题只能有一个空，没有导出"
    return None


def write_gift(bank: Bank) -> tuple[bytes, list[Finding]]:
    """Write a bank as GIFT in UTF-8."""
    findings: list[Finding] = []
    blocks = [f"$CATEGORY: $course$/top/{' '.join(bank.title.split()).replace('/', '//')}"]
    for question in bank.questions:
        blocks.append(_block(question, None, findings))
        if isinstance(question, CaseAnalysis):
            blocks += [_block(part, question.id, findings) for part in question.questions]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", errors="replace"), findings


def gift_escaped(text: str) -> str:
    """Write a text in which no mark means anything, on one line."""
    found = re.sub(rf"[{re.escape(MARKS)}]", lambda match: "\\" + match[0], text)
    return found.replace("\n", "\\n")


def _block(question: Question, case: str | None, findings: list[Finding]) -> str:
    problem = gift_problem(question)
    if problem is not None:
        findings.append(LOSS.at(Place(""), f"{question.id}：{problem}"))
        return ""
    tags = tags_of(question, case)
    if isinstance(question, CaseAnalysis):
        findings.append(LOSS.at(Place(""), f"{question.id}：GIFT 的材料没有解析，案例的解析没有导出"))
    else:
        tags.append(f"分值:{question.score}")
    findings += [said.at(Place(""), question.id) for said in loss_of(tags)]
    if any(_ARROW in text for text in _beside_arrows(question)):
        where = "配对" if isinstance(question, Matching) else "选项、答案、解析"
        findings.append(LOSS.at(Place(""), f"{question.id}：{where}里的 {_ARROW} 改成了 {_OTHER_ARROW}"))
    comment = "// " + " ".join([f"[id:{question.id}]", *(f"[tag:{_tag(tag)}]" for tag in tags)])
    return f"{comment}\n::{gift_escaped(question.id)}::[markdown]{_asked(question)}"


def _asked(question: Question) -> str:
    stem = gift_escaped(question.stem)
    if isinstance(question, CaseAnalysis):
        return stem
    write = _side if isinstance(question, SingleChoice | FillIn) else gift_escaped
    feedback = "\n####" + write(question.rationale) + "\n}"
    if isinstance(question, Choice):
        return stem + "{\n" + "\n".join(_options(question)) + feedback
    if isinstance(question, Judgement):
        return stem + ("{T" if question.key == "对" else "{F") + feedback
    if isinstance(question, FillIn):
        before, _, after = question.stem.partition(BLANK)
        answers = "\n".join("=" + _weighed(_side(one), "100") for one in question.blanks[0].accept)
        return gift_escaped(before) + "{\n" + answers + feedback + gift_escaped(after)
    if isinstance(question, Matching):
        sides = [*((pair.left, pair.right) for pair in question.key), *(("", extra) for extra in question.extra)]
        lines = [f"={_side(left)} -> {_side(right)}" for left, right in sides]
        return stem + "{\n" + "\n".join(lines) + feedback
    return stem + "{####" + gift_escaped(_marking(question)) + "\n}"


def _options(question: Choice) -> list[str]:
    lines = []
    write = _side if isinstance(question, SingleChoice) else gift_escaped
    for index, option in enumerate(question.options):
        text = write(option if isinstance(option, str) else option.text)
        why = None if isinstance(option, str) else option.why
        is_right = index in question.keyed
        if isinstance(question, SingleChoice):
            line = ("=" if is_right else "~") + _weighed(text, "100" if is_right else "0")
        else:
            line = f"~%{fraction(len(question.keyed)) if is_right else '-100'}%{text}"
        lines.append(line + (f"#{write(why)}" if why else ""))
    return lines


def _weighed(text: str, share: str) -> str:
    # A text that begins with % would be taken for a weight.
    return f"%{share}%{text}" if text.startswith("%") else text


def _beside_arrows(question: Question) -> list[str]:
    """List the texts in which an arrow would be taken for that of a pair: beside a "=" it makes a matching question."""
    if isinstance(question, Matching):
        return [*(pair.left for pair in question.key), *(pair.right for pair in question.key), *question.extra]
    if isinstance(question, SingleChoice):
        whys = (option.why or "" for option in question.options if not isinstance(option, str))
        return [*question.option_texts, *whys, question.rationale]
    if isinstance(question, FillIn):
        return [*(text for blank in question.blanks for text in blank.accept), question.rationale]
    return []


def _side(text: str) -> str:
    return gift_escaped(text.replace(_ARROW, _OTHER_ARROW))


def _marking(question: Question) -> str:
    answer = getattr(getattr(question, "key", None), "answer", "")
    return f"{question.rationale}\n\n{ANSWER}\n{answer}\n\n{POINTS}\n{points_text(question)}"


def _tag(tag: str) -> str:
    return re.sub(r"[\[\]<>]", "", tag)

"""A bank as Moodle XML, with the type of Moodle that comes nearest to each of ours.

Choice, true/false, matching, ordering (Moodle 4.4 and later) and essay are types of their own. Blanks are a cloze
question, a case a description before its parts. Texts stay Markdown, which Moodle knows as a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.keys import BLANK, points_text
from lunxun.quiz.formats.rules import LOSS, Said, placed
from lunxun.quiz.formats.tags import loss_of, tags_of
from lunxun.records.bank import Bank
from lunxun.records.question_types import (
    CaseAnalysis,
    Choice,
    Essay,
    FillIn,
    Judgement,
    Matching,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
)

POINTS = "得分点："
MOODLE_TYPES = {
    **{"单选": "multichoice", "多选": "multichoice", "判断": "truefalse", "填空": "cloze", "匹配": "matching"},
    **{"排序": "ordering", "简答": "essay", "论述": "essay", "案例分析": "description"},
}
_BAD = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_moodle(bank: Bank) -> tuple[bytes, list[Finding]]:
    """Write a bank as Moodle XML in UTF-8."""
    findings: list[Finding] = []
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n', _category(bank)]
    for question in bank.questions:
        parts.append(_question(question, None, findings))
        if isinstance(question, CaseAnalysis):
            parts += [_question(part, question.id, findings) for part in question.questions]
    return ("".join(parts) + "</quiz>\n").encode("utf-8", errors="replace"), findings


def marking_text(question: ShortAnswer | Essay) -> str:
    """Write how an answer is marked, for whoever marks it."""
    return f"{question.key.answer}\n\n{POINTS}\n{points_text(question)}"


def fraction(count: int) -> str:
    """Give the share of one of several right options, as Moodle writes its list of shares."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")


def _category(bank: Bank) -> str:
    # A slash would make a category below another.
    name = "$course$/top/" + bank.title.replace("/", "//")
    info = _html_text("info", bank.summary)
    return f'<question type="category">\n<category>{_text(name)}</category>\n{info}</question>\n'


def _question(question: Question, case: str | None, findings: list[Finding]) -> str:
    tags = tags_of(question, case)
    findings += placed([*loss_of(tags), *_losses(question)], Place(""), question.id)
    stem = _cloze(question) if isinstance(question, FillIn) else question.stem
    lines = [
        f"<question type={quoteattr(MOODLE_TYPES[question.type])}>",
        f"<name>{_text(question.id)}</name>",
        _html_text("questiontext", stem).rstrip(),
        _html_text("generalfeedback", question.rationale).rstrip(),
        f"<defaultgrade>{question.score if not isinstance(question, CaseAnalysis) else 0}</defaultgrade>",
        "<penalty>0</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{escape(question.id)}</idnumber>",
        *_body(question),
        "<tags>",
        *(f"<tag>{_text(tag)}</tag>" for tag in tags),
        "</tags>",
        "</question>\n",
    ]
    return "\n".join(lines)


def _body(question: Question) -> Iterator[str]:
    if isinstance(question, Choice):
        yield from _choice(question)
    elif isinstance(question, Judgement):
        for name, key in (("true", "对"), ("false", "错")):
            right = "100" if question.key == key else "0"
            yield f'<answer fraction="{right}" format="moodle_auto_format">{_text(name)}</answer>'
    elif isinstance(question, Matching):
        yield "<shuffleanswers>true</shuffleanswers>"
        sides = [*((pair.left, pair.right) for pair in question.key), *(("", extra) for extra in question.extra)]
        for left, right in sides:
            yield f'<subquestion format="markdown">{_text(left)}<answer>{_text(right)}</answer></subquestion>'
    elif isinstance(question, Ordering):
        yield "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n<selectcount>0</selectcount>"
        yield "<gradingtype>ABSOLUTE_POSITION</gradingtype>\n<showgrading>SHOW</showgrading>"
        for number, step in enumerate(question.key, 1):
            yield f'<answer fraction="{number}" format="markdown">{_text(step)}</answer>'
    elif isinstance(question, ShortAnswer | Essay):
        yield "<responseformat>editor</responseformat>\n<responserequired>1</responserequired>"
        yield f"<responsefieldlines>{15 if isinstance(question, Essay) else 5}</responsefieldlines>"
        yield "<attachments>0</attachments>"
        yield _html_text("graderinfo", marking_text(question)).rstrip()


def _choice(question: Choice) -> Iterator[str]:
    single = isinstance(question, SingleChoice)
    yield f"<single>{str(single).lower()}</single>\n<shuffleanswers>true</shuffleanswers>"
    yield "<answernumbering>ABCD</answernumbering>"
    right = fraction(len(question.keyed)) if question.keyed else "100"
    for index, option in enumerate(question.options):
        share = right if index in question.keyed else ("0" if single else "-100")
        why = None if isinstance(option, str) else option.why
        text = option if isinstance(option, str) else option.text
        feedback = _html_text("feedback", why).rstrip() if why else ""
        yield f'<answer fraction="{share}" format="markdown">{_text(text)}{feedback}</answer>'


def _cloze(question: FillIn) -> str:
    pieces = question.stem.split(BLANK)
    stem = pieces[0]
    for piece, blank in zip(pieces[1:], question.blanks, strict=False):
        answers = "~".join("=" + cloze_escaped(accepted) for accepted in blank.accept)
        stem += "{1:SHORTANSWER:" + answers + "}" + piece
    return stem + "".join(BLANK + piece for piece in pieces[1 + len(question.key) :])


def cloze_escaped(text: str) -> str:
    """Write a text inside a blank, where Moodle gives marks a meaning."""
    return re.sub(r"[\\}#~/\"*]", lambda match: "\\" + match[0], text)


def _losses(question: Question) -> Iterator[Said]:
    if isinstance(question, FillIn):
        if question.stem.count(BLANK) != len(question.key):
            yield Said(LOSS, "空数与答案数不等，对不上的空没有写成空")
        if any(blank.unit or blank.tolerance is not None for blank in question.blanks) or question.any_order:
            yield Said(LOSS, "单位、误差、不计次序写在标签里，Moodle 判分时不管")


def _html_text(tag: str, text: str) -> str:
    return f'<{tag} format="markdown">{_text(text)}</{tag}>\n'


def _text(text: str) -> str:
    return f"<text>{escape(_BAD.sub('', text))}</text>"

"""A form as one HTML file in which an exam is sat: no request to anywhere, nothing of the key in any byte.

It is made of a form and a public key alone, and of the form only what a learner is to read: the ids of questions stay
out. Scripts and styles are written into the page, and a policy in its head lets a browser run these and load nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lunxun.quiz.form import NOTES
from lunxun.quiz.paper_files import Asked, AskedSection, FormFile
from lunxun.quiz.trainer_keys import as_base64, key_id
from lunxun.site.quiz_text import BLANK, blocks, with_blanks
from lunxun.site.templating import template

_ASSETS = Path(__file__).parent / "theme" / "assets" / "lunxun"
_STYLE = "exam.css"
# Each is run in this order; what a script needs stands before it.
_SCRIPTS = (
    "vendor/tweetnacl",
    "quiz-moves",
    "exam-seal",
    "exam-draft",
    "exam-store",
    "exam-tabs",
    "exam-clock",
    "exam-answers",
    "exam-sheet",
    "exam-hand-in",
    "exam-page",
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as the page asks it, under its number in the form: `21`, or `47-2` for a part of a case."""

    number: str
    title: str
    asked: Asked
    stem: Markup
    parts: tuple[ShownQuestion, ...]

    @property
    def lettered(self) -> tuple[tuple[str, str], ...]:
        """Pair what is chosen from, or put in order, with its letters."""
        texts = self.asked.options or self.asked.rights or self.asked.steps
        return tuple(zip(_LETTERS, texts, strict=False))


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A 大题 with its heading."""

    number: int
    title: str
    instructions: str
    questions: tuple[ShownQuestion, ...]


def exam_page(form: FormFile, public: bytes) -> str:
    """Write the page of an exam whose answers are sealed to a public key."""
    style, scripts = _inlined()
    body = template("exam").render(
        form=form,
        notes=form.notes if form.notes != NOTES else (),  # those speak of an answer card
        sections=tuple(_section(number, section) for number, section in enumerate(form.sections, start=1)),
        count=sum(1 for _ in form.answered()),
        data=_json(_data(form, public)),
        style=style,
        scripts=scripts,
        policy=_policy(style, scripts),
    )
    return body + "\n"


def _section(number: int, section: AskedSection) -> ShownSection:
    worth = {item.score for item in section.items}
    each = f"每题{worth.pop():g}分，" if len(worth) == 1 and len(section.items) > 1 else ""
    total = sum(item.score for item in section.items)
    title = f"{_NUMERALS[number - 1]}、{section.type}题（共{len(section.items)}题，{each}{total:g}分）"
    if section.type == "案例分析":
        title = title.replace("案例分析题", "案例分析")
    return ShownSection(number, title, section.instructions, tuple(_question(item) for item in section.items))


def _question(item: Asked, case: int | None = None) -> ShownQuestion:
    number = str(item.no) if case is None else f"{case}-{item.no}"
    title = f"第{item.no}题" if case is None else f"第{case}题第{item.no}小题"
    parts = tuple(_question(part, item.no) for part in item.parts)
    return ShownQuestion(number, title, item, _stem(item, number, title), parts)


def _stem(item: Asked, number: str, title: str) -> Markup:
    """Render a stem with inputs in its blanks; where form and stem disagree on them, below it."""
    if item.type != "填空":
        return blocks(item.stem, str)
    inputs = [_blank(number, title, place) for place in range(item.blanks)]
    if item.stem.count(BLANK) == item.blanks:
        return with_blanks(item.stem, str, inputs.__getitem__)
    return blocks(item.stem, str) + Markup("<p>{}</p>").format(Markup("").join(inputs))


def _blank(number: str, title: str, place: int) -> Markup:
    shape = (
        '<input class="ex-blank" type="text" name="q{}-b{}" aria-label="{}第{}空" maxlength="400" autocomplete="off">'
    )
    return Markup(shape).format(number, place + 1, title, place + 1)


def _data(form: FormFile, public: bytes) -> dict[str, Any]:
    return {
        "paper": form.paper,
        "form": form.form,
        "digest": form.digest,
        "title": form.title,
        "minutes": form.minutes,
        "to": key_id(public),
        "public": as_base64(public),
        "questions": [[number, item.type] for number, item in form.answered()],
    }


def _json(data: dict[str, Any]) -> Markup:
    """Write JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026").replace(">", "\\u003e"))


@cache
def _inlined() -> tuple[Markup, tuple[Markup, ...]]:
    """Read the style and the scripts; what could end their elements early is an error of ours."""
    texts = [_text(_STYLE), *(_text(f"{name}.js") for name in _SCRIPTS)]
    return texts[0], tuple(texts[1:])


def _text(name: str) -> Markup:
    text = (_ASSETS / name).read_text("utf-8").strip()
    if any(mark in text.lower() for mark in ("</script", "</style", "<!--", "\r")):
        raise AssertionError(f"{name} cannot be written into a page")
    return Markup(text)


def _policy(style: str, scripts: Iterable[str]) -> str:
    ours = " ".join(_hashes(scripts))
    styled = " ".join(_hashes((style,)))
    return (
        f"default-src 'none'; script-src {ours}; style-src {styled}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
        yield f"'sha256-{digest}'"

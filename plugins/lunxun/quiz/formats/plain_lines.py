"""What a line of a question file written as text can be: a heading, the start of a question, a field, an option."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lunxun.quiz.formats.words import HEAD_LABELS, LABELS, OTHER_NAMES, label, plain, type_of
from lunxun.records.question_types import LETTERS

_NAMES = "|".join(sorted({*LABELS, *OTHER_NAMES, *HEAD_LABELS}, key=len, reverse=True))
_START = re.compile(
    r"(?:第\s*)?(?P<number>[0-9０-９]{1,4})\s*(?:题\s*[.．、:：]?|[.．、)）])(?![0-9０-９])\s*(?P<rest>.*)\Z"
)
_PART = re.compile(r"[（(]\s*(?P<number>[0-9０-９]{1,3})\s*[)）]\s*[.．、]?\s*(?P<rest>.*)\Z")
_LABEL = re.compile(rf"[【\[［]?\s*(?P<name>{_NAMES})\s*(?:[】\]］]\s*[：:]?|[：:])\s*(?P<rest>.*)\Z")
_OPTION = re.compile(r"[（(]?(?P<letter>[A-JＡ-Ｊ])\s*[.．、:：)）]\s*(?P<rest>.*)\Z")
_MORE_OPTIONS = re.compile(r"(?<=[\s　])[（(]?(?P<letter>[B-JＢ-Ｊ])\s*[.．、:：)）]")
_MORE_FIELDS = re.compile(rf"(?<![\s　])[\s　]+(?=[【\[［]\s*(?:{_NAMES})\s*[】\]］]|(?:{_NAMES})\s*[：:])")
_SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．:：\s]\s*)?(?P<name>[^\s（(：:。，]{2,10}题)\s*(?:[（(：:].*)?\Z"
)
_TYPE = re.compile(r"[【\[［（(]\s*(?P<name>[^】\]］)）]{2,7})\s*[】\]］)）]\s*(?P<rest>.*)\Z")
_TYPE_AT_END = re.compile(r"[【\[［（(]\s*(?P<name>[单多]选题?|[单多]项选择题?|判断题?|填空题?)\s*[】\]］)）]\Z")


@dataclass(frozen=True, slots=True)
class Start:
    """The start of a question or, in brackets, of a part of a case."""

    number: int
    rest: str
    in_brackets: bool


def start_of(line: str) -> Start | None:
    """Read the number with which a question begins."""
    for pattern, in_brackets in ((_PART, True), (_START, False)):
        match = pattern.match(line)
        if match:
            return Start(int(plain(match["number"])), match["rest"], in_brackets)
    return None


def section_of(line: str) -> str | None:
    """Give the type of question that a heading such as 一、单项选择题（每题2分） announces."""
    match = _SECTION.match(line)
    return type_of(match["name"]) if match else None


def field_of(line: str) -> tuple[str, str] | None:
    """Read a line that begins with the name of a field: the name as it is written, and what follows."""
    match = _LABEL.match(line)
    return (match["name"], match["rest"]) if match else None


def fields_in(rest: str) -> list[str]:
    """Part what follows a short field at the names of further fields: `B 难度：2`."""
    return _MORE_FIELDS.split(rest)


def option_of(line: str) -> tuple[int, str] | None:
    """Read a line that begins with the letter of an option: its place from 0, and its text."""
    match = _OPTION.match(line)
    return (LETTERS.index(plain(match["letter"])), match["rest"]) if match else None


def options_in(index: int, rest: str) -> list[tuple[int, str]]:
    """Part what follows the letter of an option at the letters that come next."""
    found, start = [], 0
    for match in _MORE_OPTIONS.finditer(rest):
        if LETTERS.index(plain(match["letter"])) == index + 1:
            found.append((index, rest[start : match.start()].strip()))
            index, start = index + 1, match.end()
    return [*found, (index, rest[start:].strip())]


def typed(line: str) -> tuple[str, str] | None:
    """Read a type in brackets at the beginning of a stem, or at its end: the type, and the stem without it."""
    match = _TYPE.match(line)
    kind = type_of(match["name"]) if match else None
    if match and kind and re.search("题|选|判断|填空|匹配|排序|简答|论述|案例", match["name"]):
        return kind, match["rest"]
    match = _TYPE_AT_END.search(line)
    kind = type_of(match["name"]) if match else None
    return (kind, line[: match.start()].rstrip()) if match and kind else None


def is_structure(line: str) -> bool:
    """Tell whether a line could be read as more than text, in some place or other."""
    bare = line.strip()
    return (
        line != bare
        or bare.startswith("\\")
        or bool(start_of(bare) or field_of(bare) or option_of(bare) or section_of(bare) or _TYPE.match(bare))
    )


def may_be_parted(line: str) -> bool:
    """Tell whether a first line could be taken for several options or fields."""
    return bool(_MORE_OPTIONS.search(line) or _MORE_FIELDS.search(line))


def known(name: str) -> str | None:
    """Give the usual name of a field of a question."""
    return label(name)

"""What may stand in a blank: the rules of the practice page (`quiz-answers.js`) in Python, for grading.

Width, case, traditional characters, spaces and punctuation do not count; a unit may be written or not; with a tolerance
numbers are compared by value. `tests/quiz/blank_cases.json` holds both to the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lunxun.records.question_types import Blank
from lunxun.text.folding import simplify

_LONGEST = 400
_KEPT = "%‰"
_KEPT_BETWEEN_DIGITS = "./:-–—"
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)([百千]?[万亿]?)%?", re.ASCII)
_CHINESE = re.compile(r"[零一二三四五六七八九十百千万亿]+")
_DIGITS = "零一二三四五六七八九"
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_SCALES = {"万": 10_000, "亿": 100_000_000}


def folded(text: str) -> str:
    """Fold a text for comparison; signs that would make another number, rate or span are kept between digits."""
    signs = [_narrow(sign) for sign in simplify(text[:_LONGEST])]
    return "".join(sign for place, sign in enumerate(signs) if _is_kept(signs, place))


def number(text: str) -> float | None:
    """Read a folded number: digits or Chinese numerals, with a scale such as 万."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return _chinese_number(text)
    scale = 1
    for sign in match[2]:
        scale *= _PLACES.get(sign) or _SCALES[sign]
    return float(match[1]) * scale


def fits(blank: Blank, text: str) -> bool:
    """Tell whether a text may stand in a blank."""
    unit = folded(blank.unit or "")
    answer = _bare(text, unit)
    if not answer:
        return False
    accepted = [_bare(one, unit) for one in blank.accept]
    if answer in accepted:
        return True
    if blank.tolerance is None:
        return False
    given, wanted = number(answer), number(accepted[0])
    if given is None or wanted is None or (answer[-1] in _KEPT) != (accepted[0][-1] in _KEPT):
        return False
    return abs(given - wanted) <= blank.tolerance + 1e-9 * max(1.0, abs(wanted))


def hits(blanks: Sequence[Blank], texts: Sequence[str], any_order: bool) -> tuple[bool, ...]:
    """Tell which texts are right; where the order is free, as many as can be given a blank of their own."""
    written = [texts[place] if place < len(texts) else "" for place in range(len(blanks))]
    if not any_order:
        return tuple(fits(blank, text) for blank, text in zip(blanks, written, strict=True))
    can = [[fits(blank, text) for blank in blanks] for text in written]
    taken: dict[int, int] = {}
    for text in range(len(written)):
        _place(can, text, taken, set())
    return tuple(text in taken.values() for text in range(len(written)))


def _place(can: Sequence[Sequence[bool]], text: int, taken: dict[int, int], tried: set[int]) -> bool:
    """Find a blank for a text, moving others where they have another one to go to."""
    for blank, is_fitting in enumerate(can[text]):
        if not is_fitting or blank in tried:
            continue
        tried.add(blank)
        if blank not in taken or _place(can, taken[blank], taken, tried):
            taken[blank] = text
            return True
    return False


def _narrow(sign: str) -> str:
    code = ord(sign)
    return (chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else sign).lower()


def _is_kept(signs: Sequence[str], place: int) -> bool:
    sign = signs[place]
    if sign in _KEPT or not (_UNSEEN.match(sign) or unicodedata.category(sign[0]).startswith("P")):
        return True
    is_inside = 0 < place < len(signs) - 1 and _is_digit(signs[place - 1]) and _is_digit(signs[place + 1])
    return is_inside and sign in _KEPT_BETWEEN_DIGITS


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9"


def _bare(text: str, unit: str) -> str:
    written = folded(text)
    return written.removesuffix(unit) if unit and written != unit else written


def _chinese_number(text: str) -> float | None:
    signs = text.replace("〇", "零").replace("两", "二")
    if not _CHINESE.fullmatch(signs):
        return None
    total, section, digit = 0, 0, -1
    smallest = 10_000  # places go down within a section: 三十十 is no number
    for sign in signs:
        if sign in _PLACES:
            place = _PLACES[sign]
            if place >= smallest or (digit < 0 and (place > 10 or section > 0)):
                return None
            smallest = place
            section += (1 if digit < 0 else digit) * place
            digit = -1
        elif sign in _SCALES:
            part = section + max(digit, 0)
            total = (total + part) * _SCALES[sign] if sign == "亿" else total + part * _SCALES[sign]
            section, digit, smallest = 0, -1, 10_000
        elif digit > 0:
            return None  # two digits side by side are no number by the rules, except after a zero
        else:
            digit = _DIGITS.index(sign)
    return float(total + section + max(digit, 0))

"""Numbers in Chinese text: Arabic figures with their places, and numbers written in characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lunxun.text.folding import fold

MAX_CHINESE = 10**8
_TOO_LONG = 10**15

_NUMBER = r"(?<![0-9a-z])(?<![0-9]\.)(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_SCALE = r"[余多]?(?P<scale>[百千]?(?:万亿|万|亿))|(?P<percent>[%‰])"
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

_YEAR = r"(?:19|20)[0-9]{2}"
# A one-digit hour is taken for one from 6 to 9 o'clock only: 1:10 and 3:15 are ratios more often than times.
_TIME = r"(?:[01][0-9]|2[0-4]|[6-9]):[0-5][0-9](?::[0-5][0-9])?"
_MONTH = r"(?:1[0-2]|0?[1-9]) ?月(?: ?(?:3[01]|[12][0-9]|0?[1-9]) ?[日号])?"
_DATE = (
    rf"(?<![0-9a-z])(?<![0-9]\.)(?:{_YEAR} ?(?:[-–—~]{{1,2}}|至|到) ?{_YEAR}(?![0-9])(?: ?年度?)?"
    rf"|{_YEAR}(?P<dash>[-/.])[0-9]{{1,2}}(?P=dash)[0-9]{{1,2}}(?![0-9])(?: {_TIME})?"
    rf"|{_YEAR} ?年度?(?: ?{_MONTH})?|{_MONTH}|{_TIME}(?![0-9:]))"
)
_NUMERAL = re.compile(_NUMBER)
_FIGURE = re.compile(rf"(?P<date>{_DATE})|(?P<number>{_NUMBER})(?:{_SCALE})?")

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1_000, "千"), (100, "百"), (10, "十"))
_CHINESE = re.compile(r"[零一二三四五六七八九十百千万]+\Z")
_LIANG = re.compile(r"两(?=[百千万]|\Z)")
_BARE_TEN = re.compile(r"(?<![一二三四五六七八九])十")
_SECTION = 10_000


@dataclass(frozen=True, slots=True)
class Numeral:
    """The digits of one number, without scale or unit."""

    start: int
    end: int
    value: int | float


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a reader takes it: 1.2万 is 12000, 62.59% is 62.59; a date is one figure without a value."""

    start: int
    end: int
    text: str
    value: int | float | None
    is_date: bool = False


def numerals(text: str) -> Iterator[Numeral]:
    """Yield every number written in Arabic digits, also those that are parts of a date."""
    for match in _NUMERAL.finditer(_plain(text)):
        yield Numeral(match.start(), match.end(), _value(match[0]))


def figures(text: str) -> tuple[Figure, ...]:
    """List the Arabic figures of a text; letters with a number behind them (A4, N95) are names, not figures."""
    found = []
    for match in _FIGURE.finditer(_plain(text)):
        is_date = match["date"] is not None
        value = None if is_date else _value(match["number"], match["scale"] or "")
        found.append(Figure(match.start(), match.end(), text[match.start() : match.end()], value, is_date))
    return tuple(found)


def chinese_number(text: str) -> int | None:
    """Read an integer below 10^8 written in Chinese characters; None when it is not written by the rules."""
    written = _BARE_TEN.sub("一十", _LIANG.sub("二", fold(text).replace("〇", "零")))
    if not _CHINESE.match(written):
        return None
    number = _read_chinese(written)
    # Writing it again is the proof: 三十十, 二百五 (for 250) and 一千五十 do not come back as they were.
    is_proper = number < MAX_CHINESE and _write_chinese(number) == written
    return number if is_proper else None


def to_chinese(number: int) -> str:
    """Write an integer from 0 to below 10^8 as clauses are numbered: 十二, 一百一十, 二百零二."""
    if not 0 <= number < MAX_CHINESE:
        raise ValueError(f"{number} is not in 0..{MAX_CHINESE - 1}")
    written = _write_chinese(number)
    return written[1:] if written.startswith("一十") else written


def _plain(text: str) -> str:
    # A full-width comma parts clauses (49个，120名); only the half-width one groups digits.
    return fold(text.replace("\uff0c", "、"))


def _value(digits: str, scale: str = "") -> int | float:
    number = Decimal(digits.replace(",", ""))
    for sign in scale:
        number *= _SCALES[sign]
    # 1.0 stays a decimal, as the text has it; 1.2万 is a whole number of things.
    is_whole = number == number.to_integral_value() and ("." not in digits or scale)
    return int(number) if is_whole and number < _TOO_LONG else float(number)


def _read_chinese(written: str) -> int:
    head, _, tail = written.rpartition("万")
    return _read_section(head) * _SECTION + _read_section(tail)


def _read_section(written: str) -> int:
    total = digit = 0
    places = {sign: place for place, sign in _PLACES}
    for sign in written:
        if sign in places:
            total += digit * places[sign]
            digit = 0
        else:
            digit = max(_DIGITS.find(sign), 0)
    return total + digit


def _write_chinese(number: int) -> str:
    high, low = divmod(number, _SECTION)
    if not high:
        return _write_section(low) or _DIGITS[0]
    zero = _DIGITS[0] if 0 < low < _SECTION // 10 else ""
    return f"{_write_section(high)}万{zero}{_write_section(low)}"


def _write_section(number: int) -> str:
    written = ""
    for place, sign in _PLACES:
        digit, number = divmod(number, place)
        if digit:
            written += _DIGITS[digit] + sign
        elif written and number and not written.endswith(_DIGITS[0]):
            written += _DIGITS[0]
    return written + (_DIGITS[number] if number else "")

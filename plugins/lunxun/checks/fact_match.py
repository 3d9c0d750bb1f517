"""Find where a line of a raw text says what a fact says: number, bound and unit, or the words printed.

All positions are those of the squeezed line (folded, without spaces).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lunxun.records.fact import Fact
from lunxun.text.folding import squeeze
from lunxun.text.noise import clean_line
from lunxun.text.numerals import Numeral, chinese_number, figures, numerals

_NEAR = 6
_LOOK_BACK = 8  # longer than any word that _BEFORE and its like look for; a line may be very long
_CLAUSE_END = re.compile(r"[,。;、:!?]")
# 最近5年, 节约10万元, 签约2家: here 近 and 约 are not bounds.
_BEFORE = re.compile(r"(不低于|不超过|至少|超过|(?<![最附临靠邻])近|(?<![节契签预履条特违邀公])约)\Z")
_AFTER = re.compile(r"以上|以下|左右")
_AFTER_NUMBER = re.compile(r"[0-9%一二三四五六七八九十百千万亿].{0,3}?(以上|以下|左右)")
_INSIDE = re.compile(r"[万亿]?([余多])")
_BETWEEN = ("余", "多")
_SCALE = "万亿"

_DASH = r"[-–—―−~]{1,2}|至|到"
_RANGE_BEFORE = re.compile(rf"[0-9]%?(?:{_DASH})\Z")
_RANGE_AFTER = re.compile(rf"%?(?:{_DASH})[0-9]")
_DIGIT_BEFORE = re.compile(r"(?:[0-9]|[0-9][.,])\Z")
_DIGIT_AFTER = re.compile(r"[0-9]|[.,][0-9]")
_CHINESE_DIGITS = re.compile(r"[〇零一二两三四五六七八九十百千万]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A place that says the number and unit of a fact; `said` is the bound there where it differs, else None."""

    start: int
    end: int
    said: str | None = None

    @property
    def is_proof(self) -> bool:
        """Tell whether the bound agrees as well."""
        return self.said is None


def matches(fact: Fact, line: str) -> tuple[Match, ...]:
    """List the places of a squeezed line where a fact stands."""
    printed = _squeezed(fact.source.printed) if fact.source and fact.source.printed else ""
    found = _printed(fact, printed, line) if printed else _written_out(fact, line)
    return tuple(found)


def printed_has_value(fact: Fact, printed: str) -> bool:
    """Tell whether words copied from a text hold the value of the fact, as far as they hold numbers at all."""
    text = _squeezed(printed)
    said = [one.value for one in numerals(text)] or [*_chinese_values(text)]
    if not said:
        return True
    # “10+2” may be one whole of 12, “四抓两整治” six things; 1.2万 may be stored as 12000.
    multiplied = {one.value for one in figures(text)}
    wanted = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return all(value in {*said, sum(said), *multiplied} for value in wanted)


def occurrences(line: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a squeezed line without cutting a number in two."""
    start = line.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not _cuts_a_number(line, start, end):
            yield start, end
        start = line.find(words, start + 1)


def _printed(fact: Fact, printed: str, line: str) -> Iterator[Match]:
    if not printed_has_value(fact, printed):
        return
    for start, end in occurrences(line, printed):
        yield Match(start, end, _differing_bound(fact, line, start, end, _bounds_in(printed)))


def _written_out(fact: Fact, line: str) -> Iterator[Match]:
    rest = _after_number(fact.unit)
    for start, end in _number_spans(fact, line):
        following = rest.match(line, end)
        if following is not None:
            inner = "".join(word for word in following.groups() if word)
            yield Match(start, following.end(), _differing_bound(fact, line, start, following.end(), inner))


def _after_number(unit: str) -> re.Pattern[str]:
    """Make the pattern of what follows the number: 余 or 多 may stand before the unit or after its 万."""
    text = _squeezed(unit)
    scaled = len(text) > 1 and text[0] in _SCALE
    words = f"{text[0]}([余多])?{re.escape(text[1:])}" if scaled else re.escape(text)
    # 5552人次 does not say 5552人, nor 2个百分点 2个, nor 3个月 3个.
    longer = r"(?!次)" if not text.endswith("次") else ""
    return re.compile(f"([余多])?{words}{longer}" + (r"(?!百分点|月)" if text == "个" else ""))


def _number_spans(fact: Fact, line: str) -> Iterator[tuple[int, int]]:
    found = list(numerals(line))
    if isinstance(fact.value, tuple):
        low, high = fact.value
        for one, other in pairwise(found):
            if (one.value, other.value) == (low, high) and _joins(line, one, other, fact.unit):
                yield one.start, other.end
        return
    for one in found:
        in_range = _before(_RANGE_BEFORE, line, one.start) or _RANGE_AFTER.match(line, one.end)
        if one.value == fact.value and not in_range:
            yield one.start, one.end


def _joins(line: str, one: Numeral, other: Numeral, unit: str) -> bool:
    between = line[one.end : other.start].removeprefix(_squeezed(unit))
    return re.fullmatch(_DASH, between) is not None


def _differing_bound(fact: Fact, line: str, start: int, end: int, inner: str) -> str | None:
    """Name the bound that the text has at a figure, "" for none, where the fact says otherwise; else None."""
    before = _before(_BEFORE, line, start)
    after = _AFTER.match(line, end)
    direct = [word for word in (before and before[1], inner, after and after[0]) if word]
    if fact.bound is None:
        return direct[0] if direct else None
    if fact.bound in direct or (fact.bound not in _BETWEEN and fact.bound in _near(line, start, end)):
        return None
    return direct[0] if direct else ""


def _before(pattern: re.Pattern[str], line: str, end: int) -> re.Match[str] | None:
    return pattern.search(line, max(0, end - _LOOK_BACK), end)


def _near(line: str, start: int, end: int) -> str:
    """Give the few characters around a figure, within its clause, parted by a space."""
    before = _CLAUSE_END.split(line[max(0, start - _NEAR) : start])[-1]
    after = _CLAUSE_END.split(line[end : end + _NEAR])[0]
    return f"{before} {line[start:end]} {after}"


def _bounds_in(printed: str) -> str:
    """Name the bound that stands inside the copied words, directly at an Arabic number."""
    for one in numerals(printed):
        found = _before(_BEFORE, printed, one.start) or _INSIDE.match(printed, one.end)
        if found:
            return found[1]
    after = _AFTER_NUMBER.search(printed)
    return after[1] if after else ""


def _cuts_a_number(line: str, start: int, end: int) -> bool:
    before = line[start].isdigit() and _before(_DIGIT_BEFORE, line, start)
    after = line[end - 1].isdigit() and _DIGIT_AFTER.match(line, end)
    return bool(before or after)


def _chinese_values(text: str) -> Iterator[float]:
    for match in _CHINESE_DIGITS.finditer(text):
        value = chinese_number(match[0])
        if value is not None:
            yield value


def _squeezed(text: str) -> str:
    return squeeze(clean_line(text)).text

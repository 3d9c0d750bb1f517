"""Other ways to write the numbers of a query, where that is safe: 12天 and 十二天, 两个 and 2个, 第14条 and 第十四条.

Only a number before a measure word or after 第 is rewritten, never that of 两委 or 三会一课. `search-numerals.js`
follows the same rules; tests/search/golden.json holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunxun.text.folding import fold
from lunxun.text.numerals import chinese_number, to_chinese

_MEASURE = re.compile("[个名位人户家支条项章款届次期级天日月年周岁号轮批场份张座栋间套亩元万亿米]|小时|学时|分钟|公里")
_ORDINAL = "第"
_YEAR = "年"
_NUMBER = re.compile(r"[0-9]+|[零〇一二两三四五六七八九十百千万]+")
_SPELLED_YEAR = re.compile(r"[一二三四五六七八九][零〇一二三四五六七八九]{3}\Z")
_IN_NUMBER = re.compile(r"[0-9][.,]?\Z")
_TWO = re.compile("二(?=[百千万])")
_DIGITS = "零一二三四五六七八九"
_MOST = 9
_MOST_DIGITS = 7


def variants(query: str) -> tuple[str, ...]:
    """List other ways to write a query, folded; none when it holds no number that may be rewritten."""
    folded = fold(query)
    written, end = [""], 0
    for match in _NUMBER.finditer(folded):
        choices = (match[0], *_others(folded[: match.start()], match[0], folded[match.end() :]))
        if len(written) * len(choices) > _MOST:
            choices = choices[:1]
        written = [start + folded[end : match.start()] + choice for start in written for choice in choices]
        end = match.end()
    return tuple(dict.fromkeys(text for start in written if (text := start + folded[end:]) != folded))


def _others(before: str, number: str, after: str) -> tuple[str, ...]:
    """List the other ways to write a number that stands between these texts."""
    is_ordinal = before.endswith(_ORDINAL)
    if _IN_NUMBER.search(before) or not (is_ordinal or _MEASURE.match(after)):
        return ()
    is_year = after.startswith(_YEAR) and not is_ordinal
    if number.isascii():
        return tuple(_in_chinese(number, is_year, not is_ordinal))
    if is_year and _SPELLED_YEAR.match(number):
        return ("".join(str(_DIGITS.index(sign)) for sign in number.replace("〇", "零")),)
    value = chinese_number(number)
    if value is None:
        return ()
    return (str(value), *(text for text in _in_chinese(str(value), False, not is_ordinal) if text != number))


def _in_chinese(digits: str, is_year: bool, counts: bool) -> Iterator[str]:
    """Write digits in characters; where they count things, two is also 两."""
    if len(digits) > _MOST_DIGITS or (digits[0] == "0" and digits != "0"):
        return
    if is_year and len(digits) == 4:
        spelled = "".join(_DIGITS[int(digit)] for digit in digits)
        yield from dict.fromkeys((spelled.replace("零", "〇"), spelled))
        return
    chinese = to_chinese(int(digits))
    yield chinese
    if counts and chinese == "二":
        yield "两"
    elif counts and _TWO.search(chinese):
        yield _TWO.sub("两", chinese)

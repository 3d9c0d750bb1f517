"""The rule against personal data: phones, identity numbers, bank cards, private mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunxun.checks.rule import RecordRule
from lunxun.checks.texts import RecordText
from lunxun.findings import Finding, RuleInfo

PERSONAL_DATA = RuleInfo(
    "personal-data",
    "不含个人信息",
    "知识库会整包拷给别人，写进去的电话、证件号收不回来。",
    "删去；确需联系方式的，写单位名称，由读者自行联系。",
)

_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])0[0-9]{2,3}[- ]?[2-9][0-9]{6,7}(?![0-9])")
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_CARD = re.compile(r"(?<![0-9])[3-6][0-9]{3}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9])")
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
# Every number that is looked for has at least ten digits. Among the signs alone there may be more such rows, since
# numbers stand beside each other that do not in the text.
_MAY_BE_NUMBER = re.compile("[0-9](?:[ -]?[0-9]){9}")
_MAY_HAVE_NUMBER = re.compile(rb"[0-9](?:[ -]?[0-9]){9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def no_personal_data(record: RecordText) -> Iterator[Finding]:
    """Find phone, identity and card numbers and mail addresses; the message does not repeat them in full."""
    for text in record:
        for offset, what in _personal(text.value):
            shown = text.value[offset : offset + 3]
            yield PERSONAL_DATA.at(text.place(offset), f"像是{what}（{shown}…）")


def _personal(text: str) -> Iterator[tuple[int, str]]:
    taken: list[range] = []
    for pattern, what, is_real in (
        (_IDENTITY, "身份证号", _is_identity),
        (_CARD, "银行卡号", _is_card),
        (_MOBILE, "手机号", None),
        (_LANDLINE, "电话号码", None),
        (_MAILBOX, "电子邮箱", None),
    ):
        for match in pattern.finditer(text):
            if any(match.start() in span for span in taken) or (is_real is not None and not is_real(match[0])):
                continue
            taken.append(range(*match.span()))
            yield match.start(), what


def _is_identity(text: str) -> bool:
    """Check the last digit as GB 11643-1999 defines it."""
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return text[-1].upper() == _CHECK_DIGITS[total % 11]


def _is_card(text: str) -> bool:
    """Check the Luhn digit of a card number."""
    digits = [int(character) for character in text if character.isdigit()]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _may_have_personal_data(record: RecordText) -> bool:
    if b"@" in record.signs:
        return True
    return _MAY_HAVE_NUMBER.search(record.signs) is not None and _MAY_BE_NUMBER.search(record.whole) is not None


RULES = (RecordRule(PERSONAL_DATA, no_personal_data, _may_have_personal_data),)

"""Personal data is found in whatever form it is written, and the finding does not spread it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.findings import Finding
from tests.contents import edit, findings, place_of

_CASE = "cases/hexi-grid"


def _found(content: Path, text: str) -> list[Finding]:
    edit(content, _CASE, "先划清边界，再配人员。", f"联系{text}。")
    return [finding for finding in findings(content) if finding.rule == "personal-data"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("13800138000", "手机号"),
        ("138 0013 8000", "手机号"),
        ("138-0013-8000", "手机号"),
        ("+8613800138000", "手机号"),
        ("+86 138 0013 8000", "手机号"),
        ("010-62345678", "电话号码"),
        ("0515 86662345", "电话号码"),
        ("11010519491231002X", "身份证号"),
        ("440524188001010014", "身份证号"),
        ("6222 0212 3456 7894", "银行卡号"),
        ("zhang.san@example.com", "电子邮箱"),
    ],
)
def test_personal_data_is_found(good_content: Path, text: str, what: str) -> None:
    (found,) = _found(good_content, text)
    assert f"像是{what}（" in found.message
    assert text not in found.message
    assert found.place == place_of(good_content, _CASE, text)


@pytest.mark.parametrize(
    "text",
    [
        "12345热线", "文号〔2023〕13800号", "110105194912310021", "1234567890123456", "2023-08-31", "第13800138号",
        "023年", "13800138000138001380", "《规定》@2023", "a@b",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(good_content: Path, text: str) -> None:
    assert _found(good_content, text) == []


def test_one_number_is_one_finding(good_content: Path) -> None:
    # The digits of an identity number also hold what looks like a phone.
    assert len(_found(good_content, "11010513800138017X、13800138000")) == 1

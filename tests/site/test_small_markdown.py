"""What is written out directly is what python-markdown would have written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from environment import ROOT
from lunxun.library.load import load
from lunxun.records.base import IsProse
from lunxun.records.walk import leaves
from lunxun.site import small_markdown
from lunxun.site.small_markdown import plain_to_html

# Rich in what Markdown looks at; most texts of it are plain all the same, or nearly.
_FRAGMENTS = (
    *("**", "**", "*", "- ", "- ", "-", "+ ", "1. ", "1.", "１. ", "\n", "\n\n", "\n- ", "\n- ", "\n\n- ", "\n\n\n"),
    *(
        " ",
        "  ",
        " \n",
        "\n ",
        "\n    ",
        "甲",
        "乙",
        "。",
        "a",
        "7",
        ".",
        "**甲**",
        "'",
        '"',
        "~",
        "|",
        ":",
        "{",
        "}",
        "$",
    ),
    *("#", "# ", "> ", ">", "`", "[", "]", "(", ")", "!", "=", "===", "---", "***", "[TOC]", "http://x", "a@b.cn"),
    *("\u3000", "\t", "_", "__", "\\", "&", "&amp;", "<", "<b>", "\ue0000\ue001", "\x02", "\x03", "\r", "\x85"),
    *("\u2028", "\ufeff"),
)
_texts = st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map("".join)
_plain = st.lists(st.sampled_from(["**", "**", "甲", "乙", "\n", "\n\n", "\n- ", "- ", " ", "1. ", "。"]), max_size=16)


def _by_markdown(text: str) -> str:
    return small_markdown._to_html_by_markdown(text)  # the oracle


@given(_texts | _texts.map(str.strip) | _plain.map("".join).map(str.strip))
@example("- 甲\n\n- 乙")
@example("甲\n- 乙")
@example("- 甲\n乙")
@example("**甲** 乙**丙**")
@example("**甲****乙**")
@example("** 甲**")
@example("- **甲**\n- 乙\n\n丙")
@example("-  甲")
@example("- - 甲")
def test_plain_prose_is_as_markdown_has_it(text: str) -> None:
    plain = plain_to_html(text)
    assert plain is None or plain == _by_markdown(text)


@pytest.mark.parametrize(
    "text",
    ["甲", "甲\n乙", "甲\n\n乙", "- 甲\n- 乙", "甲：\n\n- 乙\n- **丙**丁\n\n戊", "**甲**", "共\ue0000\ue001个，“乙”"],
)
def test_what_editors_write_is_written_out_directly(text: str) -> None:
    assert plain_to_html(text) is not None


def test_all_prose_of_the_content_comes_out_the_same() -> None:
    texts = [
        leaf.value
        for entry in load(ROOT / "content").library.entries.values()
        for leaf in leaves(entry.record)
        if isinstance(leaf.mark, IsProse)
    ]
    made = [plain_to_html(text) for text in texts]
    assert all(plain is None or plain == _by_markdown(text) for plain, text in zip(made, texts, strict=True))
    assert made.count(None) < len(made) / 10


def test_every_kind_of_white_space_is_known_as_odd() -> None:
    spaces = {chr(code) for code in range(0x110000) if chr(code).isspace()} - {" ", "\n"}
    assert all(plain_to_html(f"甲{space}乙") is None for space in spaces)

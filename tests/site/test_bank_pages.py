"""The site says what a bank asks, and never what the answer is; a bank for exams is not in it at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.library.load import load
from lunxun.site.whole import make_site
from tests.contents import BANK, add_banks, edit


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the good banks beside the good content."""
    add_banks(good_content)
    return good_content


def _texts(content: Path) -> str:
    site = make_site(load(content).library)
    pages = [f"{page.title} {page.description} {page.body}" for page in site.pages]
    return "\n".join([*pages, *(data.decode() for data in site.assets.values())])


def test_stems_are_shown_without_keys_and_rationales(content: Path) -> None:
    texts = _texts(content)
    assert "没有人上门，最可能的原因是" in texts
    for kept_back in ("兼职的另算", "题干多说了一倍", "百分之九十八", "说出小院的用途", "添置办公用房"):
        assert kept_back not in texts


def test_what_is_asked_of_a_record_is_linked_from_it(content: Path) -> None:
    site = make_site(load(content).library)
    (page,) = [page for page in site.pages if page.address == "problems/few-hands.html"]
    assert 'href="../banks/grid-bank.html"' in page.body


def test_a_bank_for_exams_leaves_no_trace(content: Path) -> None:
    edit(content, BANK, "audiences:", "use: 考试\naudiences:")
    texts = _texts(content)
    for kept_back in ("网格知识", "grid-bank", "最可能的原因", "求助铃，铃响"):
        assert kept_back not in texts


def test_a_retired_or_waiting_question_is_not_shown(content: Path) -> None:
    edit(content, BANK, "key: AC", 'key: AC\n    retired: {on: "2024", why: 太容易}')
    edit(content, BANK, "        type: 判断\n", "        type: 判断\n        state: 待核\n")
    texts = _texts(content)
    assert "一格一院的步骤有" not in texts
    assert "可以缓解人手不足" not in texts

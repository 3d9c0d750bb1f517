"""A bank is a sheet with its key behind it; the search tells no key, and a bank for exams is nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lunxun.library.load import load
from lunxun.site.page import SitePage
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


KEPT_FROM_SEARCH = ("兼职的另算", "题干多说了一倍", "百分之九十八", "说出小院的用途", "添置办公用房")


def _bank_page(content: Path) -> SitePage:
    (page,) = [page for page in make_site(load(content).library).pages if page.address == "quizzes/grid-bank.html"]
    return page


def test_the_search_and_other_pages_know_no_keys(content: Path) -> None:
    site = make_site(load(content).library)
    others = [page.body for page in site.pages if page.address != "quizzes/grid-bank.html"]
    assets = [data.decode("utf-8", "replace") for data in site.assets.values()]
    for kept_back in KEPT_FROM_SEARCH:
        assert not any(kept_back in text for text in (*others, *assets))


def test_keys_come_after_all_questions(content: Path) -> None:
    body = _bank_page(content).body
    questions, keys = body[: body.index("<details data-lx-keys>")], body[body.index("<details data-lx-keys>") :]
    assert questions.index("没有人上门，最可能的原因是") > 0
    for told in ("兼职的另算", "题干多说了一倍", "百分之九十八", "说出小院的用途", "一格配一名"):
        assert told not in questions
        assert told in keys


def test_the_basis_is_linked_to_its_place(content: Path) -> None:
    body = _bank_page(content).body
    for link in (
        "../policies/grid-rules.html#v-2023-5",
        "../cases/hexi-grid.html#fact-grids",
        "../problems/few-hands.html",
    ):
        assert f'href="{link}"' in body


def test_options_and_stems_hold_no_links(content: Path) -> None:
    edit(content, BANK, "添置办公用房", "'[[hexi-grid|添置用房]]'")
    body = _bank_page(content).body
    questions = body[body.index("data-lx-quiz") : body.index("lx-keys")]
    assert "添置用房" in questions
    assert "<a " not in questions


def test_a_sheet_never_shows_steps_in_their_right_order(content: Path) -> None:
    body = _bank_page(content).body
    sheet = body[body.index("lx-order") : body.index("</ol>", body.index("lx-order"))]
    places = [sheet.index(step) for step in ("划定网格边界", "落实网格人员", "住户到院议事")]
    assert places != sorted(places)


def test_what_the_script_gets_is_data_that_cannot_end_its_element(content: Path) -> None:
    edit(content, BANK, "百分之九十八以上", "'</script><b>&'")
    body = _bank_page(content).body
    start = body.index('id="lx-quiz-data">') + len('id="lx-quiz-data">')
    data = json.loads(body[start : body.index("</script>", start)])
    questions = data["questions"]
    assert questions["grid-bank-count"]["blanks"][1]["accept"][1] == "</script><b>&"
    assert questions["grid-bank-steps"]["key"] == ["0", "2"]
    assert questions["grid-bank-case"]["parts"] == ["grid-bank-case-cause", "grid-bank-case-mend"]
    assert dict(zip(*data["fold"], strict=True))["個"] == "个"


def test_the_list_counts_questions_by_type(content: Path) -> None:
    (page,) = [page for page in make_site(load(content).library).pages if page.address == "quizzes/index.html"]
    assert 'href="grid-bank.html"' in page.body
    assert "9题" in page.body
    assert "案例分析1" in page.body


def test_what_is_asked_of_a_record_is_linked_from_it(content: Path) -> None:
    site = make_site(load(content).library)
    (page,) = [page for page in site.pages if page.address == "problems/few-hands.html"]
    assert 'href="../quizzes/grid-bank.html"' in page.body


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

"""The page of a bank under a finger: every type by taps alone, and nothing that is too small to be hit."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chromium import NARROW, WIDE, Chromium
from tests.browser.quiz_steps import BANK, COUNT, NOTEBOOK, RESULT, line, order

pytestmark = pytest.mark.browser
SMALLEST = 24  # CSS pixels: WCAG 2.2, success criterion 2.5.8

# Gives what can be tapped and is smaller than asked; links in running text are as high as their line.
SMALL = """smallest => {
    const kinds = ['button', 'select', 'summary', 'a.lx-tool', 'textarea', 'input'].map(name => `main ${name}`);
    const found = [...document.querySelectorAll(kinds.join())];
    const targets = found.filter(one => !one.hidden && one.type !== 'file').map(one => one.closest('label') || one);
    return targets.map(one => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < smallest || box.height < smallest))
        .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`);
}"""


@pytest.fixture(params=["file_url", "http_url"])
def base(request: pytest.FixtureRequest) -> str:
    """Give the site's address on disk, then over http."""
    url: str = request.getfixturevalue(request.param)
    return url


def _tap_options(section: Locator, known: Any) -> None:
    for value in known["key"]:
        section.locator(f'.lx-opt:has(input[value="{value}"])').tap()


def _fill_blanks(section: Locator, known: Any) -> None:
    for place, blank in enumerate(known["blanks"]):
        section.locator(".lx-blank").nth(place).tap()
        section.page.keyboard.insert_text(blank["accept"][0])


def _match_pairs(section: Locator, known: Any) -> None:
    for place, value in enumerate(known["key"]):
        choice = section.locator("select").nth(place)
        choice.tap()
        # The list itself is drawn by the system; choosing from it is told to the page as here.
        choice.select_option(value=value)


def _move_steps(section: Locator, known: Any) -> None:
    for place, value in enumerate(known["key"]):
        step = section.locator(f'.lx-order > li[data-lx-value="{value}"]')
        while section.locator(".lx-order > li").nth(place).get_attribute("data-lx-value") != value:
            step.get_by_role("button", name="上移").tap()
    assert len(order(section)) == len(known["key"])
    last = section.locator(".lx-order > li").last.get_by_role("button")
    last.nth(1).tap(force=True)  # leads nowhere, says so, and changes nothing
    last.nth(0).tap()
    section.locator(".lx-order > li").nth(-2).get_by_role("button", name="下移").tap()


def _write_freely(section: Locator, known: Any) -> None:
    section.locator("textarea").tap()
    section.page.keyboard.insert_text("先看口径，再下结论。")
    section.get_by_role("button", name="看参考答案").tap()
    for box in section.locator(".lx-points .lx-opt").all():
        box.tap()
    section.get_by_role("button", name="记下自评").tap()


ANSWER: dict[str, Callable[[Locator, Any], None]] = {
    "单选": _tap_options,
    "多选": _tap_options,
    "判断": _tap_options,
    "填空": _fill_blanks,
    "匹配": _match_pairs,
    "排序": _move_steps,
    "简答": _write_freely,
    "论述": _write_freely,
}


def test_every_type_by_touch(chromium: Chromium, base: str) -> None:
    with chromium.fresh(NARROW, has_touch=True) as tab:
        visit = tab.open(base + BANK, base)
        assert tab.evaluate("navigator.maxTouchPoints > 0")
        known = json.loads(tab.page.locator("#lx-quiz-data").text_content() or "")["questions"]
        leaves = {name: one for name, one in known.items() if "parts" not in one}
        assert {one["type"] for one in leaves.values()} == set(ANSWER)
        for name, one in leaves.items():
            section = tab.page.locator(f"#q-{name}")
            ANSWER[one["type"]](section, one)
            if "shares" not in one:
                section.get_by_role("button", name="核对答案").tap()
            assert "答对了" in line(section), name
        assert f"已对答案{len(leaves)}题，答对{len(leaves)}题" in tab.page.inner_text(COUNT)
        assert "做完了" in tab.page.inner_text(".lx-summary")
        assert visit.complaints == []


def test_going_through_a_bank_by_touch(chromium: Chromium, base: str) -> None:
    with chromium.fresh(NARROW, has_touch=True) as tab:
        visit = tab.open(base + BANK, base)
        page = tab.page
        page.get_by_text("一次一题").tap()
        page.get_by_text("全部做完再对").tap()
        page.locator("#q-sample-meeting-frequency .lx-opt", has_text="每年").tap()
        page.get_by_role("button", name="下一题").tap()
        page.get_by_role("button", name="第18题，未作答").tap()
        expect(page.locator("#q-sample-case-binding")).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="交卷看结果").tap()
        expect(page.locator(".lx-summary")).to_contain_text("答错1题")
        page.get_by_role("button", name="第1题，答错了").tap()
        first = page.locator("#q-sample-meeting-frequency")
        assert sorted(first.locator(".lx-flag").all_inner_texts()) == ["✓ 正确答案", "✗ 你选的"]
        page.locator(".lx-own > summary").tap()
        with page.expect_download():
            page.get_by_role("button", name="保存到文件").tap()
        page.locator("[data-lx-keys] > summary").tap()
        expect(page.locator("#k-sample-meeting-frequency")).to_be_visible()
        with page.expect_navigation():
            page.get_by_role("link", name="看错题本").tap()
        page.get_by_role("button", name="移出").tap()
        assert "这里还没有错题" in page.inner_text(".lx-notebook")
        assert visit.complaints == []


@pytest.mark.parametrize("mode", ["normal", "large"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everything_that_is_tapped_is_large_enough(chromium: Chromium, file_url: str, width: int, mode: str) -> None:
    with chromium.fresh(width) as tab:
        tab.open(file_url + BANK, file_url)
        if mode == "large":
            tab.page.click("#lx-elder")
        for view in ("一次一题", "整卷"):
            tab.page.get_by_label(view).check()
            tab.page.locator(".lx-check-one:visible").first.wait_for()
            assert tab.page.evaluate(SMALL, SMALLEST) == []
            assert tab.page.evaluate(SMALL, 10 * SMALLEST) != []
        tab.page.locator("#q-sample-grid-count .lx-opt", has_text="4763个").click()
        tab.page.locator("#q-sample-grid-count .lx-check-one").click()
        tab.page.locator("#q-sample-grid-leader-count .lx-check-one").click()
        assert tab.page.locator(RESULT).count() == 2
        tab.page.click(".lx-own > summary")
        assert tab.page.evaluate(SMALL, SMALLEST) == []
        tab.open(file_url + NOTEBOOK, file_url)
        assert tab.page.get_by_role("button", name="移出").count() == 1
        assert tab.page.evaluate(SMALL, SMALLEST) == []


def test_what_is_remembered_of_a_stem_shows_its_holes(chromium: Chromium, file_url: str) -> None:
    tab = chromium
    tab.open(file_url + BANK, file_url)
    for name in ("township-hours", "meeting-frequency"):
        section = tab.page.locator(f"#q-sample-{name}")
        section.locator("input").first.click()
        if name == "township-hours":
            tab.page.keyboard.insert_text("9")
        section.locator(".lx-check-one").click()
    kept = json.loads(str(tab.evaluate("localStorage['lunxun.quiz.samples']")))["questions"]
    assert kept["sample-township-hours"]["stem"].count("＿＿") == 2
    assert "一般（）召开" in kept["sample-meeting-frequency"]["stem"]

"""The page of a bank: every type by mouse and keyboard, from disk and over http, on paper and without a script."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from system_tools import CHROMIUM, find_program
from tests.browser.chromium import NARROW, WIDE, Chromium
from tests.browser.judges import accessibility_faults, overflow
from tests.browser.quiz_steps import BANK, COUNT, RESULT, check, choose, line, order, question
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
STEPS = ["村党组织提议", "村“两委”会议商议", "党员大会审议", "村民会议或者村民代表会议决议"]


@pytest.fixture(params=["file_url", "http_url"])
def base(request: pytest.FixtureRequest) -> str:
    """Give the site's address on disk, then over http."""
    url: str = request.getfixturevalue(request.param)
    return url


def opened(tab: Chromium, base: str, query: str = "") -> Visit:
    """Open the sample bank."""
    return tab.open(f"{base}{BANK}{query}", base)


def test_every_type_by_mouse(chromium: Chromium, base: str) -> None:
    visit = opened(chromium, base)
    one = question(chromium, "meeting-frequency")
    choose(one, "每季度")
    assert "答对了" in check(one)
    several = question(chromium, "theme-day")
    choose(several, "每月相对固定一天", "安排集中学习和过组织生活")
    assert "没有选全" in check(several)
    judged = question(chromium, "leave-limit")
    choose(judged, "对")
    assert "答错了" in check(judged)
    blanks = question(chromium, "township-hours")
    blanks.get_by_label("第1空").fill("１２ 天")
    blanks.get_by_label("第2空").fill("九十學時")
    assert "答对了" in check(blanks)
    pairs = question(chromium, "problem-practice")
    pairs.get_by_label("社区副业多").select_option(label=_right(pairs.inner_html(), "社区工作事项清单"))
    pairs.get_by_label("重点项目推进难").select_option(label=_right(pairs.inner_html(), "每月下发党课学习目录"))
    assert "2对配对了1对" in check(pairs)
    free = question(chromium, "grid-leader-count")
    free.locator("textarea").fill("一名网格长可能管几个网格。")
    assert "对照参考答案" in check(free)
    free.get_by_label("指出一名网格长可能管几个网格").check()
    free.get_by_role("button", name="记下自评").click()
    assert "自评得分率50%" in line(free)
    part = question(chromium, "case-binding-first")
    choose(part, "错")
    assert "答对了" in check(part)
    assert "已对答案7题，答对3题" in chromium.page.inner_text(COUNT)
    assert visit.complaints == []


def _right(html: str, text: str) -> str:
    """Find the label of an option that has a letter before its text."""
    found = re.search(rf">([A-Z]\. {text})<", html)
    assert found is not None
    return found[1]


def test_steps_are_ordered_by_keyboard_and_told(chromium: Chromium, base: str) -> None:
    opened(chromium, base)
    section = question(chromium, "four-discussions")
    page = chromium.page
    assert order(section) != STEPS
    for place, step in enumerate(STEPS):
        section.get_by_role("button", name=f"上移：{step}").focus()
        for _ in range(order(section).index(step) - place):
            page.keyboard.press("Enter")
            # The button keeps the focus while its step moves.
            assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"上移：{step}"
    assert order(section) == STEPS
    expect(page.locator(".lx-quiz ~ [role=status]")).to_contain_text("项，共4项")
    page.keyboard.press("Shift+Tab")
    first = section.get_by_role("button", name=f"上移：{STEPS[0]}")
    assert first.get_attribute("aria-disabled") == "true"
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lx-quiz ~ [role=status]")).to_contain_text("已经在最前")
    assert "答对了" in check(section)


def test_all_is_done_by_keyboard(chromium: Chromium, file_url: str) -> None:
    opened(chromium, file_url)
    page = chromium.page
    page.locator("#q-sample-petition-deadline input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('lx-result')")
    assert "答对了" in page.evaluate("document.activeElement.textContent")
    page.locator("#q-sample-training-classes input").first.focus()
    for _ in range(4):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "答错了" in page.evaluate("document.activeElement.textContent")
    page.locator("#q-sample-meeting-matching select").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#q-sample-meeting-matching select").first.input_value() != ""


def test_feedback_leads_to_the_basis(chromium: Chromium, base: str) -> None:
    opened(chromium, base)
    section = question(chromium, "grid-count")
    choose(section, "4763个")
    check(section)
    result = section.locator(RESULT)
    assert "这是网格员的人数" in result.inner_text()
    assert re.search(r"正确答案：[A-D]\. 4039个", result.inner_text())
    with chromium.page.expect_navigation():
        result.get_by_role("link").click()
    assert "/cases/huangnan-grid.html" in chromium.address()
    assert chromium.address().endswith("#fact-grids")


def test_an_unanswered_question_is_not_checked(chromium: Chromium, file_url: str) -> None:
    opened(chromium, file_url)
    section = question(chromium, "meeting-frequency")
    section.get_by_role("button", name="核对答案").click()
    expect(chromium.page.locator(".lx-quiz ~ [role=status]")).to_contain_text("还没有作答")
    assert section.locator(RESULT).count() == 0


def test_one_at_a_time_and_everything_at_the_end(chromium: Chromium, file_url: str) -> None:
    opened(chromium, file_url)
    page = chromium.page
    page.get_by_label("一次一题").check()
    page.get_by_label("全部做完再对").check()
    shown = page.locator(".lx-quiz > .lx-q:not(.lx-away)")
    assert shown.count() == 1
    assert page.get_by_role("button", name="核对答案").count() == 0
    choose(shown, "每季度")
    page.get_by_role("button", name="下一题").click()
    assert page.evaluate("document.activeElement.textContent").startswith("第2题")
    page.get_by_role("button", name="第18题，未作答").click()
    assert shown.locator("[data-lx-q]").count() == 2
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="交卷看结果").click()
    said = page.inner_text(".lx-summary")
    assert "答对1题" in said and "用时" in said and "等你自评5题" in said
    assert page.evaluate("document.activeElement.className") == "lx-summary"
    page.get_by_role("button", name="第1题，答对了").click()
    assert "答对了" in line(question(chromium, "meeting-frequency"))


def test_a_new_attempt_mixes_options_again(chromium: Chromium, file_url: str) -> None:
    opened(chromium, file_url)
    seen = set()
    for _ in range(8):
        seen.add(tuple(question(chromium, "meeting-frequency").locator(".lx-opt").all_inner_texts()))
        letters = chromium.page.locator("#kh-sample-meeting-frequency [data-lx-letters]").text_content()
        right = question(chromium, "meeting-frequency").locator(".lx-opt", has_text="每季度").inner_text()
        assert right.startswith(f"{letters}.")
        chromium.page.get_by_role("button", name="重新做").click()
    assert len(seen) > 1


@pytest.mark.parametrize("mode", ["normal", "large"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_results_are_accessible_and_fit(
    chromium: Chromium, file_url: str, axe_script: str, width: int, mode: str
) -> None:
    with chromium.fresh(width) as tab:
        opened(tab, file_url)
        if mode == "large":
            tab.page.click("#lx-elder")
        tab.page.get_by_label("全部做完再对").check()
        choose(question(tab, "grid-count"), "4763个")
        question(tab, "township-hours").get_by_label("第1空").fill("13")
        question(tab, "problem-practice").locator("select").first.select_option(index=1)
        tab.page.on("dialog", lambda dialog: dialog.accept())
        tab.page.get_by_role("button", name="交卷看结果").click()
        tab.page.click(".lx-own > summary")
        tab.page.click("[data-lx-keys] > summary")
        assert accessibility_faults(tab, axe_script) == []
        assert overflow(tab) == []


def test_paper_has_the_key_on_a_page_of_its_own(chromium: Chromium, file_url: str, tmp_path: Path) -> None:
    opened(chromium, file_url)
    choose(question(chromium, "meeting-frequency"), "每季度")
    check(question(chromium, "meeting-frequency"))
    chromium.page.get_by_label("一次一题").check()
    chromium.page.emulate_media(media="print")
    chromium.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheet = chromium.page.locator("[data-lx-quiz]").inner_text()
    assert all(f"第{number}题" in sheet for number in range(1, 19)), "打印的是整卷"
    assert "答对了" not in sheet and "条例规定党员大会" not in sheet
    keys = chromium.page.locator(".lx-keys")
    assert keys.evaluate("element => getComputedStyle(element).breakBefore") == "page"
    assert "条例规定党员大会一般每季度召开一次" in keys.inner_text()
    after = "[...document.querySelectorAll('.lx-keys ~ *')].every(one => getComputedStyle(one).display === 'none')"
    assert chromium.evaluate(after)
    hidden = ".lx-quiz__bar, .lx-own, .lx-result, .lx-opt input, .lx-match select"
    assert chromium.evaluate(
        f"[...document.querySelectorAll('{hidden}')].every(one => one.getClientRects().length === 0)"
    )


def test_without_a_script_it_is_a_sheet(chromium_browser: Browser, file_url: str) -> None:
    context = chromium_browser.new_context(java_script_enabled=False, viewport={"width": WIDE, "height": 900})
    page = context.new_page()
    page.goto(file_url + BANK)
    assert page.locator(".lx-quiz > .lx-q:visible").count() == 18
    assert page.locator(".lx-key:visible").count() == 0
    page.locator("#q-sample-meeting-frequency .lx-opt").nth(1).click()
    assert page.locator("#q-sample-meeting-frequency input:checked").count() == 1
    page.click("[data-lx-keys] > summary")
    assert page.locator("#kh-sample-meeting-frequency").inner_text().split() == ["第1题", "B"]
    assert page.locator(".lx-key:visible").count() == 22
    context.close()


def test_pages_without_a_script_print_the_key_last(file_url: str, tmp_path: Path) -> None:
    # The bytes of a PDF of Chinese text are not read here; that there is one, with more than one page, shows it prints.
    target = tmp_path / "sheet.pdf"
    program = find_program(CHROMIUM)
    assert program is not None
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", file_url + BANK]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert len(re.findall(rb"/Type\s*/Page\b", target.read_bytes())) > 2

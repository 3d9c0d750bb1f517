"""An exam on the screen: every type by mouse, keyboard and touch, from disk and over plain http; views and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lunxun.quiz import sealing
from lunxun.quiz.trainer_keys import Keys
from system_tools import CHROMIUM, find_program
from tests.browser.chromium import FLAGS, NARROW, WIDE, Chromium
from tests.browser.conftest import folder_url, served
from tests.browser.exam_steps import (
    ANSWERS,
    EXAM,
    KINDS,
    READY,
    WHO,
    answer_all,
    answer_all_by_keyboard,
    begin,
    hand_in,
    open_exam,
    opened,
    question,
    write_exam,
)
from tests.browser.judges import accessibility_faults, overflow
from tests.browser.test_html import validate
from tests.quiz.made_forms import made_form

pytestmark = pytest.mark.browser
INTRANET = "intranet.test"


@pytest.fixture(scope="module")
def keys() -> Keys:
    return sealing.keys()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    made = tmp_path_factory.mktemp("exam")
    write_exam(made, keys)
    return made


@pytest.fixture(scope="module")
def intranet(chromium_browser: Browser) -> Iterator[Browser]:
    """Start a Chromium that knows an intranet name: unlike this computer's own, it is no secure context."""
    program = find_program(CHROMIUM)
    rules = f"--host-resolver-rules=MAP {INTRANET} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    flags = [flag for flag in FLAGS if not flag.startswith("--host-resolver-rules")]
    browser = chromium_browser.browser_type.launch(executable_path=program, args=[*flags, rules])
    yield browser
    browser.close()


@pytest.fixture(params=["disk", "http"])
def tab(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[Chromium, str]]:
    """Give a tab of a browser and the address of the exam's folder: on disk, then on an intranet over plain http."""
    if request.param == "disk":
        yield request.getfixturevalue("chromium"), folder_url(folder)
        return
    with served(folder) as address:
        made = Chromium(request.getfixturevalue("intranet"))
        yield made, address.replace("127.0.0.1", INTRANET)
        made.close()


def test_every_type_by_mouse(tab: tuple[Chromium, str], tmp_path: Path, keys: Keys) -> None:
    chromium, base = tab
    visit = chromium.open(base + EXAM, base)
    page = chromium.page
    page.wait_for_selector(READY)
    if base.startswith("http"):
        assert page.evaluate("[isSecureContext, crypto.subtle === undefined]") == [False, True]
    begin(page)
    answer_all(page, lambda one: one.click())
    sheet = opened(hand_in(page, tmp_path), keys)
    assert sheet["answers"] == ANSWERS
    assert sheet["learner"] == WHO
    form = made_form()
    assert [sheet[name] for name in ("format", "paper", "form", "digest")] == [1, form.paper, form.form, form.digest]
    assert re.fullmatch("[0-9a-f]{32}", sheet["sitting"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", sheet["started"]) and sheet["started"] <= sheet["handed"]
    assert isinstance(sheet["seconds"], int) and 0 <= sheet["seconds"] < 600
    assert visit.complaints == []


def test_every_type_by_keyboard(tab: tuple[Chromium, str], tmp_path: Path, keys: Keys) -> None:
    chromium, base = tab
    open_exam(chromium.page, base)
    begin(chromium.page)
    answer_all_by_keyboard(chromium.page)
    assert opened(hand_in(chromium.page, tmp_path), keys)["answers"] == ANSWERS


@pytest.mark.parametrize("place", ["disk", "http"])
def test_every_type_by_touch(
    request: pytest.FixtureRequest, chromium_browser: Browser, folder: Path, tmp_path: Path, keys: Keys, place: str
) -> None:
    with served(folder) as address:
        browser = chromium_browser if place == "disk" else request.getfixturevalue("intranet")
        context = browser.new_context(viewport={"width": NARROW, "height": 844}, has_touch=True, is_mobile=True)
        page = context.new_page()
        open_exam(page, folder_url(folder) if place == "disk" else address.replace("127.0.0.1", INTRANET))
        begin(page)
        answer_all(page, lambda one: one.tap())
        page.locator("#ex-places > summary").tap()
        page.get_by_role("link", name="第2题，已答").tap()
        assert page.evaluate("document.activeElement.id") == "h2"
        assert not page.evaluate("document.getElementById('ex-places').open")
        assert opened(hand_in(page, tmp_path), keys)["answers"] == ANSWERS
        context.close()


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(chromium: Chromium, folder: Path) -> None:
    page = chromium.page
    open_exam(page, folder_url(folder))
    begin(page)
    reached, unseen = set(), []
    for _ in range(140):  # from the title on, over the end, and round again
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const one = document.activeElement;
                const said = one.getAttribute("aria-label") || one.textContent;
                const style = getComputedStyle(one);
                const isSeen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                return [one.tagName, one.name || one.id || one.dataset.exTo || said, isSeen];
            }"""
        )
        if found[0] == "BODY":
            continue
        reached.add(found[1])
        if not found[2]:
            unseen.append(found[1])
    groups = {f"q{number}" for number, kind in KINDS.items() if kind in ("单选", "多选", "判断", "简答", "论述")}
    others = {"q5-b1", "q5-b2", "q6-m1", "q6-m2", "q6-m3", "ex-hand", "ex-backup", "下移：上报", "上移：表决", *KINDS}
    assert groups | others <= reached
    assert unseen == []


def test_what_is_left_is_told_before_handing_in(chromium: Chromium, folder: Path, tmp_path: Path, keys: Keys) -> None:
    page = chromium.page
    open_exam(page, folder_url(folder))
    begin(page)
    question(page, "1").locator(".ex-opt").nth(1).click()
    question(page, "3").get_by_label("待复查").check()
    assert page.inner_text("#ex-count") == "已答1题，共11题，待复查1题"
    assert page.get_by_role("link", name="第1题，已答", exact=True).count() == 1
    assert page.get_by_role("link", name="第3题，未答，待复查").count() == 1
    page.click("#ex-hand")
    assert "还有10题没有作答" in page.inner_text("#ex-check-list")
    assert page.evaluate("document.activeElement.id") == "ex-check-title"
    page.get_by_role("button", name="回到10-2，第10题第2小题").click()
    assert page.evaluate("document.activeElement.id") == "h10-2"
    page.click("#ex-hand")
    page.get_by_label("姓名").fill("")
    page.get_by_label("编号").fill("")
    expect(page.locator("#ex-nameless")).to_be_visible()
    page.get_by_label("姓名").fill("改过的名字")
    expect(page.locator("#ex-nameless")).to_be_hidden()
    page.click("#ex-back")
    question(page, "1").get_by_role("button", name="清除作答").click()
    question(page, "7").get_by_role("button", name="就按现在的次序作答").click()
    question(page, "8").locator("textarea").fill(" \n ")
    sheet = opened(hand_in(page, tmp_path), keys)
    assert sheet["answers"] == {"7": "ABCD"}
    assert sheet["learner"]["name"] == "改过的名字"


def test_the_file_can_be_had_again_and_has_a_code(chromium: Chromium, folder: Path, tmp_path: Path, keys: Keys) -> None:
    page = chromium.page
    open_exam(page, folder_url(folder))
    begin(page)
    question(page, "1").locator(".ex-opt").nth(2).click()
    path = hand_in(page, tmp_path)
    assert page.inner_text(".ex-receipt") == sealing.receipt(path.read_bytes())
    assert path.name == f"答卷-all-types-A-{opened(path, keys)['sitting'][:8]}.lxa"
    with page.expect_download() as download:
        page.get_by_role("button", name="下载答卷文件").click()
    assert Path(download.value.path()).read_bytes() == path.read_bytes()
    open_exam(page, folder_url(folder))
    assert "继续上次作答" not in page.inner_text("#ex-start")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载答卷文件").click()
    assert Path(download.value.path()).read_bytes() == path.read_bytes()
    # What is kept on this computer after handing in is sealed.
    assert WHO["name"] not in page.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    spoilt = path.read_bytes().replace(b'"epk":"', b'"epk":"A', 1)
    assert isinstance(sealing.open_sealed(spoilt, keys.secret), sealing.Refusal)


@pytest.mark.parametrize("mode", ["normal", "large"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_view_is_accessible_and_fits(
    chromium: Chromium, folder: Path, axe_script: str, tmp_path: Path, width: int, mode: str
) -> None:
    with chromium.fresh(width) as tab:
        page = tab.page
        faults: list[str] = []

        def look(view: str) -> None:
            faults.extend(f"{view}：{fault}" for fault in (*accessibility_faults(tab, axe_script), *overflow(tab)))

        open_exam(page, folder_url(folder))
        if mode == "large":
            page.click("#ex-large")
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") in ("23px", "21px")
        look("start")
        begin(page)
        question(page, "1").locator(".ex-opt").nth(1).click()
        question(page, "2").get_by_label("待复查").check()
        page.evaluate("document.getElementById('ex-places').open = true")
        look("sheet")
        page.evaluate("document.getElementById('ex-places').open = false")
        page.click("#ex-hand")
        look("check")
        page.click("#ex-back")
        hand_in(page, tmp_path)
        look("done")
        assert faults == []


def test_paper_shows_the_questions_only(chromium: Chromium, folder: Path) -> None:
    page = chromium.page
    open_exam(page, folder_url(folder))
    begin(page)
    page.emulate_media(media="print")
    hidden = ".ex-bar__tools, .ex-nav, .ex-q__tools, .lx-order__moves, .ex-button"
    shown = f"[...document.querySelectorAll('{hidden}')].filter(one => one.getClientRects().length)"
    assert page.evaluate(f"{shown}.length") == 0
    text = page.inner_text(".ex-paper")
    assert all(f"第{number}题" in text for number in range(1, 11)) and "上报" in text


def test_the_page_is_valid_html(folder: Path) -> None:
    done = validate(folder / EXAM)
    assert done.returncode == 0, done.stdout[-3000:]


def test_without_a_script_it_says_what_to_do(chromium_browser: Browser, folder: Path) -> None:
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(folder_url(folder) + EXAM)
    assert "允许脚本" in page.inner_text("main")
    assert page.locator("#ex-begin").is_disabled() and page.locator("#ex-sheet").is_hidden()
    context.close()


NO_CHANCE = {
    "no crypto": "Object.defineProperty(window, 'crypto', { value: undefined });",
    "no getRandomValues": "Object.defineProperty(window, 'crypto', { value: {} });",
}


@pytest.mark.parametrize("how", NO_CHANCE)
def test_without_chance_no_exam_begins(chromium: Chromium, folder: Path, how: str) -> None:
    page: Page = chromium.page
    page.add_init_script(NO_CHANCE[how])
    visit = chromium.open(folder_url(folder) + EXAM, folder_url(folder))
    expect(page.locator("#ex-refused")).to_contain_text("换一个新一些的浏览器")
    assert page.locator("#ex-begin").is_disabled()
    assert visit.complaints == []

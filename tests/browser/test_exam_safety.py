"""No answer is lost: reload, killed browser, second tab, wrong clock, a store that throws, time that is over."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lunxun.quiz import sealing
from lunxun.quiz.trainer_keys import Keys
from system_tools import CHROMIUM, find_program
from tests.browser.bidi import Firefox
from tests.browser.chromium import FLAGS, Chromium
from tests.browser.conftest import folder_url, served
from tests.browser.exam_steps import (
    ANSWERS,
    EXAM,
    WHO,
    answer_all,
    begin,
    hand_in,
    open_exam,
    opened,
    order,
    question,
    resume,
    write_exam,
)
from tests.browser.search_steps import BREAK_STORE

pytestmark = pytest.mark.browser
SECONDS = 30
ELSEWHERE = "#ex-elsewhere"
BREAK_DATABASE = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('no database'); } });"
FULL_STORE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
# Both clocks can be moved: the one that everybody can set, and for the sake of the test the one that nobody can.
CLOCKS = """
    const then = Date, since = performance.now.bind(performance);
    window.setBy = 0;
    window.passed = 0;
    window.Date = class extends then {
        constructor(...given) { if (given.length) super(...given); else super(then.now() + window.setBy); }
        static now() { return then.now() + window.setBy; }
    };
    performance.now = () => since() + window.passed;
"""
# Waits until a text is in the database.
IN_DATABASE = """text => new Promise(done => {
    indexedDB.open("lunxun-exam").onsuccess = event => {
        const look = () => {
            const all = event.target.result.transaction("drafts").objectStore("drafts").getAll();
            all.onsuccess = () => all.result.some(one => one.includes(text)) ? done(true) : setTimeout(look, 20);
        };
        look();
    };
})"""


@pytest.fixture(scope="module")
def keys() -> Keys:
    return sealing.keys()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    made = tmp_path_factory.mktemp("exam")
    write_exam(made, keys)
    return made


@pytest.fixture(params=["disk", "http"])
def base(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Give the address of the exam's folder on disk, then over http."""
    if request.param == "disk":
        yield folder_url(folder)
    else:
        with served(folder) as address:
            yield address


def answer_some(page: Page) -> None:
    """Answer a question of several types, and mark one."""
    question(page, "1").locator(".ex-opt").nth(1).click()
    question(page, "5").locator(".ex-blank").first.fill("十二")
    question(page, "6").locator("select").nth(1).select_option(value="C")
    question(page, "7").get_by_role("button", name="下移：上报").click()
    question(page, "9").locator("textarea").fill("写到一半")
    question(page, "9").get_by_label("待复查").check()


SOME = {"1": "B", "5": ["十二", ""], "6": "-C-", "7": "BACD", "9": "写到一半"}


def test_a_reload_and_a_closed_window_lose_nothing(chromium: Chromium, base: str, tmp_path: Path, keys: Keys) -> None:
    page = chromium.page
    open_exam(page, base)
    begin(page)
    answer_some(page)
    open_exam(page, base)
    assert f"{WHO['name']}，" in page.inner_text("#ex-resume") and "已答5题" in page.inner_text("#ex-resume")
    resume(page)
    assert order(question(page, "7")) == "BACD"
    assert question(page, "9").get_by_label("待复查").is_checked()
    question(page, "2").locator(".ex-opt").first.click()
    other = page.context.new_page()
    page.close()
    open_exam(other, base)
    resume(other)
    sheet = opened(hand_in(other, tmp_path), keys)
    assert sheet["answers"] == {**SOME, "2": "A"}
    assert sheet["learner"] == WHO


@contextmanager
def own_chromium(browser: Browser, profile: Path) -> Iterator[tuple[Page, subprocess.Popen[bytes]]]:
    """Start a Chromium as a process of our own, which can be killed, and connect to it."""
    program = find_program(CHROMIUM)
    assert program is not None
    told = profile / "DevToolsActivePort"
    told.unlink(missing_ok=True)
    command = [program, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        limit = time.monotonic() + SECONDS
        while not (told.is_file() and told.read_text().count("\n")) and time.monotonic() < limit:
            time.sleep(0.05)
        port = told.read_text().splitlines()[0]
        connected = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        yield connected.contexts[0].pages[0], process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(SECONDS)


@pytest.mark.skipif(os.name == "nt", reason="process groups are killed as POSIX has it")
def test_a_killed_browser_loses_nothing(chromium_browser: Browser, folder: Path, tmp_path: Path, keys: Keys) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    with own_chromium(chromium_browser, profile) as (page, process):
        open_exam(page, folder_url(folder))
        begin(page)
        answer_some(page)
        question(page, "2").locator(".ex-opt").nth(2).click()
        # Chromium writes localStorage to the disk only after seconds.
        assert page.evaluate(IN_DATABASE, '"2":["C"')
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(SECONDS)
    with own_chromium(chromium_browser, profile) as (page, _):
        open_exam(page, folder_url(folder))
        resume(page)
        page.click("#ex-hand")
        # Downloads of a browser that we only joined go their own ways: what is sealed is read where it is kept.
        page.click("#ex-confirm")
        page.wait_for_selector("#ex-done:not([hidden])")
        kept = page.evaluate(
            "Object.keys(localStorage).map(key => localStorage[key]).find(text => text.includes('lxa'))"
        )
    (tmp_path / "kept.lxa").write_text(json.loads(kept)["handed"]["text"], "utf-8")
    assert opened(tmp_path / "kept.lxa", keys)["answers"] == {**SOME, "2": "C"}
    shutil.rmtree(profile, ignore_errors=True)


def test_a_second_tab_looks_on_until_it_takes_over(chromium: Chromium, base: str, tmp_path: Path, keys: Keys) -> None:
    first = chromium.page
    open_exam(first, base)
    begin(first)
    answer_some(first)
    second = first.context.new_page()
    open_exam(second, base)
    expect(second.locator(ELSEWHERE)).to_contain_text("另一个窗口")
    assert second.locator("#ex-begin").is_disabled() and second.locator("#ex-resume").is_hidden()
    question(first, "2").locator(".ex-opt").nth(3).click()  # the first goes on undisturbed
    second.click("#ex-take")
    second.wait_for_selector("#ex-sheet:not([hidden])")
    assert question(second, "2").locator("input").nth(3).is_checked()
    expect(first.locator(ELSEWHERE)).to_be_visible()
    assert question(first, "1").locator("input").first.is_disabled() and first.locator("#ex-hand").is_disabled()
    assert question(first, "9").locator("textarea").get_attribute("readonly") is not None
    question(second, "9").locator("textarea").fill("写完了")
    first.click("#ex-take")
    expect(question(first, "9").locator("textarea")).to_have_value("写完了")
    expect(second.locator(ELSEWHERE)).to_be_visible()
    assert opened(hand_in(first, tmp_path), keys)["answers"] == {**SOME, "2": "D", "9": "写完了"}
    second.click("#ex-take")
    expect(second.locator("#ex-files")).to_contain_text("答卷-all-types")


def test_a_tab_that_slept_through_a_takeover_spoils_nothing(
    chromium: Chromium, base: str, tmp_path: Path, keys: Keys
) -> None:
    deaf = chromium.page
    # Its messages are lost, as those of a tab that the browser has frozen.
    deaf.add_init_script(
        "if (!sessionStorage.hears) { window.BroadcastChannel = undefined;"
        " window.addEventListener('storage', event => event.stopImmediatePropagation(), true); }"
    )
    open_exam(deaf, base)
    begin(deaf)
    answer_some(deaf)
    second = deaf.context.new_page()
    open_exam(second, base)
    resume(second)
    question(second, "9").locator("textarea").fill("另一边写的")
    question(deaf, "4").locator(".ex-opt").first.click()  # it wakes up, keeps this, and finds itself replaced
    expect(deaf.locator(ELSEWHERE)).to_be_visible()
    question(second, "2").locator(".ex-opt").first.click()
    wanted = {**SOME, "2": "A", "4": "对", "9": "另一边写的"}
    assert opened(hand_in(second, tmp_path), keys)["answers"] == wanted


def test_a_wrong_and_jumping_clock_changes_nothing(chromium: Chromium, base: str, tmp_path: Path, keys: Keys) -> None:
    page = chromium.page
    page.add_init_script(CLOCKS)
    open_exam(page, base)
    begin(page)
    for by in (-20 * 365 * 86_400_000, 30 * 365 * 86_400_000, 8.64e15):
        page.evaluate(f"window.setBy = {by}")
        answer_some(page)
        expect(page.locator("#ex-time")).to_contain_text("剩余59分")
    page.evaluate("window.setBy = -40 * 365 * 86400000")
    sheet = opened(hand_in(page, tmp_path), keys)
    assert sheet["answers"]["9"] == "写到一半" and sheet["seconds"] < 60
    assert sheet["handed"] < sheet["started"]  # said, not believed


def test_time_is_told_gently_and_nothing_is_cut_off(chromium: Chromium, base: str, tmp_path: Path, keys: Keys) -> None:
    page = chromium.page
    page.add_init_script(CLOCKS)
    open_exam(page, base)
    begin(page)
    for minutes, said in ((50, "还剩10分钟"), (55, "还剩5分钟"), (61, "时间到了")):
        page.evaluate(f"window.passed = {minutes * 60_000}")
        expect(page.locator("#ex-warning")).to_contain_text(said)
        expect(page.locator("[role=status]#ex-said")).to_contain_text(said)
    expect(page.locator("#ex-time")).to_contain_text("已超时1分")
    answer_some(page)
    open_exam(page, base)  # what was used is kept; the time while it was closed is not counted
    resume(page)
    expect(page.locator("#ex-time")).to_contain_text("已超时1分")
    sheet = opened(hand_in(page, tmp_path), keys)
    assert sheet["answers"] == SOME
    assert 61 * 60 <= sheet["seconds"] < 63 * 60


@pytest.mark.parametrize(
    ("broken", "is_kept"),
    [
        ((BREAK_STORE,), True),
        ((FULL_STORE,), True),
        ((BREAK_DATABASE,), True),
        ((BREAK_STORE, BREAK_DATABASE), False),
        ((FULL_STORE, BREAK_DATABASE), False),
    ],
)
def test_stores_that_throw(
    chromium: Chromium, folder: Path, tmp_path: Path, keys: Keys, broken: tuple[str, ...], is_kept: bool
) -> None:
    page, base = chromium.page, folder_url(folder)
    for script in broken:
        page.add_init_script(script)
    visit = chromium.open(base + EXAM, base)
    open_exam(page, base)
    assert page.locator("#ex-trouble").is_visible() != is_kept
    begin(page)
    answer_some(page)
    if is_kept:
        open_exam(page, base)
        resume(page)
    else:
        with page.expect_download() as download:
            page.click("#ex-backup")
        download.value.save_as(tmp_path / "backup.lxa")
        assert opened(tmp_path / "backup.lxa", keys)["answers"] == SOME
    assert opened(hand_in(page, tmp_path), keys)["answers"] == SOME
    assert visit.complaints == []


def test_a_backup_can_be_had_at_any_time(chromium: Chromium, folder: Path, tmp_path: Path, keys: Keys) -> None:
    page = chromium.page
    open_exam(page, folder_url(folder))
    begin(page)
    answer_some(page)
    with page.expect_download() as download:
        page.click("#ex-backup")
    assert download.value.suggested_filename.endswith("-备份.lxa")
    download.value.save_as(tmp_path / "backup.lxa")
    backup = opened(tmp_path / "backup.lxa", keys)
    assert backup["answers"] == SOME
    sheet = opened(hand_in(page, tmp_path), keys)
    assert sheet["sitting"] == backup["sitting"]


def test_the_next_learner_neither_reads_nor_loses_what_was_left(
    chromium: Chromium, folder: Path, tmp_path: Path, keys: Keys
) -> None:
    page = chromium.page
    open_exam(page, folder_url(folder))
    begin(page)
    answer_some(page)
    open_exam(page, folder_url(folder))
    page.fill("#ex-name", "下一位")
    answers = ["dismiss", "accept"]
    page.on("dialog", lambda dialog: getattr(dialog, answers.pop(0))())
    with page.expect_event("dialog"):
        page.click("#ex-begin")
    expect(page.locator("#ex-resume")).to_be_visible()
    assert page.input_value("#ex-name") == "下一位"
    with page.expect_event("dialog"):
        page.dblclick("#ex-begin")
    page.wait_for_selector("#ex-sheet:not([hidden])")
    assert page.inner_text("#ex-count") == "已答0题，共11题"
    assert "写到一半" not in page.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    sheet = opened(hand_in(page, tmp_path), keys)
    assert (sheet["answers"], sheet["learner"]["name"]) == ({}, "下一位")
    page.click("#ex-next")
    left = page.locator(".ex-file", has_text="没有交卷的作答")
    with page.expect_download() as download:
        left.get_by_role("button").click()
    download.value.save_as(tmp_path / "left.lxa")
    kept = opened(tmp_path / "left.lxa", keys)
    assert (kept["answers"], kept["learner"]) == (SOME, WHO)


@pytest.mark.parametrize("kept", ["no json", "[]", "null", '{"version": 1}'])
def test_a_spoilt_store_does_no_harm(chromium: Chromium, folder: Path, tmp_path: Path, keys: Keys, kept: str) -> None:
    page, base = chromium.page, folder_url(folder)
    open_exam(page, base)
    page.evaluate(
        """text => {
            const { digest } = JSON.parse(document.getElementById("ex-data").textContent);
            localStorage[`lunxun.exam.${digest}.${"0".repeat(32)}`] = text;
        }""",
        kept,
    )
    visit = chromium.open(base + EXAM, base)
    open_exam(page, base)
    begin(page)
    answer_all(page, lambda one: one.click())
    assert opened(hand_in(page, tmp_path), keys)["answers"] == ANSWERS
    assert visit.complaints == []


# Firefox is driven by scripts; what it would download is caught where it is made.
CATCH = """(() => {
    window.caught = [];
    URL.createObjectURL = blob => { window.caught.push(blob); return "about:blank"; };
    HTMLAnchorElement.prototype.click = () => {};
})()"""
ANSWER = """(() => {
    document.querySelectorAll("#q1 .ex-opt")[1].click();
    const type = (place, text) => {
        const one = document.querySelector(place);
        one.value = text;
        one.dispatchEvent(new Event("input", { bubbles: true }));
    };
    type("#q5 .ex-blank", "十二");
    document.querySelectorAll("#q6 select")[1].value = "C";
    document.querySelectorAll("#q6 select")[1].dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("#q7 button[aria-label='下移：上报']").click();
    type("#q9 textarea", "写到一半");
})()"""
WAIT_BEGUN = """new Promise(done => {
    const look = () => document.getElementById("ex-sheet").hidden ? setTimeout(look, 50) : done(true);
    look();
})"""
WAIT_READY = """new Promise(done => {
    const look = () => document.body.dataset.exReady ? done(true) : setTimeout(look, 50);
    look();
})"""


@pytest.mark.parametrize("place", ["disk", "http"])
def test_firefox_goes_on_after_a_reload(firefox: Firefox, folder: Path, tmp_path: Path, keys: Keys, place: str) -> None:
    with served(folder) as address:
        base = folder_url(folder) if place == "disk" else address
        visit = firefox.open(base + EXAM, base)
        firefox.evaluate(WAIT_READY)
        firefox.evaluate("document.getElementById('ex-begin').click()")
        firefox.evaluate(WAIT_BEGUN)
        firefox.evaluate(ANSWER)
        assert visit.complaints == []
        visit = firefox.open(base + EXAM, base)
        firefox.evaluate(WAIT_READY)
        assert "已答5题" in str(firefox.evaluate("document.getElementById('ex-resume').textContent"))
        firefox.evaluate(CATCH)
        firefox.evaluate("document.querySelector('#ex-resume button').click()")
        firefox.evaluate("document.getElementById('ex-hand').click()")
        firefox.evaluate("document.getElementById('ex-confirm').click()")
        text = firefox.evaluate("new Response(window.caught[0]).text()")
        assert visit.complaints == []
    (tmp_path / "firefox.lxa").write_text(str(text), "utf-8")
    assert opened(tmp_path / "firefox.lxa", keys)["answers"] == SOME

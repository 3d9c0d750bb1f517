"""What is remembered of a bank: resuming, the notebook, files, a browser without a store, a spoilt store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.bidi import Firefox
from tests.browser.chromium import Chromium
from tests.browser.judges import accessibility_faults
from tests.browser.quiz_steps import BANK, COUNT, NOTEBOOK, RESULT, check, choose, order, question
from tests.browser.search_steps import BREAK_STORE

pytestmark = pytest.mark.browser
FILES = ".lx-files__status"


def answer_wrong(tab: Chromium, base: str) -> None:
    """Open the bank and answer a question wrong."""
    tab.open(base + BANK, base)
    choose(question(tab, "grid-count"), "4763个")
    assert "答错了" in check(question(tab, "grid-count"))


@pytest.mark.parametrize("place", ["file_url", "http_url"])
def test_a_closed_window_is_resumed(chromium: Chromium, request: pytest.FixtureRequest, place: str) -> None:
    base = request.getfixturevalue(place)
    answer_wrong(chromium, base)
    page = chromium.page
    question(chromium, "township-hours").get_by_label("第1空").fill("十二")
    question(chromium, "grid-leader-count").locator("textarea").fill("先看口径。")
    question(chromium, "four-discussions").get_by_role("button", name="下移").first.click()
    steps = order(question(chromium, "four-discussions"))
    options = question(chromium, "meeting-frequency").locator(".lx-opt").all_inner_texts()
    visit = chromium.open(base + BANK, base)
    assert "接着上次的做" in page.inner_text(".lx-quiz__notice")
    assert "已答4题；已对答案1题" in page.inner_text(COUNT)
    assert question(chromium, "township-hours").get_by_label("第1空").input_value() == "十二"
    assert question(chromium, "grid-leader-count").locator("textarea").input_value() == "先看口径。"
    assert order(question(chromium, "four-discussions")) == steps
    assert question(chromium, "meeting-frequency").locator(".lx-opt").all_inner_texts() == options
    assert question(chromium, "grid-count").locator(RESULT).count() == 1
    assert visit.complaints == []


def test_the_notebook_lists_what_was_wrong_and_leads_back(chromium: Chromium, http_url: str, axe_script: str) -> None:
    answer_wrong(chromium, http_url)
    visit = chromium.open(http_url + NOTEBOOK, http_url)
    page = chromium.page
    assert "错题（1题）" in page.inner_text(".lx-notebook")
    assert accessibility_faults(chromium, axe_script) == []
    assert visit.complaints == []
    with page.expect_navigation():
        page.get_by_role("link", name="青海黄南州").click()
    assert "共1题" in page.inner_text(COUNT)
    for _ in range(2):
        choose(question(chromium, "grid-count"), "4039个")
        check(question(chromium, "grid-count"))
        page.get_by_role("button", name="重新做").click()
    chromium.open(http_url + NOTEBOOK, http_url)
    assert "这里还没有错题" in page.inner_text(".lx-notebook")


def test_a_question_can_be_taken_out_by_hand(chromium: Chromium, file_url: str) -> None:
    answer_wrong(chromium, file_url)
    chromium.open(file_url + NOTEBOOK, file_url)
    chromium.page.get_by_role("button", name="移出").click()
    assert "这里还没有错题" in chromium.page.inner_text(".lx-notebook")
    assert chromium.page.evaluate("document.activeElement.id") == "wrong"


def test_what_is_due_is_listed_on_its_day(chromium: Chromium, file_url: str) -> None:
    answer_wrong(chromium, file_url)
    chromium.open(file_url + NOTEBOOK, file_url)
    assert "今天没有要复习的题" in chromium.page.inner_text(".lx-notebook")
    chromium.page.evaluate(
        """() => {
            const kept = JSON.parse(localStorage.getItem("lunxun.quiz.samples"));
            kept.questions["sample-grid-count"].card.due -= 3 * 86400000;
            localStorage.setItem("lunxun.quiz.samples", JSON.stringify(kept));
        }"""
    )
    chromium.open(file_url + NOTEBOOK, file_url)
    assert "今日复习（1题）" in chromium.page.inner_text(".lx-notebook")


def saved_file(tab: Chromium, target: Path) -> Any:
    """Save the progress to a file and read it."""
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="保存到文件").click()
    download.value.save_as(target)
    return json.loads(target.read_text("utf-8"))


def test_a_file_carries_progress_to_another_browser(chromium: Chromium, file_url: str, tmp_path: Path) -> None:
    answer_wrong(chromium, file_url)
    chromium.open(file_url + NOTEBOOK, file_url)
    saved = saved_file(chromium, tmp_path / "saved.json")
    assert (saved["format"], saved["version"]) == ("lunxun-quiz-progress", 1)
    with chromium.fresh() as other:
        visit = other.open(file_url + NOTEBOOK, file_url)
        other.page.set_input_files("input[type=file]", tmp_path / "saved.json")
        expect(other.page.locator(FILES)).to_contain_text("已读入1个题库、1道题")
        assert "错题（1题）" in other.page.inner_text(".lx-notebook")
        other.page.on("dialog", lambda dialog: dialog.accept())
        other.page.get_by_role("button", name="清空全部记录").click()
        assert "这里还没有错题" in other.page.inner_text(".lx-notebook")
        assert other.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('lunxun.quiz'))") == []
        assert visit.complaints == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "读不懂"),
        ('{"format": "anki"}', "不是轮训"),
        ('{"format": "lunxun-quiz-progress", "version": 9, "banks": []}', "另一版本"),
        ('{"format": "lunxun-quiz-progress", "version": 1, "banks": [{"bank": "../x"}]}', "损坏"),
        ("PK\x03\x04\x00\ufffd", "读不懂"),
    ],
)
def test_other_files_are_refused(chromium: Chromium, file_url: str, tmp_path: Path, text: str, said: str) -> None:
    answer_wrong(chromium, file_url)
    visit = chromium.open(file_url + NOTEBOOK, file_url)
    (tmp_path / "other.json").write_text(text, "utf-8")
    chromium.page.set_input_files("input[type=file]", tmp_path / "other.json")
    expect(chromium.page.locator(FILES)).to_contain_text(said)
    assert "错题（1题）" in chromium.page.inner_text(".lx-notebook")
    assert visit.complaints == []


def test_markup_in_a_file_stays_text(chromium: Chromium, file_url: str, tmp_path: Path) -> None:
    answer_wrong(chromium, file_url)
    saved = saved_file_of_notebook(chromium, file_url, tmp_path)
    markup = "<img src=x onerror=window.hacked=1>"
    saved["banks"][0]["questions"]["sample-grid-count"] |= {"stem": markup, "at": 9e12}
    (tmp_path / "bad.json").write_text(json.dumps(saved), "utf-8")
    chromium.page.set_input_files("input[type=file]", tmp_path / "bad.json")
    expect(chromium.page.locator(".lx-notebook")).to_contain_text(markup)
    assert chromium.evaluate("window.hacked") is None


def saved_file_of_notebook(tab: Chromium, base: str, folder: Path) -> Any:
    """Open the notebook and save from there."""
    tab.open(base + NOTEBOOK, base)
    return saved_file(tab, folder / "saved.json")


def test_without_a_store_it_works_and_says_so(chromium: Chromium, file_url: str, tmp_path: Path) -> None:
    chromium.page.add_init_script(BREAK_STORE)
    visit = chromium.open(file_url + BANK, file_url)
    assert "不让网页保存记录" in chromium.page.inner_text(".lx-quiz__bar")
    choose(question(chromium, "grid-count"), "4763个")
    assert "答错了" in check(question(chromium, "grid-count"))
    chromium.page.click(".lx-own > summary")
    saved = saved_file(chromium, tmp_path / "saved.json")
    assert saved["banks"][0]["questions"]["sample-grid-count"]["last"] == "wrong"
    assert visit.complaints == []


@pytest.mark.parametrize("kept", ["no json", "[]", '{"bank": 1}', "null"])
def test_a_spoilt_store_does_no_harm(chromium: Chromium, file_url: str, kept: str) -> None:
    spoil = f"localStorage['lunxun.quiz.samples'] = {json.dumps(kept)};"
    script = f"if (!sessionStorage.once) {{ sessionStorage.once = 1; {spoil} }}"
    chromium.page.add_init_script(script)
    visit = chromium.open(file_url + BANK, file_url)
    choose(question(chromium, "grid-count"), "4763个")
    assert "答错了" in check(question(chromium, "grid-count"))
    assert visit.complaints == []


CLICK_WRONG = """(() => {
    const section = document.getElementById("q-sample-grid-count");
    [...section.querySelectorAll(".lx-opt")].find(option => option.textContent.includes("4763个")).click();
    section.querySelector(".lx-check-one").click();
    return section.querySelector(".lx-result__line").textContent;
})()"""


def test_firefox_from_disk_keeps_each_page_apart_and_says_so(firefox: Firefox, file_url: str) -> None:
    visit = firefox.open(file_url + BANK, file_url)
    assert "给每一页单独存记录" in str(firefox.evaluate("document.querySelector('.lx-quiz__bar').textContent"))
    assert "答错了" in str(firefox.evaluate(CLICK_WRONG))
    assert visit.complaints == []
    firefox.open(file_url + BANK, file_url)
    assert "接着上次的做" in str(firefox.evaluate("document.querySelector('.lx-quiz__notice').textContent"))
    visit = firefox.open(file_url + NOTEBOOK, file_url)
    assert "给每一页单独存记录" in str(firefox.evaluate("document.querySelector('.lx-notebook').textContent"))
    assert visit.complaints == []

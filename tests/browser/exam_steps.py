"""An exam as a learner sits it, in Chromium: opening, answering, handing in; and the trainer's look into the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from lunxun.quiz import sealing
from lunxun.quiz.trainer_keys import Keys
from lunxun.site.exam_page import exam_page
from tests.quiz.made_forms import made_form

EXAM = "exam.html"
READY = "body[data-ex-ready]"
WHO = {"name": "某某某", "unit": "某镇", "number": "07"}
ANSWERS: dict[str, Any] = {
    "1": "B",
    "2": "D",
    "3": "AC",
    "4": "错",
    "5": ["十二", "四"],
    "6": "B-A",
    "7": "BDCA",
    "8": "理由一；理由二。",
    "9": "第一段。\n第二段。",
    "10-1": "C",
    "10-2": "两条办法。",
}
KINDS = {number: item.type for number, item in made_form().answered()}


def write_exam(folder: Path, keys: Keys, minutes: int = 60) -> None:
    """Write the page of the form with all types."""
    (folder / EXAM).write_text(exam_page(made_form(minutes), keys.public), "utf-8")


def open_exam(page: Page, base: str) -> None:
    """Open the exam and wait until it knows what there is."""
    page.goto(base + EXAM)
    page.wait_for_selector(READY)


def begin(page: Page) -> None:
    """Fill in who one is, and begin."""
    for name, text in WHO.items():
        page.fill(f"#ex-{name}", text)
    page.click("#ex-begin")
    page.wait_for_selector("#ex-sheet:not([hidden])")


def resume(page: Page) -> None:
    """Go on with what was not handed in."""
    page.get_by_role("button", name="继续上次作答").click()
    page.wait_for_selector("#ex-sheet:not([hidden])")


def question(page: Page, number: str) -> Locator:
    """Find a question."""
    return page.locator(f"#q{number}")


def answer_all(page: Page, press: Callable[[Locator], None]) -> None:
    """Answer every question by mouse or by touch."""
    for number, value in ANSWERS.items():
        section = question(page, number)
        kind = KINDS[number]
        if kind == "填空":
            for place, text in enumerate(value):
                press(section.locator(".ex-blank").nth(place))
                page.keyboard.insert_text(text)
        elif kind == "匹配":
            for place, letter in enumerate(value):
                if letter != "-":
                    section.locator("select").nth(place).select_option(value=letter)
        elif kind == "排序":
            put_in_order(section, value, press)
        elif kind in ("简答", "论述"):
            press(section.locator("textarea"))
            page.keyboard.insert_text(value)
        else:
            for letter in value:
                press(section.locator(f".ex-opt:has(input[value='{letter}'])"))


def put_in_order(section: Locator, wanted: str, press: Callable[[Locator], None]) -> None:
    """Move each step up until it stands where it is wanted."""
    for place, letter in enumerate(wanted):
        up = section.locator(f"li[data-lx-value='{letter}'] button", has_text="上移")
        for _ in range(order(section).index(letter) - place):
            press(up)
    assert order(section) == wanted


def order(section: Locator) -> str:
    """Give the letters of the steps as they stand."""
    letters: list[str] = section.locator(".lx-order > li").evaluate_all("all => all.map(one => one.dataset.lxValue)")
    return "".join(letters)


def answer_all_by_keyboard(page: Page) -> None:
    """Answer every question by the keyboard alone, from wherever the focus is put."""
    keyboard = page.keyboard
    for number, value in ANSWERS.items():
        section = question(page, number)
        kind = KINDS[number]
        if kind == "填空":
            for place, text in enumerate(value):
                section.locator(".ex-blank").nth(place).focus()
                keyboard.insert_text(text)
        elif kind == "匹配":
            for place, letter in enumerate(value):
                section.locator("select").nth(place).focus()
                for _ in range(" ABCD".index(letter) if letter != "-" else 0):
                    keyboard.press("ArrowDown")
        elif kind == "排序":
            put_in_order(section, value, lambda up: up.press("Enter"))
        elif kind in ("简答", "论述"):
            section.locator("textarea").focus()
            keyboard.insert_text(value)
        elif kind == "多选":
            for letter in value:
                section.locator(f"input[value='{letter}']").focus()
                keyboard.press("Space")
        else:
            # Arrows go through the choices of a group, from the first.
            section.locator(".ex-opt input").first.focus()
            keyboard.press("Space")
            for _ in range(("对错" if kind == "判断" else "ABCD").index(value)):
                keyboard.press("ArrowDown")


def hand_in(page: Page, target: Path) -> Path:
    """Hand in, and save the file."""
    page.click("#ex-hand")
    with page.expect_download() as download:
        page.click("#ex-confirm")
    assert download.value.suggested_filename.endswith(".lxa")
    path = target / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(path: Path, keys: Keys) -> Any:
    """Open a sealed file as the trainer does."""
    found = sealing.open_sealed(path.read_bytes(), keys.secret)
    assert isinstance(found, sealing.Opened), found
    return json.loads(found.text)

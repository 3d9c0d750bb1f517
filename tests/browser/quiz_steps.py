"""Steps on the page of a bank, as a learner takes them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator

from tests.browser.chromium import Chromium

BANK = "quizzes/samples.html"
NOTEBOOK = "quizzes/notebook.html"
COUNT = ".lx-quiz__count"
RESULT = ".lx-result"


def question(tab: Chromium, name: str) -> Locator:
    """Find a question of the sample bank by its id without the bank's prefix."""
    return tab.page.locator(f"#q-sample-{name}")


def check(section: Locator) -> str:
    """Press the button below a question and give the line that says how it went."""
    section.get_by_role("button", name=re.compile("核对答案|看参考答案")).click()
    return line(section)


def line(section: Locator) -> str:
    """Give the line that says how a question went."""
    return section.locator(".lx-result__line").inner_text()


def choose(section: Locator, *texts: str) -> None:
    """Choose options by their texts."""
    for text in texts:
        section.locator(".lx-opt", has_text=text).first.click()


def order(section: Locator) -> list[str]:
    """List the steps as they stand."""
    return section.locator(".lx-order__text").all_inner_texts()


def key_of(site: Path, name: str) -> Any:
    """Give what the page knows of a question of the sample bank."""
    html = (site / BANK).read_text("utf-8")
    start = html.index('id="lx-quiz-data">') + len('id="lx-quiz-data">')
    return json.loads(html[start : html.index("</script>", start)])["questions"][f"sample-{name}"]

"""Judges that work on the page open in Chromium: accessibility and overflow."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import TimeoutError

from tests.browser.chromium import Chromium

# What axe says of a page, cut down to what a maintainer needs to find the place.
_RUN_AXE = """
axe.run(document, {resultTypes: ["violations"]}).then(result => result.violations.map(rule => ({
  id: rule.id, help: rule.help, nodes: rule.nodes.map(node => node.target.join(" ")).slice(0, 5)
})))
"""
# The parts that stick out on the right, innermost last; what scrolls in a box of its own is no fault.
_STICKING_OUT = """
(() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")]
    .filter(element => element.getBoundingClientRect().right > page.clientWidth + 0.5)
    .map(element => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 80));
  return [`${page.scrollWidth} > ${page.clientWidth}`, ...out.slice(-3)];
})()
"""
LARGE_TEXT_BUTTON = "#lx-elder"
CLICK_MILLISECONDS = 2000


def accessibility_faults(tab: Chromium, axe: str) -> list[str]:
    """Run axe-core in the open page; one line for each rule that is broken."""
    tab.evaluate(axe)
    found: Any = tab.evaluate(_RUN_AXE)
    return [f"{rule['id']}（{rule['help']}）：{'；'.join(rule['nodes'])}" for rule in found]


def overflow(tab: Chromium) -> list[str]:
    """Say what makes the open page scroll sideways: the two widths, and some elements."""
    found: Any = tab.evaluate(_STICKING_OUT)
    return [str(line) for line in found]


def large_text_fault(tab: Chromium) -> list[str]:
    """Click the large-text button; say so if there is none, a reader cannot click it, or it changes nothing."""
    if tab.page.locator(LARGE_TEXT_BUTTON).count() == 0:
        return ["没有大字按钮"]
    before = _html_attributes(tab)
    try:
        tab.page.click(LARGE_TEXT_BUTTON, timeout=CLICK_MILLISECONDS)
    except TimeoutError:
        return ["大字按钮点不到"]
    return ["大字按钮没有作用"] if _html_attributes(tab) == before else []


def _html_attributes(tab: Chromium) -> str:
    javascript = "[...document.documentElement.attributes].map(item => [item.name, item.value])"
    return json.dumps(tab.evaluate(javascript))

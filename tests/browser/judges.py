"""Judges that work on the page open in Chromium: accessibility and overflow."""

from __future__ import annotations

import json
from typing import Any

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


def accessibility_faults(tab: Chromium, axe: str) -> list[str]:
    """Run axe-core in the open page; one line for each rule that is broken."""
    tab.evaluate(axe)
    found: Any = tab.evaluate(_RUN_AXE)
    return [f"{rule['id']}（{rule['help']}）：{'；'.join(rule['nodes'])}" for rule in found]


def overflow(tab: Chromium) -> list[str]:
    """Say what makes the open page scroll sideways: the two widths, and some elements."""
    found: Any = tab.evaluate(_STICKING_OUT)
    return [str(line) for line in found]


def switch_to_large_text(tab: Chromium) -> bool:
    """Click the large-text button, and tell whether the html element changed by it."""
    before = _html_attributes(tab)
    tab.page.click(LARGE_TEXT_BUTTON, timeout=5000)
    return _html_attributes(tab) != before


def _html_attributes(tab: Chromium) -> str:
    javascript = "[...document.documentElement.attributes].map(item => [item.name, item.value])"
    return json.dumps(tab.evaluate(javascript))

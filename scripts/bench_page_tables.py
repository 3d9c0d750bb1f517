"""What a home page, an index and a record page cost when first opened over http: bytes, first paint, interaction."""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_search_browsers import tabs
from console import make_output_safe, say
from environment import ROOT
from markdown_table import print_table
from tests.browser.chromium import Chromium
from tests.browser.conftest import served

ROUNDS = 7
NOT_READY = 2
KB = 1000
_BLOCKING_BUDGET_MS = 50
HEADS = [
    "页面", "请求", "网页 KB", "样式脚本 KB", "压缩后 KB", "阻塞首次绘制的文件", "首次绘制 ms", "最大内容 ms",
    "主线程阻塞 ms", "版面移动", "点长辈版到重绘 ms",
]  # fmt: skip
_WATCH = """
window.seen = {paint: 0, largest: 0, blocked: 0, shift: 0, next: 0};
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.name === "first-contentful-paint") window.seen.paint = entry.startTime;
})).observe({type: "paint", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.seen.largest = entry.startTime; }))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.seen.blocked += Math.max(entry.duration - BUDGET, 0);
})).observe({type: "longtask", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.seen.shift += entry.value; }))
  .observe({type: "layout-shift", buffered: true});
""".replace("BUDGET", str(_BLOCKING_BUDGET_MS))
_RESOURCES = """
performance.getEntriesByType("resource").map((entry) => [entry.name, entry.renderBlockingStatus || ""])
"""
_CLICK = """
() => new Promise((resolve) => {
  const button = document.getElementById("lx-elder");
  const start = performance.now();
  button.click();
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
})
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One first visit to a page."""

    seen: dict[str, float]
    resources: list[list[str]]
    click: float


def main(arguments: Sequence[str]) -> int:
    """Measure the pages of a built site."""
    make_output_safe()
    parser = argparse.ArgumentParser(prog="bench_page.py")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    options = parser.parse_args(arguments)
    site = options.site.absolute()
    if not (site / "index.html").is_file():
        say(f"{site} 里没有网站。先运行 python3 scripts/build.py。")
        return NOT_READY
    pages = {"首页": "index.html", "列表页": "cases/index.html", "记录页": _record(site)}
    with tabs(["Chromium"]) as opened, served(site) as base:
        tab = opened["Chromium"]
        assert isinstance(tab, Chromium)
        rows = [_row(name, site, page, base, tab, options.rounds) for name, page in pages.items()]
    print_table(f"第一次打开（http，{options.rounds} 次的中位数）", HEADS, rows)
    return 0


def _record(site: Path) -> str:
    """Choose the longest case."""
    cases = (path for path in (site / "cases").glob("*.html") if not path.name.startswith(("index", "page-")))
    return max(cases, key=lambda path: path.stat().st_size).relative_to(site).as_posix()


def _row(name: str, site: Path, page: str, base: str, tab: Chromium, rounds: int) -> list[str]:
    visits = [_visit(tab, base, page) for _ in range(rounds)]
    files = [site / address.removeprefix(base).partition("?")[0] for address, _ in visits[0].resources]
    code = [path.read_bytes() for path in files if path.suffix in {".css", ".js"}]
    blocking = [address.rpartition("/")[2] for address, status in visits[0].resources if status == "blocking"]
    times = {key: statistics.median(visit.seen[key] for visit in visits) for key in visits[0].seen}
    return [
        name,
        str(len(files) + 1),
        f"{(site / page).stat().st_size / KB:.0f}",
        f"{sum(map(len, code)) / KB:.0f}",
        f"{sum(len(gzip.compress(one)) for one in code) / KB:.0f}",
        "、".join(blocking) or "无",
        f"{times['paint']:.0f}",
        f"{times['largest']:.0f}",
        f"{times['blocked']:.0f}",
        f"{times['shift']:.3f}",
        f"{statistics.median(visit.click for visit in visits):.0f}",
    ]


def _visit(tab: Chromium, base: str, page: str) -> Visit:
    with tab.fresh() as other:
        other.page.add_init_script(_WATCH)
        other.open(base + page, base)
        other.page.wait_for_timeout(300)
        seen: Any = other.page.evaluate("window.seen")
        resources: Any = other.page.evaluate(_RESOURCES)
        return Visit(seen, resources, float(other.page.evaluate(_CLICK)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

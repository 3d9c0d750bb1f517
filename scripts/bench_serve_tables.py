"""How long after a record was saved an open page shows it, and the rest of the site has caught up."""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page

from bench_build_tables import make_project
from bench_search_browsers import tabs
from console import make_output_safe
from markdown_table import print_table
from tests.browser.chromium import Chromium
from tests.site.serving_process import ServingProcess, serving

SIZE, ROUNDS = 10_000, 5
CHROMIUM = "Chromium"
_SHOWN = "(mark) => document.querySelector('h1').textContent.startsWith(mark)"
RECORD = "cases/case-000100"
HEADS = ["记录", "保存到网页显示 ms：中位数", "最慢", "其中服务器生成 ms", "列表和搜索跟上 s"]
_TITLE = re.compile(r"^title: (?:改过[0-9]+次)?", re.MULTILINE)
_SECONDS = re.compile(r"用 ([0-9.]+) 秒")
_LIMIT_MS = 60_000


def main() -> int:
    """Measure one size and print a row."""
    make_output_safe()
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    project = make_project(options.size)
    with serving(project) as server, tabs([CHROMIUM]) as found:
        tab = found[CHROMIUM]
        assert isinstance(tab, Chromium)
        page = tab.page
        page.goto(f"{server.address}{RECORD}.html")
        rounds = [_save(project, server, page, number) for number in range(options.rounds)]
    shown, made, rest = (list(column) for column in zip(*rounds, strict=True))
    middle = statistics.median
    row = [
        f"{options.size:,}",
        f"{middle(shown):.0f}",
        f"{max(shown):.0f}",
        f"{middle(made):.0f}",
        f"{middle(rest):.1f}",
    ]
    print_table(f"边改边看（{options.rounds} 次）", HEADS, [row])
    return 0


def _save(project: Path, server: ServingProcess, page: Page, number: int) -> tuple[float, float, float]:
    """Save a changed title; give milliseconds until it is shown, those of making pages, and seconds of the rest."""
    path = project / "content" / f"{RECORD}.yml"
    mark = f"改过{number}次"
    text = _TITLE.sub(f"title: {mark}", path.read_text("utf-8"), count=1)
    started = time.perf_counter()
    path.write_text(text, "utf-8")
    page.wait_for_function(_SHOWN, arg=mark, timeout=_LIMIT_MS)
    shown = (time.perf_counter() - started) * 1000
    made, rest = (_seconds(server.wait_for(line)) for line in ("有改动", "列表、相关内容和搜索"))
    time.sleep(1)
    return shown, made * 1000, rest


def _seconds(line: str) -> float:
    found = _SECONDS.search(line)
    return float(found[1]) if found else float("nan")


if __name__ == "__main__":
    sys.exit(main())

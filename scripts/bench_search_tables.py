"""Measure the search and print Markdown tables; `bench_search.py` starts this inside the environment."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench_search_engines import print_engines
from bench_search_index import print_index
from bench_search_quality import print_quality
from bench_search_site import real_content
from bench_search_sizes import print_sizes
from console import ScriptError, make_output_safe, say

SIZES = (0, 300, 1000, 3000, 10_000)
BROWSERS = ("Chromium", "Firefox")
NOT_READY = 2


def main(arguments: Sequence[str]) -> int:
    """Print the tables that were asked for."""
    make_output_safe()
    parser = argparse.ArgumentParser(prog="bench_search.py")
    parser.add_argument("--only", choices=("quality", "sizes", "index", "engines"))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--browsers", nargs="+", choices=BROWSERS, default=BROWSERS)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    content = real_content()
    try:
        if options.only in (None, "quality"):
            print_quality(content, options.misses)
        if options.only in (None, "sizes"):
            print_sizes(content, options.sizes, options.browsers)
        if options.only in (None, "index"):
            print_index(content, options.sizes)
        if options.only in (None, "engines"):
            print_engines(content.documents, options.sizes)
    except ScriptError as reason:
        say(str(reason))
        return NOT_READY
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

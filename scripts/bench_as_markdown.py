"""Write the pages of a finished site as Markdown: bench_as_markdown.py SITE OUTPUT, run in the peers' environment.

What readers see on a page, in the order in which they see it: paragraphs, lists, tables, links, explained terms.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from html import unescape
from multiprocessing import Pool
from pathlib import Path

from markdownify import markdownify

_BODY = re.compile(r'<article class="lx-record.*</article>(?=\s*</article>)', re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
_AT_ONCE = 50


def main(arguments: Sequence[str]) -> int:
    """Write every record page of the site."""
    site, output = map(Path, arguments)
    pages = sorted(path for path in site.glob("*/*.html") if not path.name.startswith("index"))
    with Pool() as pool:
        pool.starmap(_write, ((page, output / page.relative_to(site).with_suffix(".md")) for page in pages), _AT_ONCE)
    return 0


def _write(page: Path, output: Path) -> None:
    body = _BODY.search(page.read_text("utf-8"))
    heading = _HEADING.search(body[0]) if body else None
    if body is None or heading is None:
        return  # a page of the site's own, which no peer is asked for
    title = json.dumps(unescape(_TAGS.sub("", heading[1])).strip())
    text = markdownify(body[0].replace(heading[0], ""), heading_style="ATX")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(f"+++\ntitle = {title}\n+++\n{text}", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

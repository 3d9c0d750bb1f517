"""What a server adds to the pages that it shows, so that they show their changes; nothing of it is ever built."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from lunxun.site.feed import News

LIVE_SCRIPT, CHANGES = "__lunxun__/live.js", "__lunxun__/changes"
_MAX_SAID = 8_000
_NOT_YET, _NOTHING_GOOD = "网站正在生成，好了自动显示。", "内容有错误，还没有可以显示的页面；改好后自动显示。"
_NO_SITE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>还没有网站</title></head>
<body style="font:1.125rem/1.8 sans-serif;margin:15vh auto;max-width:34em"><p>{said}</p></body></html>
"""


def as_json(news: News) -> str:
    """Write news for a page."""
    said = news.said if len(news.said) <= _MAX_SAID else f"{news.said[:_MAX_SAID]}……\n（太长，其余见终端。）"
    changed = None if news.changed is None else sorted(news.changed)
    return json.dumps({"at": news.at, "changed": changed, "said": said})


def with_script(page: bytes, address: str, now: str) -> bytes:
    """Put the script into a page, which is told its address and when it was served."""
    tag = f'<script src="/{LIVE_SCRIPT}" data-page="{escape(address)}" data-at="{escape(now)}"></script>'
    at = page.rfind(b"</body>")
    at = len(page) if at < 0 else at
    return page[:at] + tag.encode("utf-8", "replace") + page[at:]


def live_script() -> bytes:
    """Read the script."""
    return Path(__file__).with_name("assets").joinpath("live.js").read_bytes()


def no_site(said: str, address: str) -> bytes:
    """Make the page that is shown while there is no good site; `said` is what is wrong with the content, if known."""
    # Asked from no known moment, it is told to load again whatever it is that comes.
    return with_script(_NO_SITE.format(said=_NOTHING_GOOD if said else _NOT_YET).encode(), address, "")

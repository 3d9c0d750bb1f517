r"""Clean a line of a raw text of what web pages and scrapers put into it.

| what | example from the sources | becomes |
|---|---|---|
| pinyin put after a character | 事業(yè)發(fā)展, 社區(qū), 堅(jiān)持 | 事業發展, 社區, 堅持 |
| characters cut in two by such pinyin | 日?qǐng)?bào)記者, 涉惡?jiǎn)栴} | 日報記者, 涉惡問題 |
| HTML entities | &ldquo;緊緊跟黨走&rdquo;, &nbsp; | “緊緊跟黨走”, a space |
| entities without ampersand | 跳鴦?ldquo;緊緊跟黨走” | 跳\ufffd“緊緊跟黨走”: the ampersand took half of 動 with it |
| private-use characters | 嵫\ue031骸 | 嵫\ufffd骸 |
| addresses masked by the host | 網站投稿:[email protected] | 網站投稿:\ufffd |
| no-break and other odd spaces | 通讯员:马江\u00a0\u00a0黄正清 | plain spaces |
| zero-width and control characters | (none in the five; common elsewhere) | nothing |

A real parenthesis stays — (社区), (黨組), (一) — and so does every Latin word: ABC分级, AB崗, (KTV). What cannot be
restored becomes U+FFFD, so that nobody takes it for text. Lengths change: offsets hold only within the cleaned line.
"""

from __future__ import annotations

import html
import re
import unicodedata

from lunxun.text.misread import BARE_ENTITY, LOST, READING, realign

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ANNOTATION = re.compile(rf"(?<=[{_HAN}{LOST}])[(\uff08]{READING}[)\uff09]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CUT_ENTITY = re.compile(rf"(?P<lost>\?)?(?<![A-Za-z&#])(?P<name>{BARE_ENTITY})")
_MASKED_ADDRESS = re.compile(r"\[email(?: |\u00a0)protected\]")
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BY_CATEGORY = {"Cf": "", "Cc": "", "Co": LOST, "Cs": LOST, "Cn": LOST, "Zs": " ", "Zl": " ", "Zp": " "}


def clean_line(text: str) -> str:
    """Remove noise from one line; what cannot be restored becomes U+FFFD."""
    text = realign(text)
    text = _entities(text)
    text = _ANNOTATION.sub("", text)
    text = _MASKED_ADDRESS.sub(LOST, text)
    text = _VARIATION_SELECTORS.sub("", text)
    return "".join(_visible(character) for character in text)


def _entities(text: str) -> str:
    # Twice: &amp;ldquo; is an entity that was escaped once more.
    for _ in range(2):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return _CUT_ENTITY.sub(lambda match: (LOST if match["lost"] else "") + html.unescape(f"&{match['name']}"), text)


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    return _BY_CATEGORY.get(unicodedata.category(character), character)

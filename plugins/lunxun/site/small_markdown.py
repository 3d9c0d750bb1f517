"""The small Markdown of prose: paragraphs, lists, emphasis. No HTML, links, pictures, headings or code of its own.

What editors write is nearly all paragraphs, `- ` lists and `**words**`. That is written out here, in a fiftieth of
the time; any other shape or character goes to python-markdown, which is also the oracle of the tests.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import markdown

# What means something to Markdown, to HTML or to python-markdown itself, and white space but for " " and "\n".
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0_\\&<>\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_LIST_MARK = re.compile(r"(?:[-*+]|\d+\.) ")
# A list that begins inside the first line of another; thousands of them would exhaust the stack.
_LIST_IN_LIST = re.compile(r"^([ \t]*(?:[-*+]|[0-9]+\.)[ \t]+[0-9]*)([-*+.])(?=[ \t])", re.MULTILINE)

# What prose may not use: raw HTML, links and pictures of its own, headings, code, quotes.
_BLOCKS_OFF = ("code", "hashheader", "setextheader", "hr", "quote", "reference")
_INLINES_OFF = (
    "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
    "autolink", "automail", "html", "entity", "backtick",
)  # fmt: skip


def to_html(text: str) -> str:
    """Render a text as paragraphs and lists."""
    plain = plain_to_html(text)
    return _to_html_by_markdown(text) if plain is None else plain


def plain_to_html(text: str) -> str | None:
    """Render a text of plain paragraphs, `- ` lists and `**words**`; None where it holds anything else."""
    if not _is_even(text):
        return None
    if "\n" not in text:
        return _block(text)
    blocks: list[str] = []
    after_list = False
    for block in text.split("\n\n"):
        is_list = block.startswith("- ")
        # Lists that follow each other become one, of another look.
        made = None if is_list and after_list else _block(block)
        if made is None:
            return None
        blocks.append(made)
        after_list = is_list
    return "\n".join(blocks)


def _is_even(text: str) -> bool:
    """Tell whether white space stands only between words, lines and blocks, and nothing odd anywhere."""
    if text == "" or text[0] in " \n" or text[-1] in " \n" or _ODD.search(text):
        return False
    return "\n" not in text or not ("\n " in text or " \n" in text or "\n\n\n" in text)


def _block(block: str) -> str | None:
    """Render a list, or else a paragraph."""
    if (block[0] in "-*+" or block[0].isdecimal()) and _LIST_MARK.match(block):
        return _list(block) if block.startswith("- ") else None
    words = _strong(block)
    return None if words is None else f"<p>{words}</p>"


def _list(block: str) -> str | None:
    items: list[str] = []
    for line in block.split("\n"):
        text = line[2:].lstrip(" ")
        words = _strong(text) if line.startswith("- ") and not _LIST_MARK.match(text) else None
        if words is None:
            return None
        items.append(words)
    return "<ul>\n<li>" + "</li>\n<li>".join(items) + "</li>\n</ul>"


def _strong(text: str) -> str | None:
    """Mark the words between pairs of asterisks; None where the asterisks are anything but simple pairs."""
    if "*" not in text:
        return text
    parts = text.split("**")
    marked = parts[1::2]
    is_simple = (
        len(parts) % 2
        and not any("*" in part for part in parts)
        and all(part and part == part.strip() for part in marked)
        and all(parts[2:-1:2])
    )
    if not is_simple:
        return None
    parts[1::2] = [f"<strong>{part}</strong>" for part in marked]
    return "".join(parts)


def _to_html_by_markdown(text: str) -> str:
    return _converter().reset().convert(_LIST_IN_LIST.sub(r"\1\\\2", text))


@cache
def _converter() -> markdown.Markdown:
    """Build the restricted Markdown once."""
    import markdown  # noqa: PLC0415 - most edits touch no text that needs it

    converter = markdown.Markdown(output_format="html", extensions=["sane_lists"])
    converter.preprocessors.deregister("html_block")
    for name in _BLOCKS_OFF:
        converter.parser.blockprocessors.deregister(name, strict=False)
    for name in _INLINES_OFF:
        converter.inlinePatterns.deregister(name, strict=False)
    return converter

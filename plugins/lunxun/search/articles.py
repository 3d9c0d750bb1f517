"""Queries that name a document and one of its articles: 党支部工作条例第十四条, 《……》第14条, 村民组织法 24条.

`search-articles.js` follows the same rules; tests/search/golden.json holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_NUMBER = "[零〇一二两三四五六七八九十百0-9]+"
_BELOW = f"(?:第?({_NUMBER})款)?(?:第?({_NUMBER})项)?"
_ARTICLE = re.compile(rf"(.*?)第({_NUMBER})条(?!例){_BELOW}(.*)\Z")
# Without 第 only behind the name of a document that has articles, or beside one: 十条措施 are not an article.
_NORM = r"(?:条例|规定|规则|准则|细则|办法|章程|党章|法)[\W_]*(?:(?:试行|草案|修订)[\W_]*)?"
_BARE = re.compile(rf"((?:.*{_NORM})?)({_NUMBER})条(?!例){_BELOW}()\Z")
_IS_NORM = re.compile(rf"{_NORM}\Z")
_EDGES = re.compile(r"\A[\W_]+|[\W_]+\Z")


@dataclass(frozen=True, slots=True)
class Cited:
    """A word of a query, and the article without its paragraph if it names one."""

    text: str
    article: str = ""


def cited(words: Sequence[str]) -> tuple[Cited, ...]:
    """Take articles apart from the documents they are of; nothing if there is no article, or nothing but one."""
    beside = any(_IS_NORM.search(word) for word in words)
    found = tuple(part for word in words for part in _cut(word, beside))
    is_cited = any(part.article for part in found) and not all(part.article for part in found)
    return found if is_cited else ()


def looser(asked: Iterable[Cited]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Ask for less where an article is not there, with what to tell the reader: no paragraph, then the document."""
    parts = tuple(asked)
    articles = [part for part in parts if part.article]
    named = "、".join(part.text for part in articles)
    if any(part.text != part.article for part in articles):
        wider = "、".join(part.article for part in articles)
        yield tuple(part.article or part.text for part in parts), f"没有单独收录“{named}”，先列出{wider}。"
    yield tuple(part.text for part in parts if not part.article), f"没有收录“{named}”，先列出文件本身。"


def _cut(word: str, beside: bool) -> Iterator[Cited]:
    bare = _BARE.match(word)
    match = _ARTICLE.match(word) or (bare if bare and (bare[1] or beside) else None)
    if match is None:
        yield Cited(word)
        return
    before, number, paragraph, item, after = match.groups()
    article = f"第{number}条"
    below = (f"第{paragraph}款" if paragraph else "") + (f"第{item}项" if item else "")
    if text := _EDGES.sub("", before):
        yield Cited(text)
    yield Cited(article + below, article)
    if text := _EDGES.sub("", after):
        yield Cited(text)

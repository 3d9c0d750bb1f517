"""What a search must find, said in the simplest way: a substring of the folded text. Slow, and beyond doubt."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import opencc

from lunxun.search.document import SearchDocument
from lunxun.search.variants import variants
from lunxun.text.folding import fold

SEPARATOR = "\0"
SHORTEST, LONGEST = 2, 8
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"


@dataclass(frozen=True, slots=True)
class Sample:
    """A stretch of a real text, and how somebody types it."""

    stretch: str
    typed: str


def find(texts: Mapping[str, str], stretch: str) -> list[str]:
    """List the addresses of the texts in which a stretch stands, its numbers written in any safe way."""
    needles = [plain(written).strip(SEPARATOR) for written in (stretch, *variants(stretch))]
    return sorted(address for address, text in texts.items() if any(needle in text for needle in needles))


def whole_texts(documents: Iterable[SearchDocument]) -> dict[str, str]:
    """Give all that a search must find of each document, by address."""
    return {document.address: whole_text(document) for document in documents}


def whole_text(document: SearchDocument) -> str:
    """Give all texts of a document, each apart from the next."""
    texts = (document.title, *document.aliases, *document.headings, *(part.text for part in document.parts))
    return SEPARATOR.join(map(plain, texts))


def plain(text: str) -> str:
    """Fold a text; whatever is no letter, digit or Chinese character counts as one and the same separator."""
    return "".join(character if character.isalnum() else SEPARATOR for character in fold(text))


def samples(documents: Sequence[SearchDocument], count: int, seed: int) -> list[Sample]:
    """Cut stretches from the middle of texts, the same ones every time, and type them in every manner."""
    chance = random.Random(seed)
    return [_sample(documents, chance) for _ in range(count)]


def _sample(documents: Sequence[SearchDocument], chance: random.Random) -> Sample:
    while True:
        document = chance.choice(documents)
        text = chance.choice([document.title, *document.aliases, *document.headings, *(p.text for p in document.parts)])
        length = chance.randint(SHORTEST, LONGEST)
        start = chance.randrange(max(1, len(text) - length + 1))
        stretch = text[start : start + length].strip()
        middle = plain(stretch).strip(SEPARATOR)
        if len(middle) >= SHORTEST and not set('"“”„‟＂') & set(stretch):
            return Sample(stretch, _typed(stretch, SEPARATOR in middle, chance))


def _typed(stretch: str, is_broken: bool, chance: random.Random) -> str:
    typed = chance.choice((_as_it_is, _traditional, _full_width, str.upper))(stretch)
    if not is_broken:
        return typed.lstrip(_DASHES)  # a minus would exclude the word
    return chance.choice(("“{}”", '"{}"', "＂{}＂")).format(typed)


def _as_it_is(text: str) -> str:
    return text


def _traditional(text: str) -> str:
    changed = str(opencc.OpenCC("s2t").convert(text))
    # Words may change their length; then the stretch would be another one.
    return changed if fold(changed) == fold(text) else text


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in '"-' else c for c in text)

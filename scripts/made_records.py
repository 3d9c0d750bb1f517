"""Make pages for measurements: any number, always the same, with the words and figures of the real content."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lunxun.search.document import Part, SearchDocument

SEED = 20261122
CHARACTERS = 1200
PARTS = 6
_CLAUSE_END = re.compile(r"[，。；：、！？“”（）《》\s]+")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{4,20}\Z")
# Half of the clauses are spliced from two, so that the vocabulary grows with the collection, as it does in life.
SPLICED, WITH_FIGURE, WITH_PLACE = 0.5, 0.12, 0.06
_PLACE_FIRST = (
    "安柏昌朝城德东丰凤光海河鹤弘华怀济嘉江金景兰临灵龙鲁明南宁平清庆仁荣瑞山石顺泰天通万文武西祥新兴盐阳永玉云泽长镇中"
)
_PLACE_LAST = "安昌城川德东丰谷关海和河湖江津康陵岭宁平浦桥泉山水台塘田亭湾西溪县乡阳英原源泽州庄"
_PLACE_KINDS = ("市", "县", "区", "镇", "乡", "街道", "村", "社区")
_UNITS = ("个", "人", "名", "万元", "户", "次", "%", "年", "天", "学时", "件", "场")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the pages are made of."""

    clauses: tuple[str, ...]
    kinds: tuple[str, ...]
    facets: Mapping[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, documents: Iterable[SearchDocument]) -> Vocabulary:
        """Take the vocabulary from real pages."""
        documents = tuple(documents)
        texts = (part.text for document in documents for part in document.parts)
        clauses = dict.fromkeys(clause for text in texts for clause in _CLAUSE_END.split(text))
        names = dict.fromkeys(name for document in documents for name in document.facets)
        return cls(
            tuple(clause for clause in clauses if _HAN_ONLY.match(clause)),
            tuple(document.kind for document in documents),
            {name: tuple(document.facets[name] for document in documents if name in document.facets) for name in names},
        )


def made_documents(vocabulary: Vocabulary, count: int, characters: int = CHARACTERS) -> Iterator[SearchDocument]:
    """Make pages; the first ones are the same whatever the count."""
    for number in range(count):
        yield _document(vocabulary, random.Random(f"{SEED}-{number}"), number, characters)


def typical_queries(documents: Sequence[SearchDocument], count: int, length: int = 4) -> list[str]:
    """Cut queries of Chinese characters from the middle of texts, the same ones every time."""
    chance = random.Random(SEED)
    found: dict[str, None] = {}
    while len(found) < count:
        text = chance.choice(chance.choice(documents).parts).text
        start = chance.randrange(max(1, len(text) - length))
        query = text[start : start + length]
        if len(query) == length and _HAN_ONLY.match(query):
            found[query] = None
    return list(found)


def _document(vocabulary: Vocabulary, chance: random.Random, number: int, characters: int) -> SearchDocument:
    kind = chance.choice(vocabulary.kinds)
    place = _place(chance)
    headings = tuple(_clause(vocabulary, chance) for _ in range(PARTS - 1))
    texts = [_text(vocabulary, chance, characters // PARTS) for _ in range(PARTS)]
    below = [Part(f"part-{at}", heading, texts[at]) for at, heading in enumerate(headings, 1)]
    return SearchDocument(
        address=f"made/{number // 1000:03}/{number:06}.html",
        kind=kind,
        title=f"{place}：{_clause(vocabulary, chance)}",
        aliases=(f"{place}{_clause(vocabulary, chance)}",) if chance.random() < 0.5 else (),
        headings=headings,
        parts=(Part("", "", texts[0]), *below),
        facets={"kind": (kind,), **_facets(vocabulary, chance)},
    )


def _facets(vocabulary: Vocabulary, chance: random.Random) -> dict[str, tuple[str, ...]]:
    chosen = {name: chance.choice(values) for name, values in vocabulary.facets.items() if name != "kind"}
    return {name: value for name, value in chosen.items() if value}


def _text(vocabulary: Vocabulary, chance: random.Random, size: int) -> str:
    """Write sentences of one to four clauses until there is enough."""
    text = ""
    while len(text) < size:
        clauses = [_clause(vocabulary, chance) for _ in range(chance.randint(1, 4))]
        text += "，".join(clauses) + "。"
    return text[: size - 1] + "。"


def _clause(vocabulary: Vocabulary, chance: random.Random) -> str:
    clause = chance.choice(vocabulary.clauses)
    if chance.random() < SPLICED:
        other = chance.choice(vocabulary.clauses)
        clause = clause[: chance.randint(2, len(clause))] + other[chance.randint(0, len(other) - 2) :]
    if chance.random() < WITH_FIGURE:
        clause += _figure(chance)
    if chance.random() < WITH_PLACE:
        clause = _place(chance) + clause
    return clause


def _figure(chance: random.Random) -> str:
    number = chance.choice((chance.randint(1, 30), chance.randint(30, 999), chance.randint(1000, 9999)))
    return f"{number}{chance.choice(_UNITS)}"


def _place(chance: random.Random) -> str:
    return chance.choice(_PLACE_FIRST) + chance.choice(_PLACE_LAST) + chance.choice(_PLACE_KINDS)

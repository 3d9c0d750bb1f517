"""“相关内容”: for each record those that speak of the same and that it does not link to.

Each document is known by the few features that tell it apart: pairs of Chinese characters in its names, headings and
summary, and the records it links to, weighed by rarity. Only documents that share a rare feature are compared, so that
the time grows with the number of documents and not with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from operator import add

from lunxun.search.document import SearchDocument
from lunxun.search.tokens import indexed_text

# A feature tells documents apart only as long as few have it; this bounds the work as well.
_MOST_HOLDERS = 64
_FEATURES = 32
_IN_NAME, _IN_HEADING, _IN_SUMMARY, _LINK = 3.0, 1.5, 1.0, 3.0
_LEAST = 0.06
_MOST_OF_A_KIND = 3
_HAN = re.compile("[\u4e00-\u9fff]+")

Links = Mapping[str, Collection[str]]


def related(documents: Iterable[SearchDocument], links: Links, count: int) -> dict[str, tuple[str, ...]]:
    """List for each address the addresses most related to it, best first, without those linked either way."""
    known = tuple(documents)
    vectors = _vectors([_features(document, links.get(document.address, ())) for document in known])
    linked = _both_ways(links)
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for feature, weight in vector.items():
            holders[feature].append((number, weight))
    found = {}
    for number, document in enumerate(known):
        scores: defaultdict[int, float] = defaultdict(float)
        for feature, weight in vectors[number].items():
            for other, other_weight in holders[feature]:
                scores[other] += weight * other_weight
        taken = linked.get(document.address, frozenset()) | {document.address}
        found[document.address] = _best(known, scores, taken, count)
    return found


def _features(document: SearchDocument, targets: Collection[str]) -> dict[str, float]:
    """Weigh the pairs of a document by where they stand, and the records it links to."""
    summary = document.parts[0].text if document.parts else ""
    weighed = ((summary, _IN_SUMMARY), *((text, _IN_HEADING) for text in document.headings))
    names = ((text, _IN_NAME) for text in (document.title, *document.aliases))
    features = {f"→{target}": _LINK for target in targets}
    for text, weight in (*weighed, *names):  # what weighs most comes last, and stays
        for run in _HAN.findall(indexed_text(text)):
            features.update(dict.fromkeys(map(add, run, run[1:]), weight))
    return features


def _vectors(features: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Weigh features by rarity, keep the strongest of each document, and bring all to one length."""
    holders = Counter(feature for own in features for feature in own)
    rarity = {
        feature: math.log(1 + len(features) / count) for feature, count in holders.items() if 1 < count <= _MOST_HOLDERS
    }
    vectors = []
    for own in features:
        weighed = ((weight * rarity[feature], feature) for feature, weight in own.items() if feature in rarity)
        strongest = nlargest(_FEATURES, weighed)
        length = math.sqrt(sum(weight * weight for weight, _ in strongest))
        vectors.append({feature: weight / length for weight, feature in strongest})
    return vectors


def _best(
    documents: Sequence[SearchDocument], scores: Mapping[int, float], taken: Collection[str], count: int
) -> tuple[str, ...]:
    """Choose the best that are good enough, not too many of one kind."""
    good = [(-score, number) for number, score in scores.items() if score >= _LEAST]
    kinds: Counter[str] = Counter()
    chosen: list[str] = []
    for _, number in sorted(good):
        address, kind = documents[number].address, documents[number].kind
        if address not in taken and kinds[kind] < _MOST_OF_A_KIND and len(chosen) < count:
            kinds[kind] += 1
            chosen.append(address)
    return tuple(chosen)


def _both_ways(links: Links) -> dict[str, set[str]]:
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for address, targets in links.items():
        for target in targets:
            linked[address].add(target)
            linked[target].add(address)
    return dict(linked)

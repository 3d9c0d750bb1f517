"""When nothing holds the words as they are: documents are ranked by how much they hold of what they are made of.

As in the page (`search-nearby.js`): pairs of neighbours count by their rarity and by where they stand, pairs that
follow each other once more, and of the names also single characters: 社工部 is in 社会工作部.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lunxun.search.asked import Word
from lunxun.search.entries import Tiers
from lunxun.search.ranking import body_value, rarity
from lunxun.search.tokens import SEPARATOR

_MOST_PAIRS, _MOST_VARIANTS, _MOST_RUNS, _MOST_OF_A_RUN = 32, 2, 6, 12
_LEAST_SHARE, _LEAST_OF_BEST, _MOST_KEPT = 0.2, 0.15, 30
_IN_NAME, _IN_HEADING, _IN_SUMMARY, _IN_BODY = 4.0, 2.0, 2.0, 3.0
_SUMMARY = 90
_IN_SEQUENCE = 0.7
_SHARE_BASE = 0.6
_KINDS = {**dict.fromkeys(("problem", "practice", "policy"), 1.2), **dict.fromkeys(("indicator", "source"), 0.7)}
_LEAST_CHARACTERS, _ALL_CHARACTERS, _CHARACTERS = 0.5, 0.99, 2.0
_RARE, _RARE_SHARE = 200, 50
# What only asks, and what only joins words.
QUESTION = re.compile(
    "怎么办|怎么样|怎么|怎样|如何|为什么|是什么|什么|哪些|哪个|哪里|多少|是否|能不能|可不可以|可以|应该|需要|有没有|"
    "是不是|要不要|没有|这样|那样|这个|那个|这些|那些|谁来|包括|请问|[的了吗呢吧啊呀嘛谁]"
)


def scattered(texts: Mapping[int, Tiers], words: Sequence[Word]) -> tuple[dict[int, float], tuple[str, ...]]:
    """Score the documents that hold a good part of the words, and give the pairs that they were found by.

    What was put in quotes is wanted as it stands or not at all.
    """
    runs = [] if any(word.is_phrase for word in words) else _runs(words)
    following = _pairs(runs)
    found = {pair: held for pair in following if (held := _holders(texts, pair))}
    weights = {pair: min(rarity(sum(held.values()), len(texts)), rarity(2, len(texts))) for pair, held in found.items()}
    total = sum(weights.values()) or 1.0
    share: defaultdict[int, float] = defaultdict(float)
    scores: defaultdict[int, float] = defaultdict(float)
    for pair, held in found.items():
        part = weights[pair] / total
        for number, times in held.items():
            share[number] += part
            scores[number] += part * _field_value(texts[number], pair, times)
            longer = following[pair]
            if longer and longer in texts[number].whole:
                often = texts[number].body.count(longer)
                scores[number] += part * _IN_SEQUENCE * _field_value(texts[number], longer, often)
    for number, value in share.items():
        scores[number] *= (_SHARE_BASE + value) * _KINDS.get(texts[number].kind, 1.0)
    _add_characters(texts, runs, scores, share)
    least = _LEAST_OF_BEST * max(scores.values(), default=0.0)
    good = [number for number, value in scores.items() if share[number] >= _LEAST_SHARE and value >= least]
    best = sorted(good, key=lambda number: (-scores[number], texts[number].address))[:_MOST_KEPT]
    return {number: scores[number] for number in best}, tuple(found)


def _runs(words: Sequence[Word]) -> list[str]:
    """Cut words where they only ask or join; letters share pairs with half of all words, so they stay out."""
    forms = [form for word in words for form in word.forms[: 1 + _MOST_VARIANTS]]
    parts = (part for form in forms for run in form.split(SEPARATOR) for part in QUESTION.split(run))
    return [part for part in parts if len(part) > 1 and not (part.isascii() and part.isalpha())]


def _pairs(runs: Sequence[str]) -> dict[str, str]:
    """List the pairs of runs, each with the three characters that it begins, if it begins any."""
    found: dict[str, str] = {}
    for run in runs:
        for at in range(len(run) - 1):
            if len(found) < _MOST_PAIRS:
                found[run[at : at + 2]] = run[at : at + 3] if at + 3 <= len(run) else ""
    return found


def _holders(texts: Mapping[int, Tiers], pair: str) -> dict[int, int]:
    """Count a pair in each document that holds it."""
    counts = ((number, sum(text.count(pair) for text in tiers[:4])) for number, tiers in texts.items())
    return {number: times for number, times in counts if times}


def _field_value(tiers: Tiers, form: str, times: int) -> float:
    value = 0.0
    if form in tiers.names:
        value = _IN_NAME
    elif form in tiers.headings or form in tiers.body[: _SUMMARY + 1]:
        value = _IN_HEADING
    in_body = min(times, tiers.body.count(form))
    return value + (_IN_BODY * body_value(tiers, in_body) if in_body else 0.0)


def _add_characters(
    texts: Mapping[int, Tiers], runs: Sequence[str], scores: dict[int, float], share: dict[int, float]
) -> None:
    """Add what single characters of names say; of the most common ones nothing is kept, as in the page."""
    names = {number: tiers.names for number, tiers in texts.items()}
    most = max(_RARE, len(texts) // _RARE_SHARE)
    for run in runs[:_MOST_RUNS]:
        weights = dict(_telling(names, tuple(dict.fromkeys(run))[:_MOST_OF_A_RUN], most))
        total = sum(weights.values())
        for number, name in names.items():
            held = sum(weight for character, weight in weights.items() if character in name) / (total or 1.0)
            if held >= _LEAST_CHARACTERS:
                whole = 2.0 if held > _ALL_CHARACTERS else 1.0
                scores[number] = scores.get(number, 0.0) + held * held * whole * _CHARACTERS / len(runs)
                share[number] = max(share.get(number, 0.0), held / len(runs))


def _telling(names: Mapping[int, str], characters: Sequence[str], most: int) -> Iterator[tuple[str, float]]:
    for character in characters:
        times = sum(name.count(character) for name in names.values())
        if 0 < times <= most:
            yield character, rarity(times, len(names))

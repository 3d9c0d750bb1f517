"""Read the judged queries of the search, and measure a ranking against them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from console import ScriptError
from environment import ROOT
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.site import addresses

FILE = ROOT / "tests" / "search" / "queries.yml"
BEST = 3
DEPTH = 10
FIELDS = {"query", "kind", "relevant", "place", "held_out"}


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """What somebody types, and how good an answer each page is."""

    query: str
    kind: str
    grades: Mapping[str, int]
    """Grades 3, 2 and 1 by address of the page; pages that are not named count 0."""
    places: tuple[str, ...] = ()
    """The ids on the best page where the answer stands, if that was judged."""
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine gave for a query: addresses in order, and where on its page each hit leads."""

    addresses: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    """The addresses that the first suggestion leads to."""


@dataclass(frozen=True, slots=True)
class Score:
    """The means over some queries; `place` is None where no place was judged."""

    queries: int
    ndcg: float
    success: float
    found: float
    suggested: float
    place: float | None


def load_queries(path: Path = FILE) -> tuple[JudgedQuery, ...]:
    """Read and check the file."""
    queries = tuple(_query(row) for row in yaml.safe_load(path.read_text("utf-8")))
    if len({query.query for query in queries}) < len(queries):
        raise ScriptError(f"{path}：有重复的查询。")
    return queries


def score(pairs: Iterable[tuple[JudgedQuery, Answer]]) -> Score:
    """Take the means of all measures."""
    rows = list(pairs)
    placed = [_lands(query, answer) for query, answer in rows if query.places]
    return Score(
        len(rows),
        _mean([ndcg(query.grades, answer.addresses) for query, answer in rows]),
        _mean([is_best_first(query, answer.addresses) for query, answer in rows]),
        _mean([any(query.grades.get(one) == BEST for one in answer.addresses[:DEPTH]) for query, answer in rows]),
        _mean([is_best_first(query, answer.addresses or answer.suggested) for query, answer in rows]),
        _mean(placed) if placed else None,
    )


def ndcg(grades: Mapping[str, int], ranking: Sequence[str], depth: int = DEPTH) -> float:
    """Give the normalised discounted cumulative gain of a ranking, with the gain 2^grade - 1."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(address, 0) for address in ranking[:depth]]) / ideal


def is_best_first(query: JudgedQuery, ranking: Sequence[str]) -> bool:
    """Tell whether a record that was looked for comes first."""
    return bool(ranking) and query.grades.get(ranking[0]) == BEST


def _lands(query: JudgedQuery, answer: Answer) -> bool:
    hits = dict(zip(answer.addresses, answer.anchors, strict=False))
    return any(hits.get(address) in query.places for address, grade in query.grades.items() if grade == BEST)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def _query(row: dict[str, Any]) -> JudgedQuery:
    if not FIELDS.issuperset(row) or BEST not in row["relevant"].values():
        raise ScriptError(f"{FILE}：这一条写得不对：{row}")
    grades = {address_of(key): int(grade) for key, grade in row["relevant"].items()}
    return JudgedQuery(row["query"], row["kind"], grades, tuple(row.get("place", ())), row.get("held_out", False))


def address_of(reference: str) -> str:
    """Give the address of a record that is written as `kind:id`."""
    kind, _, record_id = reference.partition(":")
    if kind not in KINDS:
        raise ScriptError(f"{FILE}：没有这一类记录：{reference}")
    return addresses.of_record(Key(kind, record_id))

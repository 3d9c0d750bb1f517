"""The judged queries are sound: enough of each kind, and every record they name is one that readers see."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from environment import ROOT
from judged_queries import BEST, FILE, Answer, JudgedQuery, is_best_first, load_queries, ndcg, score
from lunxun.library.load import load

KINDS = (
    "术语",
    "大白话",
    "地方",
    "文件条款",
    "口号",
    "错字",
    "拼音",
    "繁体与全角",
    "数字写法",
    "数据",
    "几个词",
    "排除与引号",
)


def test_every_kind_of_query_is_there() -> None:
    counts = Counter(query.kind for query in load_queries())
    assert tuple(counts) == KINDS
    assert min(counts.values()) >= 4 and counts.total() >= 150


def test_a_third_of_the_queries_is_held_out() -> None:
    queries = load_queries()
    assert 0.25 < sum(query.held_out for query in queries) / len(queries) < 0.4
    assert {query.kind for query in queries if query.held_out} == set(KINDS)


def test_judged_records_exist_and_are_visible() -> None:
    entries = load(ROOT / "content").library.entries
    visible = {f"{key.kind}:{key.id}" for key, entry in entries.items() if not entry.is_hidden}
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    assert [reference for row in rows for reference in row["relevant"] if reference not in visible] == []


def test_grades_are_between_one_and_three() -> None:
    for query in load_queries():
        assert set(query.grades.values()) <= {1, 2, 3} and BEST in query.grades.values(), query.query


@pytest.fixture
def judged() -> JudgedQuery:
    best, good = (addresses_of(name) for name in ("best", "good"))
    return JudgedQuery("网格", "术语", {best: 3, good: 2}, places=("here",))


def addresses_of(name: str) -> str:
    return f"terms/{name}.html"


def test_gain_of_rankings(judged: JudgedQuery) -> None:
    best, good, other = (addresses_of(name) for name in ("best", "good", "other"))
    assert ndcg(judged.grades, [best, good, other]) == pytest.approx(1)
    assert ndcg(judged.grades, []) == ndcg(judged.grades, [other]) == 0
    assert 0 < ndcg(judged.grades, [other, good]) < ndcg(judged.grades, [good, best]) < 1
    assert ndcg(judged.grades, [other] * 10 + [best]) == 0


def test_means_of_answers(judged: JudgedQuery) -> None:
    best, other = addresses_of("best"), addresses_of("other")
    answers = [
        Answer((best,), ("here",)),
        Answer((other, best), ("", "there")),
        Answer((), suggested=(best,)),
        Answer(()),
    ]
    found = score([(judged, answer) for answer in answers])
    assert (found.queries, found.success, found.found, found.suggested, found.place) == (4, 0.25, 0.5, 0.5, 0.25)
    assert is_best_first(judged, [best]) and not is_best_first(judged, [other, best])

"""The same questions to both engines of the command line, and the same answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bench_search_site import real_content
from lunxun.search.asked import MAX_WORDS, understand
from lunxun.search.document import SearchDocument
from lunxun.search.entries import pairs_of, tiers_of
from lunxun.search.excerpts import Segment
from lunxun.search.finder import exact_addresses
from lunxun.search.upkeep import OpenIndex
from tests.search.brute_force import find as scan
from tests.search.brute_force import samples, whole_texts
from tests.search.indexes import DOCUMENTS, ENGINES, Given, Shelf, document, stem, stems

SMALL, SEED, COUNT = 40, 20261122, 400
BOMB = 10_000


@pytest.fixture(params=list(ENGINES))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache", ENGINES[request.param]())


@pytest.fixture(scope="module")
def real() -> Sequence[SearchDocument]:
    documents = real_content().documents
    return documents[:: max(1, len(documents) // SMALL)]


@pytest.fixture(scope="module")
def texts(real: Sequence[SearchDocument]) -> Mapping[str, str]:
    """Fold all texts; a phrase may reach from a piece into the next, as in the page."""
    return whole_texts(real)


@pytest.fixture
def real_index(shelf: Shelf, real: Sequence[SearchDocument]) -> OpenIndex:
    return shelf.open(Given(real))


def found_by(index: OpenIndex, query: str) -> list[str]:
    return sorted(exact_addresses(index.reader, understand(query, {})))


def test_every_run_of_two_characters_is_found_where_it_stands(
    real_index: OpenIndex, real: Sequence[SearchDocument], texts: Mapping[str, str]
) -> None:
    runs = dict.fromkeys(pair for one in real for tier in tiers_of(one)[:4] for pair in pairs_of(tier))
    assert len(runs) > 5_000
    wrong = [run for run in runs if found_by(real_index, run) != scan(texts, run)]
    assert wrong == []


def test_stretches_typed_in_any_manner_are_found_where_they_stand_and_nowhere_else(
    real_index: OpenIndex, real: Sequence[SearchDocument], texts: Mapping[str, str]
) -> None:
    for sample in samples(real, COUNT, SEED):
        assert found_by(real_index, sample.typed) == scan(texts, sample.stretch), sample


def test_a_single_character_is_found(real_index: OpenIndex, texts: Mapping[str, str]) -> None:
    for character in "网村两":
        assert found_by(real_index, character) == scan(texts, character) != []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("网格", ["grid-term", "grid-worker", "yancheng-grid", "qingyang-training"]),
        ("網格員", ["grid-worker", "yancheng-grid", "qingyang-training"]),
        ("网格 群众", ["grid-term", "qingyang-training", "yancheng-grid"]),
        ("网格 -盐城 -终端", ["grid-term", "qingyang-training"]),
        ("党建引领群众", []),
        ("“群众参与”", ["qingyang-training", "yancheng-grid"]),
        ("“引领 群众”", ["yancheng-grid"]),
        ("「群众参与」 -「引领、群众」", ["qingyang-training"]),
        ("abc-12", ["grid-worker"]),
        ("ＡＢＣ", ["grid-worker"]),
        ("x9", ["grid-worker"]),
        ("两名", ["yancheng-grid"]),
        ("2名", ["yancheng-grid"]),
        ("十二天", ["yancheng-grid"]),
        ("第十四条", ["qingyang-training"]),
        ("两委", []),
    ],
)
def test_words_phrases_exclusions_numbers(shelf: Shelf, query: str, expected: list[str]) -> None:
    assert sorted(map(stem, shelf.addresses(Given(), query))) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind:case", ["qingyang-training", "yancheng-grid"]),
        ("kind:case region:盐城 网格", ["yancheng-grid"]),
        ("类别：案例 地区：江苏 网格", ["yancheng-grid"]),
        ("region:jiangsu", ["yancheng-grid"]),
        ("region:盐城、甘肃", ["qingyang-training", "yancheng-grid"]),
        ("region:“盐城市”", ["yancheng-grid"]),
        ("网格员 -region:甘肃", ["grid-worker", "yancheng-grid"]),
        ("KIND:term topic:网格", ["grid-term"]),
        ("year:2021", ["qingyang-training"]),
        ("年份：2022年 网格员", ["qingyang-training", "yancheng-grid"]),
        ("网格员 -kind:term -year:2021", ["yancheng-grid"]),
    ],
)
def test_classes_narrow_the_search(shelf: Shelf, query: str, expected: list[str]) -> None:
    assert sorted(stems(shelf.search(Given(), query))) == expected


def test_a_class_that_does_not_exist_finds_nothing(shelf: Shelf) -> None:
    assert shelf.search(Given(), "网格 region:火星").total == 0
    assert shelf.search(Given(), "kind:火星").total == 0


def test_names_come_before_what_only_mentions_them(shelf: Shelf) -> None:
    assert stems(shelf.search(Given(), "网格"))[0] == "grid-term"
    assert stems(shelf.search(Given(), "网格员"))[0] == "grid-worker"


def test_words_that_meet_come_before_words_apart(shelf: Shelf) -> None:
    filler = "此处另有一段不相干的话。" * 6
    apart = document("apart", "甲", "村民议事。", f"{filler}村民{filler}广场{filler}")
    near = document("near", "乙", "村民议事。", f"{filler}村民广场{filler}{filler}")
    assert stems(shelf.search(Given([apart, near]), "村民 广场")) == ["near", "apart"]


def test_equal_documents_come_in_the_order_of_their_addresses(shelf: Shelf) -> None:
    same = [document(name, "同名", "同样的内容。") for name in ("c", "a", "b")]
    assert stems(shelf.search(Given(same), "同样")) == ["a", "b", "c"]


def test_scattered_words_are_said_to_be_so(shelf: Shelf) -> None:
    found = shelf.search(Given(), "盐城支部网格怎么建")
    assert found.is_partial and stems(found)[0] == "yancheng-grid"


def test_a_word_that_stands_nowhere_is_answered_with_names_like_it(shelf: Shelf) -> None:
    assert shelf.search(Given(), "网隔员").suggestions == ("网格员",)
    assert shelf.search(Given(), "网隔员 群众").suggestions == ("网格员 群众",)
    assert shelf.search(Given(), "网格").suggestions == ()


def test_a_phrase_may_reach_into_the_next_piece(shelf: Shelf) -> None:
    given = Given([document("one", "村民议事", "会前公告", "会后公开。")])
    assert shelf.addresses(given, "“议事 会前”") == shelf.addresses(given, "“公告 会后公开”") == ["cases/one.html"]
    assert shelf.addresses(given, "议事会前") == []


def test_letters_find_the_names_and_places_that_they_spell(shelf: Shelf) -> None:
    for query in ("wgy", "wanggeyuan", "WANGGEYU"):
        found = shelf.search(Given(), query)
        assert stems(found)[0] == "grid-worker" and not found.is_partial
        assert Segment("网格员", True) in found.hits[0].title or Segment("网格", True) in found.hits[0].title
    assert stems(shelf.search(Given(), "yanchengshi")) == ["yancheng-grid"]
    assert stems(shelf.search(Given(), "网格 ycs")) == ["yancheng-grid"]


def test_what_sounds_the_same_comes_first(shelf: Shelf) -> None:
    found = shelf.search(Given(), "网隔员")
    assert found.is_partial and stems(found)[0] == "grid-worker"


def test_quoted_words_are_wanted_as_they_stand_or_not_at_all(shelf: Shelf) -> None:
    assert shelf.search(Given(), "盐城支部网格怎么建").total > 0
    assert shelf.search(Given(), "“盐城支部网格怎么建”").total == 0


RULES = document("rules", "支部工作条例（试行）", "规定支部怎样工作。", "第十六条：按期开会。", kind="policy")
SPEAKS = document("speaks", "支部开会", "见支部工作条例（试行）。", "第十六条之外另有通知。")


@pytest.mark.parametrize("query", ["支部工作条例第16条", "《支部工作条例（试行）》第十六条", "支部工作条例 十六条"])
def test_an_article_is_found_in_its_document(shelf: Shelf, query: str) -> None:
    found = shelf.search(Given([SPEAKS, RULES]), query)
    assert not found.is_partial and not found.note
    assert stems(found)[0] == "rules" and found.hits[0].excerpt.anchor == "p1"


@pytest.mark.parametrize("query", ["支部工作条例第17条", "《支部工作条例（试行）》第十七条", "支部工作条例 十七条"])
def test_an_article_that_is_not_there_leads_to_its_document(shelf: Shelf, query: str) -> None:
    found = shelf.search(Given([SPEAKS, RULES]), query)
    assert found.is_partial and "没有收录“第" in found.note and found.suggestions == ()
    assert stems(found)[0] == "rules"


def test_marks_stand_on_the_words(shelf: Shelf) -> None:
    hit = shelf.search(Given(), "羣眾參與 党建").hits[0]
    marked = [segment.text for segment in hit.excerpt.segments if segment.is_marked]
    assert marked == ["党建", "群众参与"]
    assert (hit.excerpt.anchor, hit.excerpt.heading) == ("p1", "第1节")


def test_limit_cuts_the_list_and_not_the_count(shelf: Shelf) -> None:
    found = shelf.search(Given(), "网格", limit=2)
    assert (found.total, len(found.hits)) == (4, 2)


def test_an_empty_collection_can_be_asked(shelf: Shelf) -> None:
    assert shelf.search(Given([]), "网格").total == 0


@pytest.mark.parametrize(
    "query",
    [
        "网" * BOMB,
        "网格 " * BOMB,
        "*" * BOMB,
        "网*格?[a-z]{1,9}(.*)*",
        '"' * BOMB,
        "“" * BOMB,
        "((((网格 OR AND NOT ^2~3",
        "kind:" * BOMB,
        "kind:kind:case region:",
        "-" * BOMB,
        "- -网格 --格",
        "\0\x1b[31m\u202e\ud800网格",
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "[* TO *] title:* _stored:x",
    ],
    ids=range(15),
)
def test_hostile_queries_are_bounded_and_answered(shelf: Shelf, query: str) -> None:
    index = shelf.open(Given())
    question = understand(query, index.names)
    assert len(question.words) + len(question.excluded) <= MAX_WORDS
    for found in (shelf.search(Given(), query), shelf.search(Given(), f"网格员 {query}")):
        assert found.total <= len(DOCUMENTS)


def test_both_engines_give_the_same_answers_in_the_same_order(tmp_path: Path, real: Sequence[SearchDocument]) -> None:
    shelves = [Shelf(tmp_path / name, engine()) for name, engine in ENGINES.items()]
    queries = ["网格", "党员 培训", "支部建设怎么抓", "村书记", "2023", "一肩挑", "网隔化", "kind:term 制度"]
    one, other = ([shelf.search(Given(real), query) for query in queries] for shelf in shelves)
    assert one == other
    assert any(found.is_partial for found in one) and sum(found.total for found in one) > 10

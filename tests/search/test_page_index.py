"""The index for the page: where documents stand, which lists there are, and what the files look like."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.search.document import Part, SearchDocument
from lunxun.search.layout import SLOT, place, slots_for, text_of
from lunxun.search.page_index import build_page_index, fingerprint
from lunxun.search.pinyin import readings
from lunxun.search.postings import collect
from lunxun.search.tokens import pairs

FOLDER = "assets/lunxun/search/"
NAMES = {"kind": {"term": "术语", "case": "典型案例"}}
TEXTS = st.lists(st.text(alphabet="网格化一约四AB7，。 \n\U00020bb7", max_size=300), min_size=1, max_size=5)


def document(number: int, title: str = "网格化", text: str = "一约四会", **more: Any) -> SearchDocument:
    """Make a small document."""
    return SearchDocument(f"d/{number}.html", "term", title, parts=(Part("", "", text),), **more)


def read(script: str) -> list[Any]:
    """Read what a script of the index hands over."""
    written = script.removeprefix("LunxunSearch.take(").removesuffix(");\n")
    row: list[Any] = json.loads(f"[{written}]")
    return row


@given(TEXTS)
def test_postings_hold_every_pair_at_its_place(texts: list[str]) -> None:
    placed = place(document(number, text=text) for number, text in enumerate(texts))
    wanted = {
        (key if len(key) == 2 else key + " ", item.start + offset)
        for item in placed
        for offset, key in pairs(text_of(item.document))
    }
    found = collect(placed)
    assert {(key, position) for key, positions in found.items() for position in positions} == wanted
    assert all(list(positions) == sorted(set(positions)) for positions in found.values())


def test_chunks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [document(number, text="党建引领网格化。" * number) for number in range(40)]
    whole = collect(place(documents))
    monkeypatch.setattr("lunxun.search.postings._CHUNK", 300)
    assert collect(place(documents)) == whole


def test_a_document_that_still_fits_keeps_its_slots() -> None:
    before = place([document(1), document(2, text="网" * 500), document(3)])
    slots = {item.document.address: item.slot for item in before}
    edited = [document(3), document(2, text="格" * 505), document(1, text="长" * 2 * SLOT), document(4)]
    after = {item.document.address: item.slot for item in place(edited, slots)}
    assert after["d/2.html"] == slots["d/2.html"] and after["d/3.html"] == slots["d/3.html"]
    assert after["d/1.html"] > slots["d/3.html"] and after["d/4.html"] > after["d/1.html"]


@given(TEXTS, st.lists(st.integers(-2, 30), max_size=5))
def test_documents_never_overlap(texts: list[str], old: list[int]) -> None:
    documents = [document(number, text=text) for number, text in enumerate(texts)]
    slots = {f"d/{number}.html": slot for number, slot in enumerate(old)}
    end = 0
    for item in place(documents, slots):
        assert item.slot >= end
        assert item.end_slot - item.slot == slots_for(item.text) and len(item.text) < item.end_slot * SLOT - item.start
        end = item.end_slot


def test_the_same_input_gives_the_same_files() -> None:
    documents = [document(number, facets={"kind": ("term",), "year": ("2021", "2023")}) for number in range(9)]
    assert build_page_index(documents, "one", NAMES) == build_page_index(iter(documents), "one", NAMES)
    assert fingerprint(documents, NAMES) == fingerprint(documents, NAMES)
    assert fingerprint(documents, NAMES) != fingerprint(documents[1:], NAMES)


def test_scripts_are_plain_calls_with_the_build() -> None:
    hostile = document(1, title='</script><b>"\\\u2028', text="\x00\x1f'\u2029${x}`")
    for address, text in build_page_index([hostile], "b-1", NAMES).items():
        name, build, _ = read(text)
        assert address == f"{FOLDER}{name}.js" and build == "b-1"
        assert not {"<", "\u2028", "\u2029"} & set(text)


def test_each_text_is_stored_once() -> None:
    own = SearchDocument(
        "d/1.html", "case", "题", (), ("独一无二的小标题",), (Part("actions", "独一无二的小标题", "独一无二的正文"),)
    )
    files = "".join(text for address, text in build_page_index([own], "b", NAMES).items() if "/t/" in address)
    assert files.count("独一无二的小标题") == 1
    assert files.count("独一无二的正文") == 1


def test_no_documents_make_an_index_too() -> None:
    files = build_page_index([], "b", NAMES)
    assert read(files[f"{FOLDER}start.js"])[2]["count"] == 0


def test_facets_come_in_the_order_of_their_names_and_years_from_the_last() -> None:
    documents = [
        document(1, facets={"year": ("2019",), "kind": ("case",)}),
        document(2, facets={"year": ("2023",), "kind": ("term",)}),
    ]
    start = read(build_page_index(documents, "b", NAMES)[f"{FOLDER}start.js"])[2]
    assert [facet["id"] for facet in start["facets"]] == ["kind", "year"]
    assert start["facets"][0]["values"] == [["term", "术语"], ["case", "典型案例"]]
    assert start["facets"][1]["values"] == [["2023", "2023"], ["2019", "2019"]]


@pytest.mark.parametrize(
    ("text", "read_so"),
    [
        ("网格化", "wang ge hua"),
        ("重庆市", "chong qing shi"),
        ("银行行长", "yin hang hang zhang"),
        ("朝阳区", "chao yang qu"),
        ("绿色", "lv se"),
        ("ab岗", "  gang"),
        ("一约 四会", "yi yue  si hui"),
    ],
)
def test_readings(text: str, read_so: str) -> None:
    assert " ".join(readings(text)) == read_so

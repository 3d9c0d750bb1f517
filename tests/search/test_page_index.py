"""The index for the page: where documents stand, which lists there are, and what the files look like."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.search.bits import mark
from lunxun.search.document import Part, SearchDocument
from lunxun.search.layout import SLOT, lay_out
from lunxun.search.page_index import build
from lunxun.search.sounds import readings
from lunxun.text.folding import fold, may_fold

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
def test_documents_stand_in_order_and_never_overlap(texts: list[str]) -> None:
    addresses = [f"d/{number}.html" for number in range(len(texts))]
    laid_out = lay_out(addresses, np.array([len(text) for text in texts]))
    for text, start, end in zip(texts, laid_out.starts, laid_out.starts[1:], strict=False):
        assert start % SLOT == 0 and len(text) < end - start <= max(SLOT, 1.07 * len(text) + SLOT)


def test_an_edit_moves_no_other_document_as_long_as_there_is_room() -> None:
    addresses = [f"d/{number}.html" for number in range(3)]
    before, within, beyond = (lay_out(addresses, np.array([900, length, 900])) for length in (1200, 1215, 1216))
    assert list(before.slots) == list(within.slots)
    assert beyond.slots[2] > before.slots[2]


def test_blocks_begin_where_addresses_say_and_have_names_of_their_own() -> None:
    addresses = sorted(f"d/{number}.html" for number in range(2000))
    laid_out = lay_out(addresses, np.full(2000, 40))
    assert 2000 / 64 < len(laid_out.blocks) < 2000 / 16
    assert len(set(laid_out.names)) == len(laid_out.names)
    gone = int(laid_out.blocks[5]) + 1
    fewer = lay_out(addresses[:gone] + addresses[gone + 1 :], np.full(1999, 40))
    assert fewer.names == laid_out.names
    ours = {f"t/{laid_out.names[5]}-{number:x}" for number in range(99)}
    assert set(fewer.files()[0]) ^ set(laid_out.files()[0]) <= ours


def test_the_same_input_gives_the_same_files() -> None:
    documents = [document(number, facets={"kind": ("term",), "year": ("2021", "2023")}) for number in range(9)]
    assert build(documents, NAMES).files == build(documents[::-1], NAMES).files


def test_scripts_are_plain_calls_with_the_mark_of_their_data() -> None:
    hostile = document(1, title='</script><b>"\\\u2028', text="\x00\x1f'\u2029${x}`")
    files = {address: text.decode() for address, text in build([hostile], NAMES).files.items()}
    for address, text in files.items():
        name, signed, _ = read(text)
        data = text.split('"', 4)[4][1:].removesuffix(");\n")
        assert address == f"{FOLDER}{name}.js" and signed == mark(data.encode())
        assert not {"<", "\u2028", "\u2029"} & set(text)


def test_the_start_file_knows_every_mark() -> None:
    files = {address: read(text.decode()) for address, text in build([document(1), document(2)], NAMES).files.items()}
    start = files.pop(f"{FOLDER}start.js")[2]
    told = start["textMarks"] + "".join(start["tableMarks"].values())
    told += "".join(start[lists][marks] for lists in ("lists", "names") for marks in ("marks", "heavyMarks"))
    pairs_of_marks = [told[at : at + 2] for at in range(0, len(told), 2)]
    assert sorted(pairs_of_marks) == sorted(signed for _, signed, _ in files.values())


def test_names_of_files_are_no_devices() -> None:
    names = [address.rpartition("/")[2].removesuffix(".js") for address in build([document(1)], NAMES).files]
    assert all(set(name) <= set("0123456789abcdef-") for name in names if name not in ("start", "fold", "pinyin"))


def test_each_text_is_stored_once() -> None:
    own = SearchDocument(
        "d/1.html", "case", "题", (), ("独一无二的小标题",), (Part("actions", "独一无二的小标题", "独一无二的正文"),)
    )
    files = "".join(text.decode() for address, text in build([own], NAMES).files.items() if "/t/" in address)
    assert files.count("独一无二的小标题") == 1
    assert files.count("独一无二的正文") == 1


def test_no_documents_make_an_index_too() -> None:
    files = build([], NAMES).files
    assert read(files[f"{FOLDER}start.js"].decode())[2]["count"] == 0


def test_facets_come_in_the_order_of_their_names_and_years_from_the_last() -> None:
    documents = [
        document(1, facets={"year": ("2019",), "kind": ("case",)}),
        document(2, facets={"year": ("2023",), "kind": ("term",)}),
    ]
    start = read(build(documents, NAMES).files[f"{FOLDER}start.js"].decode())[2]
    assert [facet["id"] for facet in start["facets"]] == ["kind", "year"]
    assert start["facets"][0]["values"] == [["term", "术语"], ["case", "典型案例"]]
    assert start["facets"][1]["values"] == [["2023", "2023"], ["2019", "2019"]]


def test_characters_that_fold_are_picked_out_of_all() -> None:
    characters = "".join(chr(code) for code in range(0x80, 0x3400) if not chr(code).isspace())
    changed = {character for character in characters if fold(character) != character}
    assert changed <= set(may_fold(characters))


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

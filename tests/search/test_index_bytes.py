"""The index is the same, byte for byte: as a plain writer's, however it is cut, and when it is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lunxun.search import binding, layout, ledger, lists, page_index
from lunxun.search.document import Part, SearchDocument
from lunxun.search.index_state import OtherStateError, from_arrays, to_arrays
from lunxun.search.page_index import PageIndex, build, update
from lunxun.workers import Processes, Workers
from tests.copying import Scattered
from tests.search import reference_index
from tests.search.reference_index import FOLDER, Sizes

NAMES = {"kind": {"term": "术语", "case": "典型案例"}, "regions": {"yancheng": "盐城市"}}
# Few characters, so that lists are long, and some that are rare, fold in odd ways or are no characters.
ALPHABET = '网格网格网格化一约四會AB7，。 \n<\\"\U00020bb7龘ß\u2028\ud800行长'
TEXTS = st.text(alphabet=ALPHABET, max_size=120)
ADDRESSES = st.integers(0, 30).map(lambda number: f"d/{number}.html")
DOCUMENTS = st.builds(
    SearchDocument,
    ADDRESSES,
    st.sampled_from(["term", "case"]),
    st.text(alphabet=ALPHABET, min_size=1, max_size=9),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.lists(TEXTS, max_size=2, unique=True).map(tuple),
    st.lists(st.builds(Part, st.just("a"), TEXTS, TEXTS), max_size=3).map(tuple),
    st.sampled_from([{}, {"kind": ("term",)}, {"kind": ("case",), "year": ("2021", "2023")}]),
)
LIBRARIES = st.lists(DOCUMENTS, max_size=12, unique_by=lambda document: document.address)
SIZES = st.builds(
    Sizes,
    block=st.sampled_from([1, 3, 256]),
    slots_a_file=st.sampled_from([1, 5, 80]),
    most_bits=st.sampled_from([60, 300, 100_000]),
    heavy_bits=st.sampled_from([40, 200, 100_000]),
    part=st.sampled_from([1, 50, 1_000_000]),
    every=st.sampled_from([1, 3, 64]),
)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@contextmanager
def made(sizes: Sizes) -> Iterator[None]:
    """Make files small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "BLOCK", sizes.block)
        patch.setattr(layout, "SLOTS_A_FILE", sizes.slots_a_file)
        patch.setattr(binding, "_MOST_BITS", sizes.most_bits)
        patch.setattr(binding, "_HEAVY_BITS", sizes.heavy_bits)
        patch.setattr(ledger, "EVERY", sizes.every)
        patch.setattr(lists, "_PART", sizes.part)
        patch.setattr(lists, "_BATCH", 3 * sizes.part)
        patch.setattr(page_index, "_AT_ONCE", 5)
        yield


def applied(files: dict[str, bytes], made: PageIndex) -> dict[str, bytes]:
    """Give the files of a site once an update is written into it."""
    assert made.gone <= files.keys() and not made.gone & made.files.keys()
    return {**{address: text for address, text in files.items() if address not in made.gone}, **made.files}


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(LIBRARIES, SIZES)
def test_files_are_those_of_a_plain_writer(library: list[SearchDocument], sizes: Sizes) -> None:
    with made(sizes):
        files = build(library, NAMES).files
    wanted = reference_index.write(library, sizes)
    alone = {f"{FOLDER}{name}.js" for name in ("start", "fold", "pinyin")}
    assert {address: text.decode() for address, text in files.items() if address not in alone} == wanted


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
@given(LIBRARIES, SIZES)
def test_however_the_work_is_cut_the_files_are_the_same(library: list[SearchDocument], sizes: Sizes) -> None:
    with made(sizes):
        assert build(library[::-1], NAMES, Scattered()).files == build(library, NAMES).files


def test_processes_make_the_same_files() -> None:
    library = [many(number) for number in range(40)]
    with made(Sizes(3, 2, 300, 200, 50)):
        assert build(library, NAMES, Processes(2)).files == build(library, NAMES).files


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(LIBRARIES, SIZES, st.data())
def test_an_update_is_a_cold_build(library: list[SearchDocument], sizes: Sizes, data: st.DataObject) -> None:
    documents = {document.address: document for document in library}
    with made(sizes):
        index = build(library, NAMES)
        files = index.files
        for _ in range(data.draw(st.integers(1, 3))):
            changed, gone = data.draw(edits(documents))
            documents = {address: one for address, one in documents.items() if address not in gone}
            documents.update((document.address, document) for document in changed)
            kept = from_arrays(to_arrays(index.state))
            workers: Workers | None = data.draw(st.sampled_from([None, Scattered()]))
            updated = update(kept, changed, gone, files.get, NAMES, workers)
            assert updated is not None
            index = updated
            files = applied(files, index)
            assert files == build(list(documents.values()), NAMES).files


PLAIN = "网格一约四化 B。"
KEPT = SearchDocument("d/0.html", "term", "网格", parts=(Part("", "", PLAIN),))


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(st.lists(st.text(PLAIN, min_size=40, max_size=300), min_size=1, max_size=6), SIZES, st.data())
def test_an_edit_that_moves_no_document_is_a_cold_build(texts: list[str], sizes: Sizes, data: st.DataObject) -> None:
    def library() -> list[SearchDocument]:
        some = enumerate(texts, 1)
        return [KEPT, *(SearchDocument(f"d/{at}.html", "term", "网", parts=(Part("", "", text),)) for at, text in some)]

    with made(sizes):
        index = build(library(), NAMES)
        files = index.files
        for _ in range(data.draw(st.integers(1, 3))):
            numbers = data.draw(st.lists(st.integers(0, len(texts) - 1), min_size=1, max_size=2, unique=True))
            for number in numbers:
                texts[number] = data.draw(reordered(texts[number]))
            documents = library()
            changed = [documents[number + 1] for number in numbers]
            updated = update(from_arrays(to_arrays(index.state)), changed, [], files.get, NAMES)
            assert updated is not None
            index = updated
            files = applied(files, index)
            assert files == build(documents, NAMES).files


@st.composite
def reordered(draw: st.DrawFn, text: str) -> str:
    """Move a stretch of a text elsewhere, or write another of the same length, or leave it as it is."""
    start, end, place = sorted(draw(st.integers(0, len(text))) for _ in range(3))
    other = draw(st.sampled_from([text[start:end], draw(st.text(PLAIN, min_size=end - start, max_size=end - start))]))
    return text[:start] + text[end:place] + other + text[place:]


@st.composite
def edits(draw: st.DrawFn, documents: dict[str, SearchDocument]) -> tuple[list[SearchDocument], list[str]]:
    """Edit some documents in a small way, make some others anew, remove some, rename some."""
    known = sorted(documents)
    some = draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
    changed = {document.address: document for document in draw(st.lists(DOCUMENTS, max_size=2))}
    gone = []
    for address in some:
        document = documents[address]
        match draw(st.sampled_from(["edit", "remove", "rename", "same"])):
            case "edit":
                text = draw(TEXTS)
                document = replace(document, parts=(*document.parts, Part("", "", text[:20])))
            case "remove":
                gone.append(address)
                continue
            case "rename":
                gone.append(address)
                document = replace(document, address=f"e/{len(gone)}-{address[2:]}")
        changed[document.address] = document
    return list(changed.values()), [address for address in gone if address not in changed]


def test_a_small_edit_rewrites_little() -> None:
    library = [many(number) for number in range(200)]
    with made(Sizes(32, 80, 3000, 2000, 1000)):
        index = build(library, NAMES)
        text = library[77].parts[0].text
        edited = replace(library[77], parts=(Part("", "", text[:9] + text[11:13] + text[11:]),))
        updated = update(index.state, [edited], [], index.files.get, NAMES)
    assert updated is not None and not updated.gone
    kinds = [address.removeprefix(FOLDER)[0] for address in updated.files]
    assert kinds.count("t") == 1 and kinds.count("n") == 0 and kinds.count("s") == 1
    assert 1 <= kinds.count("p") <= 7 < sum("/p/" in address for address in index.files) / 4


def many(number: int) -> SearchDocument:
    """Make one of many documents that differ."""
    text = "".join(chr(0x4E00 + (number * 131 + at * at * 7) % 900) for at in range(300))
    return SearchDocument(
        f"d/{number}.html", "term", f"题目{number}", parts=(Part("", "", text),), facets={"kind": ("term",)}
    )


@pytest.mark.parametrize("folder", ["t", "p", "p/heavy"])
@pytest.mark.parametrize("other", [None, b"LunxunSearch.take(1);", b'LunxunSearch.take("p/1","  ","ab");\n'])
def test_files_of_another_build_are_noticed(folder: str, other: bytes | None) -> None:
    texts = [f"{many(number).parts[0].text}到处都有" for number in range(20)]
    texts_now = [texts[0][:9] + texts[0][11:] + texts[0][9:11], *texts[1:]]
    library, (edited, *_) = (
        [replace(many(at), parts=(Part("", "", text),)) for at, text in enumerate(some)] for some in (texts, texts_now)
    )
    with made(Sizes(256, 80, 3000, 100, 1000)):
        index = build(library, NAMES)
        ours = [address for address in index.files if address.removeprefix(FOLDER).rpartition("/")[0] == folder]
        others = dict.fromkeys(ours, other)
        assert others
        assert update(index.state, [edited], [], index.files.get, NAMES) is not None
        assert update(index.state, [edited], [], {**index.files, **others}.get, NAMES) is None


def test_a_state_of_another_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = to_arrays(build([many(1)], NAMES).state)
    monkeypatch.setattr("lunxun.search.index_state.FORMAT", 0)
    with pytest.raises(OtherStateError):
        from_arrays(arrays)

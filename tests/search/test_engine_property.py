"""Whatever the texts are, the engine finds exactly what a scan of them finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lunxun.search.document import Part, SearchDocument
from tests.search.brute_force import SEPARATOR, find, plain, whole_texts
from tests.search.engine import NodeEngine, write_index

# Few pieces, so that stretches recur and nearly recur: traditional and simplified, wide and narrow, numbers, Latin,
# separators, one character beyond the basic plane, and some that fold or lower-case in odd ways.
PIECES = [
    "网格", "網格", "网", "格", "村", "党员", "黨員", "员", "一肩挑", "一", "二", "两", "十", "十二天", "12天", "12",
    "３", "年", "第", "GitHub", "a", "A", "Ｂ", "，", "。", "、", " ", "——", "“", "/", "%", "\u3000", "\n",
    "\U00020089", "ß", "İ", "々", "〇", "ñ", "ﬁ", "٣", "²",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
NAMES = st.lists(TEXTS, max_size=2).map(tuple)
PARTS = st.lists(TEXTS, max_size=3).map(lambda texts: tuple(Part(f"p{at}", "", text) for at, text in enumerate(texts)))


def documents(titles: list[str], names: list[tuple[str, ...]], parts: list[tuple[Part, ...]]) -> list[SearchDocument]:
    """Put documents together; the lists are as long as each other."""
    rows = zip(titles, names, parts, strict=True)
    return [
        SearchDocument(f"d/{at}.html", "term", title, aliases=given_names, parts=texts)
        for at, (title, given_names, texts) in enumerate(rows)
    ]


@st.composite
def libraries(draw: st.DrawFn) -> list[SearchDocument]:
    """Make up a few documents."""
    count = draw(st.integers(1, 5))
    titles = draw(st.lists(TEXTS, min_size=count, max_size=count))
    names = draw(st.lists(NAMES, min_size=count, max_size=count))
    parts = draw(st.lists(PARTS, min_size=count, max_size=count))
    return documents(titles, names, parts)


@st.composite
def stretches(draw: st.DrawFn, library: list[SearchDocument]) -> list[str]:
    """Cut stretches from the texts, and make up others that may stand nowhere."""
    whole = [
        text for document in library for text in (document.title, *document.aliases, *(p.text for p in document.parts))
    ]
    found = []
    for _ in range(draw(st.integers(1, 8))):
        text = draw(st.sampled_from(whole))
        start = draw(st.integers(0, len(text) - 1))
        found.append(text[start : start + draw(st.integers(1, 8))])
    return [*found, draw(TEXTS)]


@pytest.fixture(scope="module")
def engine() -> Iterator[NodeEngine]:
    """Start Node once."""
    started = NodeEngine()
    yield started
    started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for one index after the other."""
    return tmp_path_factory.mktemp("index")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_engine_equals_a_scan(engine: NodeEngine, folder: Path, data: st.DataObject) -> None:
    library = data.draw(libraries())
    wanted = [text for text in data.draw(stretches(library)) if is_searchable(text)]
    found = engine.addresses(write_index(folder / "one", library), [f"“{text}”" for text in wanted])
    texts = whole_texts(library)
    assert dict(zip(wanted, found, strict=True)) == {text: find(texts, text) for text in wanted}


def is_searchable(text: str) -> bool:
    """Tell whether a quoted text asks for anything: it needs a run of two characters or more, and no quote inside."""
    runs = plain(text).split(SEPARATOR)
    return max(map(len, runs)) >= 2 and "“" not in text

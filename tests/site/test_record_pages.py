"""Any page can be made by itself, in any order and in any process, and is the same."""

from __future__ import annotations

import pickle
from pathlib import Path

from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.records.references import Key
from lunxun.site.frame import Frame, Settings
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.record_pages import RecordPages, record_pages
from lunxun.site.see_also import see_also
from lunxun.site.tasks import SiteWork
from tests.contents import edit

_HEXI = Key("case", "hexi-grid")


def _pages(library: Library) -> dict[str, SitePage]:
    return {page.address: page for page in record_pages(ProseRenderer(library), see_also(library))}


def test_pages_made_singly_and_backwards_are_the_same(good_library: Library) -> None:
    related = see_also(good_library)
    shared = RecordPages(ProseRenderer(good_library), related)
    for key in reversed([key for key, entry in good_library.entries.items() if not entry.is_hidden]):
        alone = RecordPages(ProseRenderer(good_library), related).page(key)
        assert alone == shared.page(key) == _pages(good_library)[alone.address]


def test_some_pages_are_made_where_some_are_asked_for(good_library: Library) -> None:
    keys = [Key("term", "grid-term"), _HEXI]
    made = record_pages(ProseRenderer(good_library), see_also(good_library), keys)
    assert [page.address for page in made] == ["terms/grid-term.html", "cases/hexi-grid.html"]


def test_what_is_hidden_has_no_page(good_content: Path) -> None:
    edit(good_content, "cases/hexi-grid", "state: 已审", "state: 待核")
    library = load(good_content).library
    assert list(record_pages(ProseRenderer(library), see_also(library), [_HEXI])) == []


def test_the_work_on_pages_can_be_sent_to_another_process(good_library: Library, tmp_path: Path) -> None:
    frame = Frame(Settings(tmp_path, tmp_path, "", (), ()), {}, tmp_path, "")
    work = SiteWork(good_library, frame, None)
    work.make()
    expected = [*record_pages(work.renderer, see_also(good_library))]
    assert [*record_pages(pickle.loads(pickle.dumps(work)).renderer, see_also(good_library))] == expected


def test_a_page_says_which_terms_its_text_explains(good_library: Library) -> None:
    pages = _pages(good_library).values()
    for page in pages:
        for key in page.explained:
            assert f'data-term="{key.id}"' in page.body
            assert f'id="term-{key.id}"' in page.body
        assert page.body.count("data-term=") == len(page.explained)
    assert any(page.explained for page in pages)

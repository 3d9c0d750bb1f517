"""Papers, cards and keys as PDF, read again by pypdf."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest

from lunxun.export import typeset
from lunxun.export.card_layout import CardView, card_view
from lunxun.export.key_layout import KeyView, key_view
from lunxun.export.paper_layout import LARGE, NORMAL, PaperView, paper_view
from tests.export.made_papers import HOSTILE, hostile_form, made_form, made_key, question, section

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")
pytest.importorskip("pylopdf_fonts_zh_cn")


def _read(view: PaperView | CardView | KeyView) -> Any:
    return pypdf.PdfReader(io.BytesIO(typeset.typeset(view).data))


def _text(reader: Any) -> str:
    # Fonts map some signs to their compatible forms (⽤ for 用).
    return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in reader.pages))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").split())


def test_a_paper_can_be_read_in_order() -> None:
    text = _bare(_text(_read(paper_view(made_form(), NORMAL))))
    wanted = ["样卷", "试卷(A卷)", "考试时间:90分钟", "注意事项", "第一条须知", "一、单项选择题(每小题2分,共6分)"]
    wanted += ["短选项的题是", "A.甲", "D.丁", "左一", "A.右一", "A.步骤甲", "要紧的话", "A.此", "你怎么看?(10分)"]
    at = 0
    for one in wanted:
        at = text.index(one, at) + 1


@pytest.mark.parametrize("how", [NORMAL, LARGE])
def test_pages_are_tagged_and_carry_their_fonts(how: Any) -> None:
    form = made_form()
    for view in (paper_view(form, how), card_view(form, how), key_view(form, made_key(form), {})):
        reader = _read(view)
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]
        assert str(root["/Lang"]).lower() == "zh-cn"
        assert reader.metadata.title.startswith("样卷 A卷")
        assert reader.metadata.creation_date is None
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
        for page in reader.pages:
            fonts = page["/Resources"]["/Font"].values()
            inner = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
            assert inner
            assert all("/FontFile3" in font.get_object() for font in inner)
            assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_the_seal_stands_on_odd_pages_and_the_number_on_all() -> None:
    items = [question(no, "单选", 1, f"题目{no}（）", options=list("甲乙丙丁")) for no in range(1, 101)]
    reader = _read(paper_view(made_form(sections=[section("单选", 1, items)]), NORMAL))
    pages = [_bare(page.extract_text()) for page in reader.pages]
    assert len(pages) > 3
    assert ["密封线内不要答题" in page for page in pages] == [place % 2 == 0 for place in range(len(pages))]
    assert all(f"第{place}页共{len(pages)}页" in page for place, page in enumerate(pages, 1))


@pytest.mark.parametrize("how", [NORMAL, LARGE])
def test_no_page_cuts_a_question(how: Any) -> None:
    items = [
        question(
            no, "单选", 1, f"题首{no}。" + "题干" * (no % 40), options=[f"甲{no}止"] * 3 + [f"末{no}止" + "长" * 20]
        )
        for no in range(1, 61)
    ]
    reader = _read(paper_view(made_form(sections=[section("单选", 1, items)]), how))
    pages = [_bare(page.extract_text()) for page in reader.pages]
    for no in range(1, 61):
        on = [place for place, page in enumerate(pages) if f"题首{no}。" in page]
        assert on == [place for place, page in enumerate(pages) if f"末{no}止" in page]


def test_lines_are_set_closer_where_that_saves_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [question(no, "判断", 1, f"题目{no}") for no in range(1, 29)]
    counts: dict[int, tuple[int, int]] = {}
    for count in (12, 27):
        view = paper_view(made_form(sections=[section("判断", 1, items[:count])]), NORMAL)
        chosen = len(_read(view).pages)
        with monkeypatch.context() as patch:
            patch.setattr(typeset, "_PITCHES", ("1",))
            counts[count] = (len(_read(view).pages), chosen)
    assert counts == {12: (1, 1), 27: (2, 1)}


def test_hostile_texts_stay_texts() -> None:
    form = hostile_form()
    text = _bare(_text(_read(paper_view(form, NORMAL))))
    for one in HOSTILE:
        assert _bare(one) in text
    assert "看不见的字" in text
    assert _bare(HOSTILE[0]) in _bare(_text(_read(card_view(form, LARGE))))
    assert _bare(HOSTILE[2]) in _bare(_text(_read(key_view(form, made_key(form, HOSTILE[2]), {}))))


def test_a_character_without_a_shape_is_told() -> None:
    assert typeset.typeset(paper_view(made_form(), NORMAL)).missing == ""
    made = typeset.typeset(paper_view(made_form(title="题\U0001f600目"), NORMAL))
    assert made.missing == "\U0001f600"
    assert pypdf.PdfReader(io.BytesIO(made.data)).pages


def test_the_same_form_gives_the_same_bytes() -> None:
    for view in (paper_view(made_form(), NORMAL), card_view(made_form(), LARGE)):
        assert typeset.typeset(view) == typeset.typeset(view)


def test_without_the_library_it_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(typeset, "import_module", missing)
    with pytest.raises(typeset.PdfError, match=r"lunxun\[pdf\]"):
        typeset.require()

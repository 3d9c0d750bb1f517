"""Papers, cards and keys as Word files, read again by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from lunxun.export.card_layout import card_view
from lunxun.export.key_layout import key_view
from lunxun.export.paper_layout import LARGE, NORMAL, Print, paper_view
from tests.export.made_papers import HOSTILE, hostile_form, made_form, made_key, question, section

docx = pytest.importorskip("docx")
from lunxun.export.card_docx import card_docx  # noqa: E402
from lunxun.export.key_docx import key_docx  # noqa: E402
from lunxun.export.paper_docx import paper_docx  # noqa: E402

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paper(how: Print = NORMAL) -> Any:
    return docx.Document(io.BytesIO(paper_docx(paper_view(made_form(), how))))


def _texts(document: Any) -> list[str]:
    return [_said(one) for one in document.element.body.iter(f"{WORD}p")]


def _said(element: Any) -> str:
    signs = {f"{WORD}tab": "\t", f"{WORD}t": None}
    found = (one for one in element.iter(*signs) if one.getparent().tag == f"{WORD}r")
    return "".join(signs[one.tag] or one.text or "" for one in found)


def test_a_paper_has_its_questions_in_order() -> None:
    text = "\n".join(_texts(_paper()))
    wanted = ["样卷", "试卷（A卷）", "考试时间：90分钟　　满分：52分", "注意事项", "一、单项选择题（每小题2分，共6分）"]
    wanted += [
        "单选的说明。",
        "1.",
        "短选项的题是",
        "A. 甲",
        "D. 丁",
        "二、",
        "（1）",
        "左一",
        "A.",
        "右一",
        "A. 步骤甲",
    ]
    wanted += ["材料的第二段，要紧的话。", "（1）", "材料说的是", "（2分）", "A. 此", "（2）", "你怎么看？（10分）"]
    at = 0
    for one in wanted:
        at = text.index(one, at) + 1


def test_options_stand_in_rows_by_tabs() -> None:
    rows = [one for one in _paper().paragraphs if one.text.startswith(("A.", "C."))]
    assert rows[0].text == "A. 甲\tB. 乙\tC. 丙\tD. 丁"
    assert len(rows[0].paragraph_format.tab_stops) == 3
    assert rows[1].text.count("\t") == 1
    alone = [one.text for one in _paper(LARGE).paragraphs if one.text.startswith("A.")]
    assert alone[0] == "A.\t甲"


def test_every_run_names_a_font_for_chinese() -> None:
    for data in (paper_docx(paper_view(made_form(), NORMAL)), card_docx(card_view(made_form(), LARGE))):
        body = docx.Document(io.BytesIO(data)).element.body
        fonts = [run.find(f"{WORD}rPr/{WORD}rFonts") for run in body.iter(f"{WORD}r")]
        named = {font.get(f"{WORD}eastAsia") for font in fonts if font is not None}
        assert named == {"宋体", "黑体"}
        headings = [one for one in docx.Document(io.BytesIO(data)).paragraphs if one.style.name != "Normal"]
        assert {one.style.element.rPr.rFonts.get(f"{WORD}eastAsia") for one in headings} == {"黑体"}
        assert fonts.count(None) == sum(len(one.runs) for one in headings)


def test_large_print_is_eighteen_points_in_one_column() -> None:
    document = _paper(LARGE)
    assert document.styles["Normal"].font.size.pt == 18
    assert len(document.tables) == 1  # the scores; sides of a 匹配 stand one below the other


def test_a_question_stays_on_one_page_with_its_options() -> None:
    paragraphs = _paper().paragraphs
    first = next(place for place, one in enumerate(paragraphs) if "短选项的题是" in one.text)
    assert [one.paragraph_format.keep_with_next for one in paragraphs[first : first + 3]] == [True, None, True]


def test_the_page_has_a_seal_on_odd_pages_and_page_numbers_on_all() -> None:
    document = _paper()
    part = document.sections[0]
    assert (round(part.page_width.mm), round(part.page_height.mm)) == (210, 297)
    assert document.settings.odd_and_even_pages_header_footer
    assert document.settings.element.find(f"{WORD}mirrorMargins") is not None
    header = _said(part.header._element)
    assert all(word in header for word in ("单位", "姓名", "编号", "密", "封", "线"))
    assert _said(part.even_page_header._element) == ""
    for footer in (part.footer, part.even_page_footer):
        fields = [one.get(f"{WORD}instr") for one in footer._element.iter(f"{WORD}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]
        assert re.search(r"样卷 A卷 试卷　第1页 共1页　卷码 [0-9a-f]{8}", _said(footer._element))


def test_a_card_has_letters_lines_and_ruled_boxes() -> None:
    document = docx.Document(io.BytesIO(card_docx(card_view(made_form(), NORMAL))))
    text = "\n".join(_texts(document))
    assert "1[A][B][C][D]" in text.replace("\t", "")
    assert "5[对][错]" in text.replace("\t", "")
    assert re.search(r"7\.\s*（1）_{20,}　（2）_{20,}", text)
    assert re.search(r"9\.\s*_+　→_+　→_+", text)
    boxes = [table for table in document.tables if len(table.columns) == 1 and not table.rows[0].cells[0].text]
    assert [len(table.rows) for table in boxes] == [8, 21, 14]


def test_a_key_has_points_and_reasons() -> None:
    form = made_form()
    document = docx.Document(io.BytesIO(key_docx(key_view(form, made_key(form), {"secret-basis": "某条例"}))))
    text = "\n".join(_texts(document))
    assert "教师用" in text
    assert all(word in text for word in ("保密答案", "保密要点", "保密解析", "依据：某条例", "C → A → B"))
    assert document.tables[0].rows[1].cells[1].text == "B"


def test_hostile_texts_stay_texts() -> None:
    form = hostile_form()
    for data in (
        paper_docx(paper_view(form, NORMAL)),
        card_docx(card_view(form, NORMAL)),
        key_docx(key_view(form, made_key(form, HOSTILE[2]), {})),
    ):
        assert HOSTILE[0] in "".join(_texts(docx.Document(io.BytesIO(data))))
    text = "\n".join(_texts(docx.Document(io.BytesIO(paper_docx(paper_view(form, NORMAL))))))
    assert all(one in text for one in HOSTILE)
    assert "看不见的字" in text


def test_two_hundred_questions_and_sixty_options_are_written() -> None:
    items = [question(no, "单选", 1, "题（）", options=["项"] * (60 if no < 5 else 4)) for no in range(1, 201)]
    form = made_form(sections=[section("单选", 1, items)])
    text = "".join(_texts(docx.Document(io.BytesIO(paper_docx(paper_view(form, LARGE))))))
    assert text.count("BH.") == 4
    assert text.count("D.") == 200 + 2 * 4  # AD. and BD. of the long ones
    assert card_docx(card_view(form, LARGE))


def test_the_same_form_gives_the_same_bytes() -> None:
    first, again = (paper_docx(paper_view(made_form(), NORMAL)) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2000-01-01T"}
    assert "python-docx" not in core

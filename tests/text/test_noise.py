"""Noise goes; real parentheses and Latin words stay; what is lost is marked as lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.text.misread import LOST, realign
from lunxun.text.noise import clean_line

# The annotations of the page that the sources came from, those that cut other characters among them.
_READINGS = {"請": "qǐng", "報": "bào", "簡": "jiǎn", "責": "zé", "負": "fù", "擔": "dān", "動": "dòng", "問": "wèn"}


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("事業(yè)發(fā)展,黨建鑄魂。", "事業發展,黨建鑄魂。"),
        ("村(社區(qū))“兩委”換屆", "村(社區)“兩委”換屆"),
        ("樓棟(片區(qū))黨小組", "樓棟(片區)黨小組"),
        ("實(shí)行社區(qū)工作AB崗", "實行社區工作AB崗"),
        ("事業（yè）發", "事業發"),
    ],
)
def test_pinyin_annotations_go(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("新甘肅·甘肅日?qǐng)?bào)記者", "新甘肅·甘肅日報記者"),
        ("黨員涉黑涉惡?jiǎn)栴},堅(jiān)決整治", "黨員涉黑涉惡問題,堅決整治"),
        ("能挑重?fù)?dān)。拉緊考核", "能挑重擔。拉緊考核"),
        ("的溫?zé)嵫\ue031骸⑻鴦?ldquo;緊緊跟黨走”", f"的溫熱血液、跳{LOST}“緊緊跟黨走”"),
    ],
)
def test_characters_cut_in_two_are_put_together(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


def test_a_cut_that_cannot_be_told_is_marked_as_lost() -> None:
    assert clean_line("日?wàng)?bào)記者") == f"日{LOST}記者"
    assert clean_line("日?wàng)記者") == f"日{LOST}記者"
    assert clean_line("涉惡?wàng)栴},堅決") == f"涉惡{LOST}題,堅決"
    assert clean_line("?qǐng)") == LOST


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("&ldquo;緊緊跟黨走&rdquo;", "“緊緊跟黨走”"),
        ("ldquo;緊緊跟黨走rdquo;", "“緊緊跟黨走”"),
        ("跳鴦?ldquo;緊緊", f"跳鴦{LOST}“緊緊"),
        ("&amp;ldquo;一肩挑&amp;rdquo;", "“一肩挑”"),
        ("党建&nbsp;&#21644;&#x7EFC;治", "党建 和综治"),
    ],
)
def test_entities_become_what_they_name(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


def test_invisible_characters_go_and_unknown_ones_are_marked() -> None:
    assert clean_line("\ufeff網\u200b格\u00ad員\x07\ufe0f") == "網格員"
    assert clean_line("嵫\ue031骸") == f"嵫{LOST}骸"
    assert clean_line("通讯员:马江\u00a0\u00a0黄正清") == "通讯员:马江  黄正清"
    assert clean_line("網站投稿:[email protected]") == f"網站投稿:{LOST}"


@pytest.mark.parametrize(
    "line",
    [
        "村(社区)“两委”、村(居)民自治",
        "理論學習中心組(黨組)",
        "(一)加强基础建设",
        "推行农村基层党组织ABC分级分类管理",
        "社区工作AB岗、KTV(KTV)、app(app)、村(cun)",
        "“3+3”模式?真的吗?(见下)",
        "A&B公司; quot; R&D;",
    ],
)
def test_what_belongs_stays(line: str) -> None:
    assert clean_line(line) == line


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30), st.data())
def test_any_annotated_text_comes_back(text: str, data: st.DataObject) -> None:
    readings = st.sampled_from(["", "(yè)", "(fā)", "(zhuāng)", "(ér)", "(lǜ)"])
    annotated = "".join(character + data.draw(readings) for character in text)
    assert clean_line(annotated) == text


@given(
    st.text(alphabet=st.sampled_from("日惡溫重地報問熱擔記題血者液跳動請簡責負,、。堅決"), max_size=12),
    st.permutations(list(_READINGS)),
)
def test_what_the_annotator_did_is_undone_or_marked_but_never_misread(text: str, order: list[str]) -> None:
    cleaned = clean_line(_as_the_page_came_out(text, order))
    assert cleaned == text or LOST in cleaned


@given(st.text(alphabet=st.characters(exclude_characters="?")))
def test_text_without_a_cut_is_left_alone(text: str) -> None:
    assert realign(text) == text


@given(st.text())
def test_any_text_at_all_can_be_cleaned(text: str) -> None:
    assert not any(unicodedata.category(character) in ("Co", "Cf", "Cc") for character in clean_line(text))


def _as_the_page_came_out(text: str, order: list[str]) -> str:
    """Annotate GBK bytes one character after another, then decode as lenient readers do."""
    raw = text.encode("gb18030")
    for character in order:
        code = character.encode("gb18030")
        raw = raw.replace(code, code + f"({_READINGS[character]})".encode("gb18030"))
    out, at = "", 0
    while at < len(raw):
        size = 1 if raw[at] < 0x80 else 2
        out += raw[at : at + size].decode("gb18030", "replace")[:1].replace("\ufffd", "?")
        at += size
    return out

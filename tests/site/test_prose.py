"""Prose becomes a little HTML, and nothing that an editor writes becomes more than that."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.records.references import Key
from lunxun.site.prose import PageProse, ProseRenderer
from tests.contents import GOOD, edit
from tests.site.markup import Markup, is_relative

_HEXI = Key("case", "hexi-grid")
_RENDERER = ProseRenderer(load(GOOD).library)

_TAGS = {"p", "ul", "ol", "li", "strong", "em", "br", "a"}
_ATTRIBUTES = {"a": {"class", "href", "data-term"}, "ol": {"start"}}

# Parted by |; ␤ stands for a line end.
_FRAGMENTS = [
    line.replace("␤", "\n")
    for line in """\
<script>alert(1)</script>|<img src=x onerror=alert(1)>|</p>|<b>|<a href=javascript:x>|<!--|-->|<?|<![CDATA[
[a](javascript:alert(1))|![a](http://x/y.png)|<http://x>|<a@b.cn>|[r]: http://x 'y'|[r]|[r][r]|http://x
[[grid-yard]]|[[javascript:x]]|${grids}|${nowhere.x}|${<b>}|${
**|*|__|_|***|`|``|~~|\\|\\<|> |# |===|---|***␤|- |+ |* |1. |12. |␤|␤␤|  ␤|    |\t
&lt;b&gt;|&#60;b&#62;|&#x3c;|&|;|<|>|"|'| onmouseover=x |{: #id}|[TOC]|$
\ue000|0|\ue001|\x02|\x03|klzzwxh:0000|网格|治理网格|连心铃|一格一院""".replace("\n", "|").split("|")
] + ["|", "[[grid-yard|<b>x</b>]]", '[[nowhere|" onclick=x]]']
_prose = st.lists(st.sampled_from(_FRAGMENTS) | st.text("<>&\"'[](){}!*_`\\网 \n-1.", max_size=8), max_size=12).map(
    "".join
)


def _page(library: Library | None = None) -> PageProse:
    renderer = ProseRenderer(library) if library else _RENDERER
    return renderer.page("cases/hexi-grid.html", _HEXI)


def _assert_harmless(html: str) -> Markup:
    markup = Markup(html)
    assert markup.faults == []
    for element in markup.elements:
        assert element.tag in _TAGS
        assert set(element.attributes) <= _ATTRIBUTES.get(element.tag, set())
    assert all(is_relative(link) for link in markup.links)
    return markup


@given(_prose)
@example("- " * 9000)
@example("1. - " * 3000)
@example("[[" * 9000)
@example("*a **b " * 2500)
@example("&#60;script&#62;")
@example("\ue0000\ue001 ${grids} \ue0001\ue001")
def test_rendered_prose_holds_only_harmless_tags(text: str) -> None:
    page = _page()
    _assert_harmless(page.block(text))
    _assert_harmless(page.line(text))
    page.plain(text)


@given(st.text("<>&\"'网格;#a0 ", max_size=40))
def test_text_is_shown_as_it_is_written(text: str) -> None:
    # Entities are another way to write a character; the check of the content refuses them.
    shown = _assert_harmless(_page().block(text.replace("&", "&amp;"))).text
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一段。\n\n两段。", "<p>一段。</p>\n<p>两段。</p>"),
        ("**重**和*轻*", "<p><strong>重</strong>和<em>轻</em></p>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("1. 甲\n2. 乙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>"),
        ("- - 甲", "<ul>\n<li>- 甲</li>\n</ul>"),
        ("# 甲", "<p># 甲</p>"),
        ("> 甲", "<p>&gt; 甲</p>"),
        ("`甲`", "<p>`甲`</p>"),
        ("[甲](http://x)", "<p>[甲](http://x)</p>"),
        ("<b>甲</b>", "<p>&lt;b&gt;甲&lt;/b&gt;</p>"),
        ("${grids}", '<p><a class="lx-figure" href="#fact-grids">320个</a></p>'),
        ("${hedong-grid.cost}", '<p><a class="lx-figure" href="hedong-grid.html#fact-cost">1.2万元</a></p>'),
        ("[[grid-yard]]", '<p><a href="../practices/grid-yard.html">一格一院</a></p>'),
        ("[[grid-yard|小<院>]]", '<p><a href="../practices/grid-yard.html">小&lt;院&gt;</a></p>'),
        ("[[grid-rules@2023#14-2|款]]", '<p><a href="../policies/grid-rules.html#v-2023-14-2">款</a></p>'),
        ("**${grids}**", '<p><strong><a class="lx-figure" href="#fact-grids">320个</a></strong></p>'),
        ("[[nowhere]]${nothing}", "<p>nowherenothing</p>"),
    ],
)
def test_the_small_markdown(text: str, html: str) -> None:
    assert _page().block(text) == html


def test_a_single_paragraph_is_a_line_without_its_tags() -> None:
    assert _page().line("一句**话**") == "一句<strong>话</strong>"
    assert _page().line("甲\n\n- 乙") == "<p>甲</p>\n<ul>\n<li>乙</li>\n</ul>"
    assert _page().line("- 甲") == "<ul>\n<li>甲</li>\n</ul>"


def test_plain_text_has_figures_and_titles_written_out() -> None:
    assert _page().plain("- 共${grids}，**见**[[grid-yard]]\n- 和[[hexi-bell|铃]]") == "- 共320个，见一格一院 和铃"


def test_a_term_is_explained_where_it_first_stands(good_library: Library) -> None:
    page = _page(good_library)
    first = page.block("网格和网格，治理网格")
    assert first.count('<a class="lx-term" href="../terms/grid-term.html" data-term="grid-term">网格</a>') == 1
    assert "lx-term" not in page.block("网格")
    assert list(page.explained) == [Key("term", "grid-term")]


def test_a_term_is_not_explained_on_its_own_page_nor_inside_a_link(good_library: Library) -> None:
    own = ProseRenderer(good_library).page("terms/grid-term.html", Key("term", "grid-term"))
    assert "lx-term" not in own.block("网格")
    assert "lx-term" not in _page(good_library).block("[[grid-yard|网格小院]]")


def test_a_local_term_is_explained_only_where_its_source_speaks(good_library: Library) -> None:
    assert "hexi-bell" in _page(good_library).block("连心铃")
    elsewhere = ProseRenderer(good_library).page("index.html")
    assert "hexi-bell" not in elsewhere.block("连心铃")


@pytest.mark.parametrize(
    ("alias", "text", "explained"),
    [
        ("A&B岗", "实行A&B岗", True),
        ("A<岗>", "设A<岗>", True),
        ("amp", "A&B", False),
        ("0", "${grids}", False),
        ("lt", "1<2", False),
    ],
)
def test_names_with_odd_characters_do_not_break_the_text(
    good_content: Path, alias: str, text: str, explained: bool
) -> None:
    edit(good_content, "terms/grid-term", "[治理网格]", f'["{alias}"]')
    markup = _assert_harmless(_page(load(good_content).library).block(text))
    assert markup.text == text.replace("${grids}", "320个")
    assert any(element.attributes.get("class") == "lx-term" for element in markup.elements) is explained


def test_a_unit_cannot_bring_markup(good_content: Path) -> None:
    edit(good_content, "cases/hexi-grid", "unit: 个", "unit: 个<b onclick=x>")
    markup = _assert_harmless(_page(load(good_content).library).block("${grids}"))
    assert markup.text == "320个<b onclick=x>"


def test_what_is_hidden_is_named_but_not_linked(good_content: Path) -> None:
    edit(good_content, "practices/grid-yard", "topics: [grid]", "topics: [grid]\nstate: 待核")
    assert _page(load(good_content).library).block("[[grid-yard]]") == "<p>一格一院</p>"

"""Text escaped as markupsafe escapes it, and HTML that is not escaped again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from lunxun.site.safe_html import escaped, safe


@given(st.text(alphabet="a字&<>\"'\n;#"))
def test_texts_are_escaped_as_markupsafe_does(text: str) -> None:
    assert escaped(text) == str(escape(text))


def test_html_is_left_as_it_is() -> None:
    made = safe("<b>字</b>")
    assert type(made) is Markup
    assert escape(made) == "<b>字</b>"

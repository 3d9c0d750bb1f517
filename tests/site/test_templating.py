"""Templates become Python that says the same as Jinja's own would, and a misspelt name is still an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, UndefinedError
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from lunxun.library.load import load
from lunxun.site import templating
from lunxun.site.whole import make_site
from tests.contents import add_banks


@pytest.fixture
def fresh_templates() -> Iterator[None]:
    """Compile the templates anew, before the test and after it."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    templating.template.cache_clear()
    templating.environment.cache_clear()
    templating._codes.cache_clear()


@pytest.mark.usefixtures("fresh_templates")
def test_pages_are_as_jinja_itself_makes_them(good_content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_banks(good_content)
    library = load(good_content).library
    pages = make_site(library).pages
    _forget()
    monkeypatch.setattr(templating.SiteEnvironment, "code_generator_class", CodeGenerator)
    assert make_site(library).pages == pages


@pytest.mark.usefixtures("fresh_templates")
def test_code_of_another_process_is_taken_and_gives_the_same_pages(
    good_content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load(good_content).library
    pages, codes = make_site(library).pages, dict(templating.compiled_templates())
    _forget()
    templating.take_compiled(codes)
    monkeypatch.setattr(templating.SiteEnvironment, "compile", None)  # nothing is left to be compiled
    assert make_site(library).pages == pages


def test_code_of_another_text_is_not_taken() -> None:
    codes = templating._Codes()
    for text in ("甲", "乙"):
        env = templating.SiteEnvironment(loader=DictLoader({"page": text}), bytecode_cache=codes)
        assert env.get_template("page").render() == text


class _Thing:
    """Something that a template is given."""

    name = "<甲>"
    html = Markup("<b>乙</b>")

    def say(self, *words: str, end: str = "") -> str:
        return "&".join(words) + end


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ thing.name }}", "&lt;甲&gt;"),
        ("{{ thing.html }}", "<b>乙</b>"),
        ("{{ thing.say('a', '<', end=thing.name) }}", "a&amp;&lt;&lt;甲&gt;"),
        ("{{ 7 }}{{ none }}{{ 1.5 }}", "7None1.5"),
        ("{% macro m(x, y='>') %}{{ x }}{{ y }}{% endmacro %}{{ m('<') }}{{ m('&', '') }}", "&lt;&gt;&amp;"),
        ("{% macro m() %}<i>{% endmacro %}{{ m() }}{% for x in 'ab' %}{{ m() }}{{ x }}{% endfor %}", "<i><i>a<i>b"),
        ("{% macro m(x) %}{{ x }}{% if x %}{{ m(x[1:]) }}{% endif %}{% endmacro %}{{ m('<>') }}", "&lt;&gt;&gt;"),
        ("{% for x in 'ab' %}{{ loop.index }}{{ x }}{{ '，' if not loop.last }}{% endfor %}", "1a，2b"),
        ("{{ 'abc'[1] }}{{ 'a<c'[1:] }}{{ {'a': thing.html}['a'] }}", "b&lt;c<b>乙</b>"),
        ("{{ [thing.name, thing.html, 7] | join('<') }}", "&lt;甲&gt;&lt;<b>乙</b>&lt;7"),
        ("{% set x %}<i>{{ thing.name }}</i>{% endset %}{{ x }}", "<i>&lt;甲&gt;</i>"),
        ("{{ thing.name | replace('甲', '乙') }}{{ ['<', '>'] | join('、') }}", "&lt;乙&gt;&lt;、&gt;"),
    ],
)
def test_everything_is_escaped_once(source: str, text: str) -> None:
    assert _rendered(source) == text


def test_blocks_stand_where_the_extended_template_has_them() -> None:
    sources = {
        "base": "{% set a = '<' %}1{% block one %}2{% endblock %}{% if a %}{% block two %}{% endblock %}{% endif %}",
        "x": "{% extends 'base' %}{% block two %}{{ a }}{{ thing.html }}{% endblock %}",
    }
    assert _rendered(**sources) == "12&lt;<b>乙</b>"


@pytest.mark.parametrize("said", ["nothing", "thing.nothing", "nothing.name", "nothing()", "thing.name[9]"])
def test_a_misspelt_name_is_an_error(said: str) -> None:
    with pytest.raises((UndefinedError, AttributeError, LookupError)):
        _rendered("{{ " + said + " }}")


@pytest.mark.parametrize(
    ("call", "error"), [("m()", UndefinedError), ("m(1, 2)", TypeError), ("m(y=1)", TypeError), ("m(x=1)", TypeError)]
)
def test_a_macro_is_given_what_it_takes(call: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        _rendered("{% macro m(x) %}{{ x }}{% endmacro %}{{ " + call + " }}")


def _rendered(x: str, **others: str) -> str:
    environment = templating.environment().overlay(loader=DictLoader({"x": x, **others}))
    return environment.get_template("x").render(thing=_Thing())

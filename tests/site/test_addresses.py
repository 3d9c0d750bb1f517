"""Links between pages are relative and arrive, wherever the site lies."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lunxun.records.base import Slug
from lunxun.records.kinds import SHOWN
from lunxun.records.references import Key
from lunxun.site import addresses

_names = st.text("abc019-", min_size=1, max_size=6)
_pages = st.lists(_names, max_size=3).flatmap(lambda parts: _names.map(lambda name: "/".join([*parts, f"{name}.html"])))
_targets = st.tuples(_pages, st.just("") | _names.map("#{}".format)).map("".join)


@given(_pages, _targets, st.sampled_from(["http://host/", "http://host/a/b/", "file:///D:/usb/site/"]))
def test_a_relative_address_arrives(start: str, target: str, root: str) -> None:
    link = addresses.relative(start, target)
    assert urljoin(root + start, link) == root + target
    parts = urlsplit(link)
    assert not parts.scheme
    assert not parts.netloc
    assert not link.startswith("/")


@pytest.mark.parametrize(
    ("start", "target", "link"),
    [
        ("index.html", "cases/x.html", "cases/x.html"),
        ("cases/x.html", "index.html", "../index.html"),
        ("cases/x.html", "cases/y.html", "y.html"),
        ("cases/x.html", "terms/y.html#fact-a", "../terms/y.html#fact-a"),
        ("cases/x.html", "cases/x.html#fact-a", "#fact-a"),
        ("cases/x.html", "cases/x.html", "x.html"),
    ],
)
def test_links_look_as_a_person_would_write_them(start: str, target: str, link: str) -> None:
    assert addresses.relative(start, target) == link


def test_no_record_takes_the_address_of_an_index() -> None:
    taken = {addresses.HOME, addresses.SEARCH, addresses.HOURS, *map(addresses.of_kind, SHOWN)}
    assert len({addresses.of_record(Key(kind, "x")) for kind in SHOWN}) == len(SHOWN)
    assert not taken & {addresses.of_record(Key(kind, "x")) for kind in SHOWN}


def test_ids_that_would_take_the_address_of_a_page_of_the_sites_own_are_reserved() -> None:
    """Every constant of the module counts, so that a new page cannot be forgotten."""
    own = {value for value in vars(addresses).values() if isinstance(value, str) and value.endswith(".html")}
    own |= set(map(addresses.of_kind, SHOWN))
    assert addresses.NOTEBOOK in own
    stems = {one.rpartition("/")[2].removesuffix(".html") for one in own}
    for kind, model in SHOWN.items():
        taken = {stem for stem in stems if addresses.of_record(Key(kind, stem)) in own}
        assert "index" in taken
        assert taken <= model.reserved, kind


def test_anchors_of_articles_are_legal_ids() -> None:
    assert addresses.article_anchor("2023") == "v-2023"
    assert addresses.article_anchor("2023", "14.2-1") == "v-2023-14-2-1"


@given(_pages, _pages)
def test_relative_addresses_are_the_shortest(start: str, target: str) -> None:
    assert addresses.relative(start, target) == posixpath.relpath(target, posixpath.dirname(start) or ".")


@pytest.mark.parametrize("number", [2, 10, 400])
def test_no_record_takes_the_address_of_a_further_page_of_a_list(number: int) -> None:
    for kind in SHOWN:
        stem = addresses.of_kind(kind, number).rpartition("/")[2].removesuffix(".html")
        with pytest.raises(ValidationError):
            TypeAdapter(Slug).validate_python(stem)


def test_a_class_leads_to_the_filtered_list_or_where_that_is_cut_to_a_search() -> None:
    assert addresses.of_class("case", "topics", "grid", is_cut=False) == "cases/index.html?topics=grid"
    assert addresses.of_class("case", "topics", "grid", is_cut=True) == "search.html?kind=case&topics=grid"
    assert addresses.of_class("policy", "marks", "hours", is_cut=True) == "policies/index.html?marks=hours"

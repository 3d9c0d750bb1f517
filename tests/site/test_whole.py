"""The whole site: every link arrives, every id is there, and what is hidden is nowhere."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest

from environment import ROOT
from lunxun.library.load import load
from lunxun.site.page import SitePage
from lunxun.site.whole import Site, make_site
from tests.contents import GOOD, edit
from tests.site.markup import Markup, is_relative

_ASSETS = ROOT / "plugins/lunxun/site/theme"


@pytest.fixture(scope="module", params=[GOOD, ROOT / "content"], ids=["good", "content"])
def site(request: pytest.FixtureRequest) -> Site:
    """Render the pages of a content folder without MkDocs."""
    return make_site(load(request.param).library)


def test_addresses_are_unique_also_where_case_does_not_count(site: Site) -> None:
    addresses = [page.address.lower() for page in site.pages] + [address.lower() for address in site.assets]
    assert len(set(addresses)) == len(addresses)


def test_every_page_is_well_nested_with_unique_ids_and_one_first_heading(site: Site) -> None:
    faults = []
    for page in site.pages:
        markup = Markup(page.body)
        ids = _ids(markup)
        faults += [f"{page.address}: {fault}" for fault in markup.faults]
        faults += [f"{page.address}: two elements {one}" for one in {one for one in ids if ids.count(one) > 1}]
        if [element.tag for element in markup.elements].count("h1") != 1:
            faults.append(f"{page.address}: not one h1")
    assert faults == []


def test_every_link_arrives(site: Site) -> None:
    assert _broken_links(site) == []


def test_headings_of_a_page_are_in_its_body(site: Site) -> None:
    for page in site.pages:
        assert {heading.id for heading in page.headings} <= set(_ids(Markup(page.body))), page.address


def test_what_waits_to_be_confirmed_is_nowhere(good_content: Path) -> None:
    edit(good_content, "practices/grid-yard", "topics: [grid]", "topics: [grid]\nstate: 待核")
    made = make_site(load(good_content).library)
    assert "practices/grid-yard.html" not in {page.address for page in made.pages}
    everything = "\n".join(
        [*(page.body + page.description for page in made.pages), *(data.decode() for data in made.assets.values())]
    )
    assert "practices/grid-yard" not in everything
    for words in ("每个网格设一处小院", "边界不跨村民小组", "只挂牌、不开门", "每个网格有一处可用的房屋"):
        assert words not in everything


def test_what_is_not_proven_is_not_shown(good_content: Path) -> None:
    edit(
        good_content,
        "policies/grid-rules",
        "        certainty: 多方印证\n      - no: 14-2",
        "        certainty: 未证实\n      - no: 14-2",
    )
    edit(good_content, "policies/grid-rules", "article: 14-2\n        certainty: 多方印证", "certainty: 未证实")
    made = make_site(load(good_content).library)
    everything = "\n".join(page.body for page in made.pages)
    assert "每个网格至少有一名专职网格员" not in everything
    assert "32学时" not in everything
    assert _broken_links(made) == []


def test_the_same_library_makes_the_same_site() -> None:
    assert make_site(load(GOOD).library) == make_site(load(GOOD).library)


def _broken_links(site: Site) -> list[str]:
    ids = {page.address: set(_ids(Markup(page.body))) for page in site.pages}
    files = {*site.assets, *(path.relative_to(_ASSETS).as_posix() for path in _ASSETS.rglob("assets/**/*"))}
    files |= {"about/index.html", "about/guide.html"}
    return [
        f"{page.address}: {link}"
        for page in site.pages
        for link in Markup(page.body).links
        if not is_relative(link) or not _arrives(page, link, ids, files)
    ]


def _ids(markup: Markup) -> list[str]:
    return [element.attributes["id"] or "" for element in markup.elements if "id" in element.attributes]


def _arrives(page: SitePage, link: str, ids: dict[str, set[str]], files: set[str]) -> bool:
    path, _, fragment = link.partition("#")
    path = path.partition("?")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.address), path)) if path else page.address
    return target in files or (target in ids and (not fragment or fragment in ids[target]))

"""Pages made from the whole library: home, indexes, training hours, search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.kinds import SHOWN
from lunxun.records.policy import Policy, Requirement, Version
from lunxun.records.references import Key
from lunxun.site import addresses
from lunxun.site.addresses import SEARCHED
from lunxun.site.context import PageContext
from lunxun.site.listing import list_pages, listing
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.quiz_pages import quiz_pages
from lunxun.site.tables import Tables
from lunxun.site.templating import template

SITE_NAME = "轮训"
TAGLINE = "基层治理知识库：政策条款、典型案例、可以照着做的做法，都注明出处。"
EXAMPLES = ("一肩挑", "网格员", "后进整顿", "学时", "红色物业")

_AT_HOME = 48

INTRODUCTIONS = {
    "policy": "按版本登记的政策法规。引用条款之前，先看是不是现行版本。",
    "case": "各地怎么做、自己说取得了什么成效、还有什么没有说清。可按主题、层级、领域和地区筛选。",
    "practice": "从案例里提炼出来、别处可以照着做的做法，写明步骤、前提和风险。",
    "problem": "基层自己提出的难题、原因和对策，每条对策都连到可以参照的做法。",
    "indicator": "同一类数字放在一起看，并说明口径差在哪里。各地自报，不作排名。",
    "collection": "编者把案例和做法放在一起比较，供轮训和研讨使用。",
    "term": "文件和案例里的提法：是什么意思，出自哪里，是全国通用还是一地的叫法。",
    "source": "本库内容所依据的文章，附文本质量说明和逐行的数据清单。",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way in from the home page: a list of classes with counts."""

    id: str
    title: str
    choices: tuple[WayChoice, ...]


@dataclass(frozen=True, slots=True)
class WayChoice:
    """One class of a way in, and the kind whose index it leads to."""

    id: str
    name: str
    count: int
    kind: str = "case"


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that a change of records may concern: of which kinds, which cards in them, and where cards move."""

    kinds: frozenset[str]
    cards: frozenset[Key]
    moved: frozenset[str]


@dataclass(frozen=True, slots=True)
class Few:
    """As many records as the home page has room for, and how many there are."""

    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One requirement with the policy version that makes it."""

    entry: Entry
    version: Version
    requirement: Requirement

    @property
    def is_past(self) -> bool:
        """Tell whether the version was replaced, or was a plan that has a successor."""
        return self.version.replaced_by is not None


@dataclass(frozen=True, slots=True)
class HoursGroup:
    """The requirements for one audience."""

    id: str
    name: str
    rows: tuple[HoursRow, ...]


def guide_pages(renderer: ProseRenderer) -> Iterator[SitePage]:
    """Render home, the index of every kind, the training hours and the search page."""
    yield home_page(renderer)
    for kind in SHOWN:
        if kind != Bank.kind:
            yield from index_pages(renderer, kind)
    yield from quiz_pages(renderer)
    yield hours_page(renderer)
    yield search_page(renderer)


def some_guide_pages(renderer: ProseRenderer, lists: Lists) -> Iterator[SitePage]:
    """Render those of the guide pages that a change of records may concern."""
    kinds = lists.kinds
    yield home_page(renderer)
    for kind in SHOWN:
        if kind in kinds and kind != Bank.kind:
            yield from index_pages(renderer, kind, None if kind in lists.moved else lists.cards)
    if Bank.kind in kinds:
        yield from quiz_pages(renderer)
    if Policy.kind in kinds:
        yield hours_page(renderer)
    yield search_page(renderer)


def home_page(renderer: ProseRenderer) -> SitePage:
    """Render the home page: what there is of each kind and class, and some of the problems, collections, indicators."""
    tables = renderer.tables
    page = PageContext(renderer, addresses.HOME)
    return _page(
        page,
        "home",
        SITE_NAME,
        TAGLINE,
        site_name=SITE_NAME,
        tagline=TAGLINE,
        examples=EXAMPLES,
        problems=_few(tables.visible["problem"]),
        topics=_topics(tables),
        ways=tuple(_ways(tables)),
        collections=_few(tables.visible["collection"]),
        indicators=_few(tables.visible["indicator"]),
        totals=_totals(tables),
    )


def index_pages(renderer: ProseRenderer, kind: str, cards: Collection[Key] | None = None) -> Iterator[SitePage]:
    """Render the index of a kind; a long one is cut into pages, and its filter is a search.

    Where cards are named, these alone differ: the first page tells of all records, a further one of its own alone.
    """
    title, introduction = SHOWN[kind].kind_name, INTRODUCTIONS[kind]
    listed = listing(renderer.tables, kind)
    for part in list_pages(listed, renderer.tables.is_cut(kind)):
        if cards is not None and part.number > 1 and all(item.entry.key not in cards for item in part.items):
            continue
        page = PageContext(renderer, addresses.of_kind(kind, part.number))
        name = title if part.number == 1 else f"{title}（第{part.number}页）"
        facets = listed.facets if part.count == 1 else tuple(facet for facet in listed.facets if facet.id in SEARCHED)
        values = {"title": title, "introduction": introduction, "kind": kind, "facets": facets, "part": part}
        yield _page(page, "list" if part.count == 1 else "long_list", name, introduction, **values)


def hours_page(renderer: ProseRenderer) -> SitePage:
    """Render what training the policies demand."""
    page = PageContext(renderer, addresses.HOURS)
    return _page(page, "hours", "学时要求", "各类对象的学时要求及依据", groups=_hours_groups(renderer.library))


def search_page(renderer: ProseRenderer) -> SitePage:
    """Render the search page, which shows how much there is of each kind."""
    page = PageContext(renderer, addresses.SEARCH)
    return _page(page, "search", "搜索", examples=EXAMPLES, totals=_totals(renderer.tables))


def _page(page: PageContext, name: str, page_title: str, description: str = "", **values: object) -> SitePage:
    body = template(name).render(page=page, **values)
    return SitePage(page.address, page_title, body, page.headings, description)


def _few(entries: tuple[Entry, ...]) -> Few:
    return Few(entries[:_AT_HOME], len(entries))


def _totals(tables: Tables) -> tuple[WayChoice, ...]:
    return tuple(WayChoice("", model.kind_name, len(tables.visible[kind]), kind) for kind, model in SHOWN.items())


def _topics(tables: Tables) -> tuple[WayChoice, ...]:
    counts = {
        kind: Counter(topic for entry in tables.visible[kind] for topic in entry.listed_by["topics"])
        for kind in ("case", "practice", "problem", "term", "policy")
    }
    found = []
    for topic, name in tables.taxa["topics"].items():
        kind = next((kind for kind, counter in counts.items() if counter[topic]), None)
        if kind is not None:
            found.append(WayChoice(topic, name, counts[kind][topic], kind))
    return tuple(found)


def _ways(tables: Tables) -> Iterator[Way]:
    titles = {"levels": "按层级找案例", "fields": "按领域找案例"}
    for facet in listing(tables, "case").facets:
        if facet.id in titles:
            choices = tuple(WayChoice(choice.id, choice.name, choice.count) for choice in facet.choices)
            yield Way(facet.id, titles[facet.id], choices)
    yield Way("regions", "按地区找案例", _regions(tables))


def _regions(tables: Tables) -> tuple[WayChoice, ...]:
    """Count the cases of each region that has cases of its own, under its full name."""
    counts = Counter(entry.listed_by.get("region") for entry in tables.visible["case"])
    return tuple(
        WayChoice(region, tables.region(region), counts[region]) for region in tables.taxa["regions"] if counts[region]
    )


def _hours_groups(library: Library) -> tuple[HoursGroup, ...]:
    rows = [
        HoursRow(entry, version, requirement)
        for entry, policy in library.of(Policy)
        if not entry.is_hidden
        for version in policy.versions
        for requirement in version.requirements
        if requirement.certainty != "未证实"
    ]
    groups = (
        HoursGroup(audience, name, tuple(row for row in rows if row.requirement.audience == audience))
        for audience, name in library.taxonomy.names("audiences").items()
    )
    return tuple(group for group in groups if group.rows)

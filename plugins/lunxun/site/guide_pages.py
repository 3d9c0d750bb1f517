"""Pages made from the whole library: home, indexes, training hours, search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.library.library import Entry, Library
from lunxun.records.bank import Bank
from lunxun.records.case import Case
from lunxun.records.kinds import KINDS
from lunxun.records.policy import Policy, Requirement, Version
from lunxun.site import addresses
from lunxun.site.context import PageContext
from lunxun.site.listing import listing
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.quiz_pages import quiz_pages
from lunxun.site.templating import environment

SITE_NAME = "轮训"
TAGLINE = "基层治理知识库：政策条款、典型案例、可以照着做的做法，都注明出处。"
EXAMPLES = ("一肩挑", "网格员", "后进整顿", "学时", "红色物业")

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
    yield _home(renderer)
    for kind in KINDS:
        if kind != Bank.kind:
            yield _index(renderer, kind)
    yield from quiz_pages(renderer)
    yield _hours(renderer)
    yield _search(renderer)


def _home(renderer: ProseRenderer) -> SitePage:
    library = renderer.library
    page = PageContext(renderer, addresses.HOME)
    return _page(
        page,
        "home",
        SITE_NAME,
        TAGLINE,
        site_name=SITE_NAME,
        tagline=TAGLINE,
        examples=EXAMPLES,
        problems=_visible(library, "problem"),
        topics=_topics(library),
        ways=tuple(_ways(library)),
        collections=_visible(library, "collection"),
        indicators=_visible(library, "indicator"),
        totals=_totals(library),
    )


def _index(renderer: ProseRenderer, kind: str) -> SitePage:
    page = PageContext(renderer, addresses.of_kind(kind))
    title = KINDS[kind].kind_name
    introduction = INTRODUCTIONS[kind]
    found = listing(renderer.library, kind)
    return _page(page, "list", title, introduction, title=title, introduction=introduction, listing=found)


def _hours(renderer: ProseRenderer) -> SitePage:
    page = PageContext(renderer, addresses.HOURS)
    return _page(page, "hours", "学时要求", "各类对象的学时要求及依据", groups=_hours_groups(renderer.library))


def _search(renderer: ProseRenderer) -> SitePage:
    page = PageContext(renderer, addresses.SEARCH)
    return _page(page, "search", "搜索", examples=EXAMPLES, totals=_totals(renderer.library))


def _page(page: PageContext, template: str, page_title: str, description: str = "", **values: object) -> SitePage:
    body = environment().get_template(f"{template}.html.j2").render(page=page, **values)
    return SitePage(page.address, page_title, body, page.headings, description)


def _visible(library: Library, kind: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in library.entries.values() if entry.key.kind == kind and not entry.is_hidden)


def _totals(library: Library) -> tuple[WayChoice, ...]:
    return tuple(WayChoice("", model.kind_name, len(_visible(library, kind)), kind) for kind, model in KINDS.items())


def _topics(library: Library) -> tuple[WayChoice, ...]:
    counts = {
        kind: Counter(topic for entry in _visible(library, kind) for topic in entry.record.topics)
        for kind in ("case", "practice", "problem", "term", "policy")
    }
    found = []
    for topic, name in library.taxonomy.names("topics").items():
        kind = next((kind for kind, counter in counts.items() if counter[topic]), None)
        if kind is not None:
            found.append(WayChoice(topic, name, counts[kind][topic], kind))
    return tuple(found)


def _ways(library: Library) -> Iterator[Way]:
    titles = {"levels": "按层级找案例", "fields": "按领域找案例"}
    for facet in listing(library, "case").facets:
        if facet.id in titles:
            choices = tuple(WayChoice(choice.id, choice.name, choice.count) for choice in facet.choices)
            yield Way(facet.id, titles[facet.id], choices)
    yield Way("regions", "按地区找案例", _regions(library))


def _regions(library: Library) -> tuple[WayChoice, ...]:
    """Count the cases of each region that has cases of its own, under its full name."""
    counts = Counter(case.region for entry, case in library.of(Case) if not entry.is_hidden)
    return tuple(
        WayChoice(region, "".join(taxon.name for taxon in library.taxonomy.lineage("regions", region)), counts[region])
        for region in library.taxonomy.names("regions")
        if counts[region]
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

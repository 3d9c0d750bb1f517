"""The stretches of each kind of page, with the ids that its template gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lunxun.records.bank import Bank
from lunxun.records.base import Evidence
from lunxun.records.case import Case
from lunxun.records.collection import Collection
from lunxun.records.fact import Fact
from lunxun.records.indicator import Indicator
from lunxun.records.policy import Policy, Requirement, Version
from lunxun.records.practice import Practice
from lunxun.records.problem import Problem
from lunxun.records.record import Record
from lunxun.records.source import LeftOut, Source
from lunxun.records.term import Term
from lunxun.search.document import Part
from lunxun.site import addresses
from lunxun.site.context import PageContext


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part, and whether its heading is the record's own or a fixed label."""

    part: Part
    is_own: bool = False

    @property
    def heading(self) -> str:
        """Give the heading that the part stands under."""
        return self.part.heading


def body_parts(page: PageContext, record: Record) -> Iterator[Stretch]:
    """Give the summary, the body of the record's kind, its facts and what is noted on its sources."""
    yield _fixed("", "", _plain(page, record.summary))
    yield from _BODIES[type(record)](page, record)
    for fact in record.facts:
        yield _fixed(addresses.fact_anchor(fact.id), "数据", _fact(page, fact))
    notes = (citation.note for citation in record.sources)
    yield _fixed("sources", "来源", _sentences(notes))


def _case(page: PageContext, record: Case) -> Iterator[Stretch]:
    yield _brief(page, record.region, record.unit, record.period)
    yield _fixed("background", "背景", _plain(page, record.background))
    yield from _titled(page, "actions", record.actions)
    yield _fixed("results", "成效", _plain(page, record.results))
    yield _fixed("lessons", "启示", _plain(page, record.lessons))
    yield _fixed("limits", "局限", _plain(page, record.limits))
    yield _fixed("questions", "讨论题", " ".join(record.questions))


def _practice(page: PageContext, record: Practice) -> Iterator[Stretch]:
    yield from _titled(page, "steps", record.steps)
    yield _fixed("preconditions", "前提条件", " ".join(_plain(page, text) for text in record.preconditions))
    yield _fixed("risks", "风险与走样", " ".join(_plain(page, text) for text in record.risks))
    yield _fixed("not-shown", "来源没有说明的", _plain(page, record.not_shown))


def _problem(page: PageContext, record: Problem) -> Iterator[Stretch]:
    yield _brief(page, record.region)
    yield _fixed("statement", "问题表现", _plain(page, record.statement))
    yield from _titled(page, "causes", record.causes)
    yield from _titled(page, "remedies", record.remedies)
    yield _fixed("check", "自查", _plain(page, record.check))


def _policy(page: PageContext, record: Policy) -> Iterator[Stretch]:
    yield _brief(page, record.region, *record.issuers, record.number, record.genre)
    yield _fixed("use", "什么时候用", _plain(page, record.use))
    for version in reversed(record.versions):
        yield from _version(page, version)
    yield _fixed("unknown", "尚不清楚", _sentences(record.unknown))


def _version(page: PageContext, version: Version) -> Iterator[Stretch]:
    anchor, heading = addresses.article_anchor(version.id), f"{version.id}版"
    dates = (
        ("通过", version.adopted),
        ("印发", version.issued),
        ("公开", version.published),
        ("施行", version.in_force),
        ("到期", version.expires),
    )
    said = [f"{page.date(date)}{name}" for name, date in dates if date]
    demands = [_requirement(page, version, demand) for demand in version.requirements if demand.certainty != "未证实"]
    note = _plain(page, version.note)
    yield _fixed(anchor, heading, _sentences([heading, version.title, *said, version.size, note, *demands]))
    for article in version.articles:
        if article.certainty != "未证实":
            text = f"{article.label}：{_plain(page, article.gist)}"
            yield _fixed(addresses.article_anchor(version.id, article.no), f"{heading}{article.label}", text)
    yield _fixed(anchor, f"{heading}依据的网页", _evidence(version.evidence))


def _requirement(page: PageContext, version: Version, demand: Requirement) -> str:
    article = version.article_label(demand.article)
    parts = (demand.who, page.period(demand), page.demand(demand), demand.form, demand.note, article)
    return "，".join(part for part in parts if part)


def _term(page: PageContext, record: Term) -> Iterator[Stretch]:
    yield _brief(page, record.region, "全国通用" if record.scope == "national" else "地方提法")
    yield _fixed("definition", "释义", _plain(page, record.definition))
    if record.expansion:
        yield _fixed("expansion", "展开", _plain(page, record.expansion.text))
    yield _fixed("origin", "出处", _plain(page, record.origin))
    yield _fixed("definition", "不规范写法", "、".join(record.variants))
    yield _fixed("outdated", "已改的提法", _sentences(f"“{old.text}”现为“{old.now}”" for old in record.outdated))
    yield _fixed("", "依据的网页", _evidence(record.evidence))


def _indicator(page: PageContext, record: Indicator) -> Iterator[Stretch]:
    yield _fixed("definition", "指标含义", _plain(page, record.definition))
    yield _fixed("table", "各地数据", f"单位：{record.unit}")
    yield _fixed("comparability", "能比什么，不能比什么", _plain(page, record.comparability))


def _collection(page: PageContext, record: Collection) -> Iterator[Stretch]:
    yield _fixed("introduction", "导言", _plain(page, record.introduction))
    for index, section in enumerate(record.sections, 1):
        yield Stretch(Part(f"part-{index}", section.title, _plain(page, section.text)), True)
    yield _fixed("questions", "讨论题", " ".join(record.questions))


def _source(page: PageContext, record: Source) -> Iterator[Stretch]:
    date = page.date(record.published) if record.published else None
    about = (record.author, record.post, record.publisher, date, record.published_note, record.rights, record.raw.file)
    yield _brief(page, record.region, record.short, record.genre, *about)
    yield _fixed("quality", "文本质量", _sentences(record.quality))
    for items in (record.figures_left_out, record.titles_left_out, record.phrases_left_out):
        yield _fixed("left-out", "没有收录的", _sentences(map(_left_out, items)))


def _bank(page: PageContext, record: Bank) -> Iterator[Stretch]:
    # The stems only: what is searched must not give keys away.
    for question in record.questions:
        if question.is_open:
            yield _fixed(addresses.question_anchor(question.id), "题目", _plain(page, question.stem))


def _left_out(item: LeftOut) -> str:
    return f"第{item.line}行“{item.text}”：{item.reason}"


def _fact(page: PageContext, fact: Fact) -> str:
    about = page.circumstances(fact)
    return f"{fact.label}：{fact.text}" + (f"（{about}）" if about else "")


def _titled(page: PageContext, anchor: str, items: Iterable[Any]) -> Iterator[Stretch]:
    for item in items:
        yield Stretch(Part(anchor, item.title, _plain(page, item.text)), True)


def _plain(page: PageContext, text: str | None) -> str:
    # A text that is a list from its first line keeps the mark of its first point.
    return page.plain(text).removeprefix("- ") if text else ""


def _brief(page: PageContext, region: str | None, *texts: str | None) -> Stretch:
    place = "".join(taxon.name for taxon in page.lineage("regions", region)) if region else None
    return _fixed("", "基本情况", _sentences((place, *texts)))


def _evidence(pages: Iterable[Evidence]) -> str:
    # The addresses of the pages stay out: nobody reads a result for them, and a snippet of them says nothing.
    return _sentences(dict.fromkeys(evidence.shows for evidence in pages))


def _sentences(texts: Iterable[str | None]) -> str:
    return "。".join(text.rstrip("。") for text in texts if text)


def _fixed(anchor: str, heading: str, text: str) -> Stretch:
    return Stretch(Part(anchor, heading, text))


_BODIES: dict[type[Record], Callable[[PageContext, Any], Iterator[Stretch]]] = {
    Case: _case,
    Practice: _practice,
    Problem: _problem,
    Policy: _policy,
    Term: _term,
    Indicator: _indicator,
    Collection: _collection,
    Source: _source,
    Bank: _bank,
}

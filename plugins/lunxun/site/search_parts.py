"""The stretches of each kind of page, with the ids that its template gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lunxun.library.library import Entry
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


def body_parts(page: PageContext, entry: Entry) -> Iterator[Part]:
    """Give the summary, the body of the record's kind, its facts and what is noted on its sources."""
    record = entry.record
    yield Part("", "", _without_first_mark(page.face(entry.key, "summary")))
    yield from _BODIES[type(record)](page, record)
    for fact in record.facts:
        yield Part(addresses.fact_anchor(fact.id), "数据", _fact(page, fact))
    notes = (citation.note for citation in record.sources)
    yield Part("sources", "来源", _sentences(notes))


def own_headings(record: Record) -> set[str]:
    """Give the headings that a record has for itself; all others are labels that every page of a kind has."""
    return {item.title for field in _TITLED.get(type(record), ()) for item in getattr(record, field)}


def _case(page: PageContext, record: Case) -> Iterator[Part]:
    yield _brief(page, record.region, record.unit, record.period)
    yield Part("background", "背景", _plain(page, record.background))
    yield from _titled(page, "actions", record.actions)
    yield Part("results", "成效", _plain(page, record.results))
    yield Part("lessons", "启示", _plain(page, record.lessons))
    yield Part("limits", "局限", _plain(page, record.limits))
    yield Part("questions", "讨论题", " ".join(record.questions))


def _practice(page: PageContext, record: Practice) -> Iterator[Part]:
    yield from _titled(page, "steps", record.steps)
    yield Part("preconditions", "前提条件", " ".join(_plain(page, text) for text in record.preconditions))
    yield Part("risks", "风险与走样", " ".join(_plain(page, text) for text in record.risks))
    yield Part("not-shown", "来源没有说明的", _plain(page, record.not_shown))


def _problem(page: PageContext, record: Problem) -> Iterator[Part]:
    yield _brief(page, record.region)
    yield Part("statement", "问题表现", _plain(page, record.statement))
    yield from _titled(page, "causes", record.causes)
    yield from _titled(page, "remedies", record.remedies)
    yield Part("check", "自查", _plain(page, record.check))


def _policy(page: PageContext, record: Policy) -> Iterator[Part]:
    yield _brief(page, record.region, *record.issuers, record.number, record.genre)
    yield Part("use", "什么时候用", _plain(page, record.use))
    for version in reversed(record.versions):
        yield from _version(page, version)
    yield Part("unknown", "尚不清楚", _sentences(record.unknown))


def _version(page: PageContext, version: Version) -> Iterator[Part]:
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
    yield Part(anchor, heading, _sentences([heading, version.title, *said, version.size, note, *demands]))
    for article in version.articles:
        if article.certainty != "未证实":
            text = f"{article.label}：{_plain(page, article.gist)}"
            yield Part(addresses.article_anchor(version.id, article.no), f"{heading}{article.label}", text)
    yield Part(anchor, f"{heading}依据的网页", _evidence(version.evidence))


def _requirement(page: PageContext, version: Version, demand: Requirement) -> str:
    article = version.article_label(demand.article)
    parts = (demand.who, page.period(demand), page.demand(demand), demand.form, demand.note, article)
    return "，".join(part for part in parts if part)


def _term(page: PageContext, record: Term) -> Iterator[Part]:
    yield _brief(page, record.region, "全国通用" if record.scope == "national" else "地方提法")
    yield Part("definition", "释义", _plain(page, record.definition))
    if record.expansion:
        yield Part("expansion", "展开", _plain(page, record.expansion.text))
    yield Part("origin", "出处", _plain(page, record.origin))
    yield Part("definition", "不规范写法", "、".join(record.variants))
    yield Part("outdated", "已改的提法", _sentences(f"“{old.text}”现为“{old.now}”" for old in record.outdated))
    yield Part("", "依据的网页", _evidence(record.evidence))


def _indicator(page: PageContext, record: Indicator) -> Iterator[Part]:
    yield Part("definition", "指标含义", _plain(page, record.definition))
    yield Part("table", "各地数据", f"单位：{record.unit}")
    yield Part("comparability", "能比什么，不能比什么", _plain(page, record.comparability))


def _collection(page: PageContext, record: Collection) -> Iterator[Part]:
    yield Part("introduction", "导言", _plain(page, record.introduction))
    for index, section in enumerate(record.sections, 1):
        yield Part(f"part-{index}", section.title, _plain(page, section.text))
    yield Part("questions", "讨论题", " ".join(record.questions))


def _source(page: PageContext, record: Source) -> Iterator[Part]:
    date = page.date(record.published) if record.published else None
    about = (record.author, record.post, record.publisher, date, record.published_note, record.rights, record.raw.file)
    yield _brief(page, record.region, record.short, record.genre, *about)
    yield Part("quality", "文本质量", _sentences(record.quality))
    for items in (record.figures_left_out, record.titles_left_out, record.phrases_left_out):
        yield Part("left-out", "没有收录的", _sentences(map(_left_out, items)))


def _bank(page: PageContext, record: Bank) -> Iterator[Part]:
    # The stems only: what is searched must not give keys away.
    for question in record.questions:
        if question.is_open:
            yield Part(addresses.question_anchor(question.id), "题目", _plain(page, question.stem))


def _left_out(item: LeftOut) -> str:
    return f"第{item.line}行“{item.text}”：{item.reason}"


def _fact(page: PageContext, fact: Fact) -> str:
    about = page.circumstances(fact)
    return f"{fact.label}：{fact.text}" + (f"（{about}）" if about else "")


def _titled(page: PageContext, anchor: str, items: Iterable[Any]) -> Iterator[Part]:
    for item in items:
        yield Part(anchor, item.title, _plain(page, item.text))


def _plain(page: PageContext, text: str | None) -> str:
    return _without_first_mark(page.plain(text)) if text else ""


def _without_first_mark(text: str) -> str:
    # A text that is a list from its first line keeps the mark of its first point.
    return text.removeprefix("- ")


def _brief(page: PageContext, region: str | None, *texts: str | None) -> Part:
    place = "".join(taxon.name for taxon in page.lineage("regions", region)) if region else None
    return Part("", "基本情况", _sentences((place, *texts)))


def _evidence(pages: Iterable[Evidence]) -> str:
    # The addresses of the pages stay out: nobody reads a result for them, and a snippet of them says nothing.
    return _sentences(dict.fromkeys(evidence.shows for evidence in pages))


def _sentences(texts: Iterable[str | None]) -> str:
    return "。".join(text.rstrip("。") for text in texts if text)


_BODIES: dict[type[Record], Callable[[PageContext, Any], Iterator[Part]]] = {
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
_TITLED: dict[type[Record], tuple[str, ...]] = {
    Case: ("actions",),
    Practice: ("steps",),
    Problem: ("causes", "remedies"),
    Collection: ("sections",),
}

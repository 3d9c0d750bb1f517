"""What a question rests on, as text: the wording of the clause, fact, term or record that proves its key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from lunxun.library.library import Library, Link
from lunxun.library.said import said
from lunxun.records.base import ClassedBy, RefersTo
from lunxun.records.fact import Fact
from lunxun.records.policy import Article, Policy, Version
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.walk import leaves
from lunxun.text.dates import chinese_date

_DIGEST = 16
# What a reader of the record does not take for its content, and what may change without changing it.
_BESIDE = frozenset({"review", "state", "sources", "topics", "evidence", "facts"})


def basis_text(library: Library, link: Link) -> str:
    """Give what the target of a link says, one statement a line, with figures and names put in."""
    record = library.entries[link.target].record
    if link.fact is not None:
        fact = library.fact(link.target, link.fact)
        return _fact(fact) if fact else ""
    if isinstance(record, Policy):
        return "\n".join(said(library, link.target, text) for text in _policy(record, link))
    return "\n".join(_whole(library, link.target, record))


def digest(library: Library, basis: Iterable[Link]) -> str:
    """Give a short hash of what links rest on: it changes when the wording or a figure of any of them does."""
    text = "\n\n".join(basis_text(library, link) for link in basis)
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:_DIGEST]


def is_confirmed(library: Library, link: Link) -> bool:
    """Tell whether a basis may be taught: its record is not hidden, its clause not unconfirmed."""
    entry = library.entries[link.target]
    if entry.is_hidden:
        return False
    version = entry.record.version(link.version or "") if isinstance(entry.record, Policy) else None
    articles = version.articles if version else ()
    return all(article.certainty != "未证实" for article in articles if article.no == link.article)


def _fact(fact: Fact) -> str:
    as_of = chinese_date(fact.as_of) if fact.as_of else None
    parts = (fact.label, fact.text, fact.scope, fact.period, as_of, fact.definition, fact.note)
    return "，".join(part for part in parts if part)


def _policy(policy: Policy, link: Link) -> Iterator[str]:
    yield from (policy.title, *policy.aliases, *policy.issuers, policy.genre)
    version = policy.version(link.version or "")
    if version is not None:
        yield from _version(version, link.article)
    elif policy.current is not None:
        yield from _version(policy.current, None)
    if link.article is None:
        yield policy.summary


def _version(version: Version, article_no: str | None) -> Iterator[str]:
    days = (version.adopted, version.issued, version.published, version.in_force, version.expires)
    about = (version.id, version.title, version.size, *(chinese_date(day) for day in days if day))
    yield "，".join(part for part in about if part)
    for article in version.articles:
        if article_no in (None, article.no) and article.certainty != "未证实":
            yield _article(article)
    for demand in version.requirements:
        if article_no in (None, demand.article) and demand.certainty != "未证实":
            amounts = ((demand.years, "年"), (demand.months, "个月"), (demand.days, "天"), (demand.hours, "学时"))
            said_amounts = "、".join(f"{amount}{unit}" for amount, unit in amounts if amount is not None)
            yield f"{demand.who}，{said_amounts}，{demand.form}"
    if article_no is None and version.note:
        yield version.note


def _article(article: Article) -> str:
    return f"{article.label}：{article.gist}"


def _whole(library: Library, key: Key, record: Record) -> Iterator[str]:
    for leaf in leaves(record):
        if leaf.path[0] not in _BESIDE and not isinstance(leaf.mark, RefersTo | ClassedBy):
            yield said(library, key, leaf.value)
    yield from map(_fact, record.facts)

"""The clauses in force that may be taught, cut into statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.library.library import Entry, Library, Link
from lunxun.library.said import said
from lunxun.quiz.draft import rests_on
from lunxun.records.policy import Article, Policy, Version
from lunxun.text.marks import blank_quoted
from lunxun.text.numerals import Figure, figures

_END = re.compile(r"[。；\n]")
_NOT_KNOWN = "待核"


@dataclass(frozen=True, slots=True)
class Clause:
    """An article of the text in force, with what it says as statements without their full stops."""

    entry: Entry
    policy: Policy
    version: Version
    article: Article
    statements: tuple[str, ...]

    @property
    def basis(self) -> Link:
        """Give the link that names the clause."""
        return rests_on(self.entry, self.version.id, self.article.no)

    @property
    def name(self) -> str:
        """Name it as a part of an id."""
        return f"{self.entry.key.id}-{self.version.id}-{self.article.no.replace('.', '-')}"

    @property
    def source(self) -> str:
        """Say where it stands: the document, and the article where its number is known."""
        label = "" if _NOT_KNOWN in self.article.label else self.article.label
        return f"《{self.policy.title}》{label}"


def clauses(library: Library) -> Iterator[Clause]:
    """Yield the clauses of the texts in force, except those that nobody confirmed."""
    for entry, policy in library.of(Policy):
        version = policy.current
        if version is None or entry.is_hidden:
            continue
        for article in version.articles:
            if article.certainty != "未证实":
                text = said(library, entry.key, article.gist)
                parts = tuple(part.strip() for part in _END.split(text) if part.strip())
                yield Clause(entry, policy, version, article, parts)


def open_figures(statement: str) -> tuple[Figure, ...]:
    """List the figures of a statement that may be asked for: no dates, and none inside a name."""
    plain = blank_quoted(statement)
    return tuple(figure for figure in figures(plain) if figure.value is not None)

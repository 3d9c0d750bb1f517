"""What every drafting rule makes: a question that waits for an editor, with its id, its basis and its origin."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lunxun.library.basis import digest
from lunxun.library.library import Entry, Library, Link
from lunxun.records.fact import Fact
from lunxun.records.question import Level, Origin
from lunxun.records.question_types import LETTERS
from lunxun.records.references import Key

MAX_ID = 64
_MAX_TOPICS = 2

DraftRule = Callable[[Library], Iterator["Draft"]]
_NOWHERE = Key("bank", "draft")


class Draft:
    """A drafted question as data, and the links of its basis. `own` is what belongs to its type."""

    def __init__(
        self,
        rule: str,
        name: str,
        basis: Sequence[Link],
        topics: Sequence[str],
        difficulty: int,
        level: Level,
        **own: Any,
    ) -> None:
        self.rule = rule
        self.id = question_id(rule, name)
        self.basis = tuple(basis)
        self.topics = tuple(topics[:_MAX_TOPICS])
        self.difficulty = difficulty
        self.level: Level = level
        self.own = own

    def data(self, library: Library, enemies: Sequence[str] = ()) -> dict[str, Any]:
        """Give the question as a bank holds it, in the order of its fields."""
        head: dict[str, Any] = {
            name: self.own[name] for name in ("type", "stem", "options", "key", "extra") if name in self.own
        }
        found: dict[str, Any] = {
            "id": self.id,
            **head,
            "rationale": self.own["rationale"],
            "basis": [_reference(library, link) for link in self.basis],
            "difficulty": self.difficulty,
            "level": self.level,
            "topics": list(self.topics),
            "state": "待核",
            "enemies": list(enemies),
            "origin": Origin(rule=self.rule, digest=digest(library, self.basis)).model_dump(),
        }
        return {name: value for name, value in found.items() if value or value == 0}


def question_id(rule: str, name: str) -> str:
    """Make the id of a draft from its rule and what it is about; one that would be too long ends with a hash."""
    whole = f"{rule}-{name}"
    if len(whole) <= MAX_ID:
        return whole
    tail = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: MAX_ID - len(tail) - 1].rstrip('-')}-{tail}"


def rests_on(entry: Entry, version: str | None = None, article: str | None = None, fact: str | None = None) -> Link:
    """Give the link by which a draft rests on a record, or on a part of it."""
    return Link(_NOWHERE, (), entry.key, version, article, fact)


def place_name(library: Library, entry: Entry) -> str:
    """Name the place a record speaks of, from the top down; empty where it speaks of none."""
    region = getattr(entry.record, "region", None)
    return "".join(taxon.name for taxon in library.taxonomy.lineage("regions", region)) if region else ""


def letter(index: int) -> str:
    """Give the letter of an option by its place."""
    return LETTERS[index]


def fact_mark(library: Library, entry: Entry, fact: Fact) -> str:
    """Write the mark that stands for a figure in prose."""
    return f"${{{_name(library, entry.key)}.{fact.id}}}"


def inner_quotes(text: str) -> str:
    """Make the quotation marks of a text single, so that it can stand between double ones."""
    return text.replace("“", "‘").replace("”", "’")


def _name(library: Library, key: Key) -> str:
    return key.id if len(library.find(key.id, None)) == 1 else str(key)


def _reference(library: Library, link: Link) -> str:
    name = _name(library, link.target)
    if link.fact is not None:
        return f"{name}.{link.fact}"
    version = f"@{link.version}" if link.version else ""
    return f"{name}{version}{f'#{link.article}' if link.article else ''}"

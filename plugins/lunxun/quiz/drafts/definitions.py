"""单选 from terms: which term is meant by a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunxun.library.library import Entry, Library
from lunxun.library.said import said
from lunxun.quiz.chance import number, shuffled
from lunxun.quiz.draft import Draft, inner_quotes, letter, place_name, rests_on
from lunxun.records.term import Term
from lunxun.text.folding import fold

RULE = "term"
_WRONG = 3
_QUOTED = re.compile(r"\A“([^“”]*)”\Z")


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one question for every visible term whose definition does not name it."""
    terms = [(entry, term) for entry, term in library.of(Term) if not entry.is_hidden]
    for entry, term in terms:
        definition = _first_sentence(said(library, entry.key, term.definition))
        others = [other for key, other in terms if key.key != entry.key and _may_stand_beside(term, other)]
        mixed = shuffled(entry.key.id, others, lambda other: other.title)
        # The terms of one place first: a stranger among them would be told by its place.
        mixed.sort(key=lambda other: other.region != term.region)
        wrong = [other.title for other in mixed[:_WRONG]]
        if len(wrong) == _WRONG and not _names(definition, term) and term.certainty != "未证实":
            yield _draft(library, entry, term, definition, wrong)


def _may_stand_beside(term: Term, other: Term) -> bool:
    """Tell whether another term is near enough to be mistaken for one, and surely not the same."""
    is_near = bool(set(term.topics) & set(other.topics)) and term.scope == other.scope
    names = {fold(name) for name in (term.title, *term.aliases)}
    return is_near and not any(one in name or name in one for one in names for name in map(fold, (other.title,)))


def _names(definition: str, term: Term) -> bool:
    return any(fold(name) in fold(definition) for name in (term.title, *term.aliases))


def _first_sentence(text: str) -> str:
    return text.split("\n", 1)[0].split("。", 1)[0].strip()


def _draft(library: Library, entry: Entry, term: Term, definition: str, wrong: list[str]) -> Draft:
    at = number(f"{entry.key.id} at", _WRONG + 1)
    options = [*wrong[:at], term.title, *wrong[at:]]
    place = place_name(library, entry)
    meant = inner_quotes(_QUOTED.sub(r"\1", definition))
    where = f"{place}的提法里，" if place else ""
    return Draft(
        RULE,
        entry.key.id,
        [rests_on(entry)],
        term.topics,
        2,
        "理解",
        type="单选",
        stem=f"{where}“{meant}”，说的是（）。",
        options=options,
        key=letter(at),
        rationale=f"这是“{term.title}”的释义；其余三项也属这一类，含义不同。",
    )

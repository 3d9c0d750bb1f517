"""The questions of a Library, each with the bank it stands in, its place and what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lunxun.findings import Finding, Place
from lunxun.library.document import Path
from lunxun.library.library import Entry, Library, Link
from lunxun.library.said import said
from lunxun.library.structure_rules import ID, REFERENCE
from lunxun.records.bank import Bank
from lunxun.records.question_types import CaseAnalysis, Question
from lunxun.records.references import Key


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question where it stands; `group` is the case that it is a part of."""

    entry: Entry
    bank: Bank
    path: Path
    question: Question
    basis: tuple[Link, ...]
    group: CaseAnalysis | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """List its topics: its own, else those of its case, else those of its bank."""
        return self.question.topics or (self.group.topics if self.group else ()) or self.bank.topics

    @property
    def is_open(self) -> bool:
        """Tell whether learners may be asked it."""
        return self.question.is_open and (self.group is None or self.group.is_open)

    def place(self, *parts: str | int) -> Place:
        """Find where a part of the question stands in the file."""
        return self.entry.document.place((*self.path, *parts))

    def place_of_text(self, parts: Path, text: str, offset: int) -> Place:
        """Find where a character of one of its texts stands in the file."""
        return self.entry.document.place_of_text((*self.path, *parts), text, offset)

    def said(self, library: Library, prose: str) -> str:
        """Write one of its texts with figures and names put in."""
        return said(library, self.entry.key, prose)


def questions(library: Library) -> Iterator[PlacedQuestion]:
    """Yield all questions in the order of the banks; a case comes before its parts."""
    for entry, bank in library.of(Bank):
        yield from questions_of(library, entry, bank)


def questions_of(library: Library, entry: Entry, bank: Bank) -> Iterator[PlacedQuestion]:
    """Yield the questions of one bank."""
    links = {link.path: link for link in library.outgoing(entry.key)}
    for index, question in enumerate(bank.questions):
        path: Path = ("questions", index)
        yield PlacedQuestion(entry, bank, path, question, _basis(links, path, question))
        if isinstance(question, CaseAnalysis):
            for number, part in enumerate(question.questions):
                inner = (*path, "questions", number)
                yield PlacedQuestion(entry, bank, inner, part, _basis(links, inner, part), question)


def questions_by_basis(library: Library) -> dict[Key, tuple[PlacedQuestion, ...]]:
    """Map records to the questions that rest on them or on a part of them, those closed to learners left out."""
    found: defaultdict[Key, dict[str, PlacedQuestion]] = defaultdict(dict)
    for placed in questions(library):
        if placed.is_open and not placed.entry.is_hidden:
            for link in placed.basis:
                found[link.target][placed.question.id] = placed
    return {key: tuple(placed.values()) for key, placed in found.items()}


def question_findings(library: Library) -> Iterator[Finding]:
    """Find ids that two questions share, and enemies that do not exist."""
    known: dict[str, PlacedQuestion] = {}
    placed = list(questions(library))
    for one in placed:
        first = known.setdefault(one.question.id, one)
        if first is not one:
            where = first.place("id")
            yield ID.at(one.place("id"), f"题号“{one.question.id}”已在 {where.file} 第 {where.line} 行使用")
    for one in placed:
        for index, enemy in enumerate(one.question.enemies):
            if enemy not in known or enemy == one.question.id:
                why = "就是本题" if enemy == one.question.id else "不存在"
                yield REFERENCE.at(one.place("enemies", index), f"互斥题“{enemy}”{why}", "写另一道题的题号。")


def _basis(links: dict[Path, Link], path: Path, question: Question) -> tuple[Link, ...]:
    places = ((*path, "basis", index) for index in range(len(question.basis)))
    return tuple(links[place] for place in places if place in links)

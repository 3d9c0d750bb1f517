"""Completeness: every figure, title and quoted phrase of a source is in the content or left out with a reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lunxun.checks.coverage_names import (
    NameKey,
    known_phrases,
    known_titles,
    phrase_key,
    phrases,
    title_key,
    titles,
)
from lunxun.checks.fact_match import occurrences
from lunxun.checks.fact_proof import Outcome, Proof, prove
from lunxun.checks.source_rules import COVERAGE_FIGURE, COVERAGE_PHRASE, COVERAGE_TITLE
from lunxun.checks.source_texts import SourceText
from lunxun.findings import Finding
from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.records.source import LeftOut, Source
from lunxun.text.folding import squeeze
from lunxun.text.noise import clean_line
from lunxun.text.numerals import figures

_AROUND = 8
Spans = dict[tuple[Key, int], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Item:
    """A figure, title or phrase of a source: the line it stands on, its text, and the words around it."""

    line: int
    text: str
    context: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How the items of one category came out; dates need no record."""

    in_content: int
    left_out: int
    dates: int
    missing: tuple[Item, ...]

    @property
    def total(self) -> int:
        """Count all items of the category."""
        return self.in_content + self.left_out + self.dates + len(self.missing)


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How much of one source has been taken up."""

    key: Key
    figures: Tally
    titles: Tally
    phrases: Tally


def coverage(
    library: Library, texts: Mapping[Key, SourceText], proofs: Iterable[Proof] | None = None
) -> tuple[SourceCoverage, ...]:
    """Count for each source that has a text what is in the content, what is left out, and what is missing."""
    claimed = _claimed(prove(library, texts) if proofs is None else proofs)
    known = known_titles(library), known_phrases(library)
    return tuple(
        SourceCoverage(
            entry.key,
            _figure_tally(entry.key, source, texts[entry.key], claimed),
            _name_tally(_items(source, texts[entry.key], titles), known[0], source.titles_left_out, title_key),
            _name_tally(_items(source, texts[entry.key], phrases), known[1], source.phrases_left_out, phrase_key),
        )
        for entry, source in library.of(Source)
        if entry.key in texts
    )


def coverage_findings(library: Library, coverages: Iterable[SourceCoverage]) -> tuple[Finding, ...]:
    """Report what is missing, at the list of the source record in which it could be left out."""
    return tuple(finding for one in coverages for finding in _findings(library, one))


def _findings(library: Library, one: SourceCoverage) -> Iterator[Finding]:
    document = library.entries[one.key].document
    for item in one.figures.missing:
        message = f"原文第 {item.line} 行的数字“{item.text}”没有收录（“{item.context}”）"
        yield COVERAGE_FIGURE.at(document.place(("figures_left_out",)), message)
    for name, lines in _lines_by_name(one.titles.missing).items():
        message = f"原文第 {lines} 行的《{name}》没有收录"
        yield COVERAGE_TITLE.at(document.place(("titles_left_out",)), message)
    for name, lines in _lines_by_name(one.phrases.missing).items():
        message = f"原文第 {lines} 行的引语“{name}”没有收录"
        yield COVERAGE_PHRASE.at(document.place(("phrases_left_out",)), message)


def _lines_by_name(items: Iterable[Item]) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for item in items:
        named = lines.setdefault(item.text, [])
        if str(item.line) not in named:
            named.append(str(item.line))
    return {name: "、".join(numbers) for name, numbers in lines.items()}


def _claimed(proofs: Iterable[Proof]) -> Spans:
    spans: Spans = defaultdict(list)
    for proof in proofs:
        # A wrong bound is already an error of the fact: the figure itself has been taken up.
        if proof.outcome in (Outcome.FOUND, Outcome.WRONG_BOUND):
            spans[proof.source, proof.lines[0]].extend(proof.spans)
    return spans


def _figure_tally(key: Key, source: Source, text: SourceText, claimed: Spans) -> Tally:
    in_content = left_out = dates = 0
    missing: list[Item] = []
    for number, line in _body(source, text):
        left = _left_out_spans(source.figures_left_out, number, text)
        for figure in figures(line):
            if _overlaps(figure.start, figure.end, claimed.get((key, number), ())):
                in_content += 1
            elif figure.is_date:
                dates += 1
            elif _overlaps(figure.start, figure.end, left):
                left_out += 1
            else:
                missing.append(Item(number, figure.text, _context(line, figure.start, figure.end)))
    return Tally(in_content, left_out, dates, tuple(missing))


def _name_tally(items: Iterable[Item], known: frozenset[str], left: Iterable[LeftOut], key: NameKey) -> Tally:
    in_content = left_out = 0
    missing: list[Item] = []
    # A name means the same wherever the source repeats it, so its line does not count here.
    left_names = {key(clean_line(one.text)) for one in left}
    for item in items:
        name = key(item.text)
        in_content += name in known
        left_out += name not in known and name in left_names
        if name not in known and name not in left_names:
            missing.append(item)
    return Tally(in_content, left_out, 0, tuple(missing))


def _items(source: Source, text: SourceText, find: Callable[[str], Iterator[re.Match[str]]]) -> Iterator[Item]:
    for number, line in _body(source, text):
        for match in find(line):
            name = next(group for group in match.groups() if group)
            yield Item(number, name.strip(), _context(line, match.start(), match.end()))


def _body(source: Source, text: SourceText) -> Iterator[tuple[int, str]]:
    first, last = source.raw.body
    for number in range(max(first, 1), min(last, len(text.lines)) + 1):
        yield number, text.lines[number - 1]


def _left_out_spans(left: Iterable[LeftOut], number: int, text: SourceText) -> list[tuple[int, int]]:
    line = text.squeezed[number - 1]
    wanted = [squeeze(clean_line(one.text)).text for one in left if one.line == number]
    return [line.span(start, end) for words in wanted for start, end in occurrences(line.text, words)]


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in spans)


def _context(line: str, start: int, end: int) -> str:
    return line[max(0, start - _AROUND) : end + _AROUND].strip()

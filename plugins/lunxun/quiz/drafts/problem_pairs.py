"""匹配 from problems: each joined to a practice that answers it, a few of one topic at a time."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.library.library import Entry, Library
from lunxun.quiz.chance import shuffled
from lunxun.quiz.draft import Draft, inner_quotes, rests_on
from lunxun.records.practice import Practice
from lunxun.records.problem import Problem
from lunxun.records.references import Key

RULE = "pairs"
_FEWEST, _MOST = 3, 4


def drafts(library: Library) -> Iterator[Draft]:
    """Draft one question for every topic with three problems or more that practices of their own answer."""
    for topic in library.taxonomy.names("topics"):
        problems = [entry for entry, problem in library.of(Problem) if not entry.is_hidden and topic in problem.topics]
        pairs = _pairs(library, shuffled(topic, problems, lambda entry: entry.key))
        if len(pairs) >= _FEWEST:
            yield _draft(topic, pairs)


def _pairs(library: Library, problems: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Choose for each problem a practice that answers none of the others."""
    answers = {entry.key: _answers(library, entry) for entry in problems}
    chosen: list[tuple[Entry, Entry]] = []
    for entry in problems:
        others = {key for problem, _ in chosen for key in answers[problem.key]}
        own = [key for key in answers[entry.key] if key not in others]
        taken = {practice.key for _, practice in chosen}
        if own and not taken & set(answers[entry.key]) and len(chosen) < _MOST:
            chosen.append((entry, library.entries[own[0]]))
    return chosen


def _answers(library: Library, entry: Entry) -> list[Key]:
    """List the visible practices that a problem names or that name it."""
    named = [link.target for link in library.outgoing(entry.key)]
    naming = [link.source for link in library.incoming(entry.key)]
    found = dict.fromkeys(key for key in (*named, *naming) if key.kind == Practice.kind)
    return [key for key in found if not library.entries[key].is_hidden]


def _draft(topic: str, pairs: list[tuple[Entry, Entry]]) -> Draft:
    joined = [{"left": problem.record.title, "right": practice.record.title} for problem, practice in pairs]
    told = "；".join(f"“{inner_quotes(pair['left'])}”对应“{inner_quotes(pair['right'])}”" for pair in joined)
    return Draft(
        RULE,
        topic,
        [rests_on(problem) for problem, _ in pairs] + [rests_on(practice) for _, practice in pairs],
        [topic],
        3,
        "应用",
        type="匹配",
        stem="把基层遇到的难题与可以参照的做法配对。",
        key=joined,
        rationale=f"各条问题记录里列出了对策：{told}。",
    )

"""Finding the terms that a text speaks of: thousands of names, without trying each of them."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from itertools import islice

from lunxun.library.library import Library
from lunxun.records.record import Record
from lunxun.records.references import Key
from lunxun.records.term import Term

Explain = Callable[[Key, str], str | None]

# Names are not looked for inside tags, entities and held marks (site/prose.py).
_NOT_TEXT = re.compile("<[^>]+>|&#?[0-9A-Za-z]+;|\ue000[0-9]+\ue001")
_SAMPLED = 500


class TermFinder:
    """Find the terms that are explained where they stand, the longest name at each place.

    A local term speaks only of its own place: it is explained where the text rests on one of its sources.
    """

    def __init__(self, library: Library) -> None:
        self._keys: dict[str, Key] = {}
        self._local_sources: dict[Key, frozenset[str]] = {}
        for entry, term in library.of(Term):
            if term.explain and not entry.is_hidden:
                if term.scope == "local":
                    self._local_sources[entry.key] = sources_of(term)
                for name in (term.title, *term.aliases):
                    self._keys.setdefault(html.escape(name, quote=False), entry.key)
        self._names = NameFinder(self._keys, _sample(library))

    def names(self) -> dict[str, str]:
        """Map each name to all that decides where it is explained: its term, and the sources of a local one."""
        places = {key: " ".join(sorted(sources)) for key, sources in self._local_sources.items()}
        return {name: f"{key}|{places.get(key, '*')}" for name, key in self._keys.items()}

    def speaks_of(self, term: Key, sources: frozenset[str]) -> bool:
        """Tell whether a term may be explained in a text that rests on these sources."""
        return term not in self._local_sources or not self._local_sources[term].isdisjoint(sources)

    def replace(self, text: str, explain: Explain) -> str:
        """Replace names in HTML by what `explain` gives for them, where it gives anything."""
        parts: list[str] = []
        end = 0
        for start, name in self._names.found_in(text):
            explained = explain(self._keys[name], name)
            if explained is not None:
                parts += (text[end:start], explained)
                end = start + len(name)
        return "".join([*parts, text[end:]]) if parts else text


class NameFinder:
    """Find names by a few characters that are rare in a sample of the text, and of which each name has one.

    Nearly all of a text is passed over by a search for these characters: in ten thousand made records with 1,200 names
    they are 1% of it, in our own content 4%. The sample decides on speed only, never on what is found.
    """

    def __init__(self, names: Iterable[str], sample: str) -> None:
        names, common = list(names), Counter(sample)
        chosen = _few_in_all(names, common)
        self._by_pair: dict[str, list[tuple[str, int]]] = {}
        for name in names:
            at = min((i for i, character in enumerate(name) if character in chosen), key=lambda i: common[name[i]])
            # With the character before it; the first of a name stands for itself.
            self._by_pair.setdefault(name[max(at - 1, 0) : at + 1], []).append((name, at))
        marked_characters = sorted({pair[-1] for pair in self._by_pair})
        marked = "".join(re.escape(character) for character in marked_characters)
        self._marked = re.compile(f"[{marked}]") if marked else None

    def found_in(self, text: str) -> Iterable[tuple[int, str]]:
        """Give the names in HTML with their places: the first first, at one place the longest, none inside another."""
        hits = self._hits(text)
        return _without_overlap(hits, text) if hits else ()

    def _hits(self, text: str) -> list[tuple[int, str]]:
        """List all places of all names, in no order."""
        hits: list[tuple[int, str]] = []
        for match in self._marked.finditer(text) if self._marked else ():
            place = match.start()
            for pair in (text[place - 1 : place + 1] if place else "", text[place]):
                for name, at in self._by_pair.get(pair, ()):
                    if at <= place and text.startswith(name, place - at):
                        hits.append((place - at, name))
        return hits


def _few_in_all(names: Iterable[str], common: Mapping[str, int]) -> set[str]:
    """Choose characters so that each name has one: again and again the one that is rarest for the names it adds."""
    having: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for character in name:
            having[character].add(name)
    chosen: set[str] = set()
    found: set[str] = set()
    waiting = [(common[character] / len(mine), character) for character, mine in having.items()]
    heapify(waiting)
    while waiting:
        _, character = heappop(waiting)
        added = having[character] - found
        cost = common[character] / len(added) if added else 0
        if added and waiting and cost > waiting[0][0]:  # others have taken names from it: its turn comes later
            heappush(waiting, (cost, character))
        elif added:
            chosen.add(character)
            found |= added
    return chosen


def _without_overlap(hits: list[tuple[int, str]], text: str) -> Iterator[tuple[int, str]]:
    """Take from left to right what begins first; what is no text takes its place as names do, and before them."""
    hits.sort(key=lambda hit: (hit[0], -len(hit[1])))
    end = 0
    skipped = _NOT_TEXT.search(text)
    for start, name in hits:
        while skipped is not None and skipped.start() <= start:
            if skipped.start() >= end:
                end = skipped.end()
            skipped = _NOT_TEXT.search(text, end)
        if start >= end:
            yield start, name
            end = start + len(name)


def sources_of(record: Record) -> frozenset[str]:
    """List the sources that a record rests on."""
    return frozenset(citation.source for citation in record.sources)


def _sample(library: Library) -> str:
    step = max(len(library.entries) // _SAMPLED, 1)
    return "\n".join(entry.record.summary for entry in islice(library.entries.values(), 0, None, step))

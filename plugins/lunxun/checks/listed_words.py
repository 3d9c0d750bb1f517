"""Look for words that the terms list: a record is looked at again only when it or the list has changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

from lunxun.checks.texts import RecordText, whole_text
from lunxun.findings import Finding, RuleInfo
from lunxun.library.library import Entry, Library
from lunxun.records.references import Key
from lunxun.records.walk import leaves


@dataclass(frozen=True, slots=True)
class Words:
    """Words with what should stand in their place, and phrases that they may be a part of all the same."""

    now: tuple[tuple[str, str], ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that no text should hold; `message` takes the word and what should stand there `now`."""

    info: RuleInfo
    words: Callable[[Library], Words]
    message: str

    def check(self, library: Library) -> Iterator[Finding]:
        """Look through every record of a Library."""
        for found in find_words(library, (self,)).findings.values():
            yield from found

    def findings(self, words: Words, record: RecordText) -> Iterator[Finding]:
        """Look through one record."""
        if not words.now:
            return
        now = dict(words.now)
        for text in record:
            if text.is_untrue:
                continue
            excepted = [span for phrase in words.unless for span in _spans(text.value, phrase)]
            for match in _pattern(tuple(now)).finditer(text.value):
                if not any(start <= match.start() and match.end() <= end for start, end in excepted):
                    message = self.message.format(word=match[0], now=now[match[0]])
                    yield self.info.at(text.place(match.start()), message)


@dataclass(frozen=True, slots=True)
class WordFindings:
    """What was found in which records, and with which words it was looked for."""

    findings: Mapping[Key, tuple[Finding, ...]]
    words: tuple[Words, ...]
    entries: Mapping[Key, Entry]


def find_words(library: Library, rules: Sequence[WordRule], before: WordFindings | None = None) -> WordFindings:
    """Look for the words of some rules; what was found before stays true of records that are the same."""
    words = tuple(rule.words(library) for rule in rules)
    wanted = tuple(word for one in words for word, _ in one.now)
    if before is None or before.words != words:
        before = WordFindings({}, words, {})
    found: dict[Key, tuple[Finding, ...]] = {}
    for key, entry in library.entries.items():
        if before.entries.get(key) is entry:
            of_record = before.findings.get(key, ())
        elif wanted and _pattern(wanted).search(whole_text(entry)):
            record = RecordText(entry, leaves(entry.record))
            of_record = tuple(chain.from_iterable(map(WordRule.findings, rules, words, repeat(record))))
        else:
            of_record = ()
        if of_record:
            found[key] = of_record
    return WordFindings(found, words, library.entries)


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the words, the longest that stands at a place."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _spans(text: str, phrase: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(phrase), text)]

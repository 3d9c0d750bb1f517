"""Titles and quoted phrases: where they stand in a line, and which are known by that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lunxun.library.library import Library
from lunxun.records.policy import Policy
from lunxun.records.practice import Practice
from lunxun.records.record import Record
from lunxun.records.term import Term
from lunxun.text.folding import fold

NameKey = Callable[[str], str]

_TITLE = re.compile(r"《([^《》]+)》")
_PHRASE = re.compile(r"“([^“”]+)”|「([^「」]+)」")
_QUOTES_AND_SPACES = re.compile(r"[“”‘’\"'「」『』《》〈〉\s]+")
_VERSION_NOTE = re.compile(r"(?:\([^()]*\)|〔[^〔〕]*〕|\[[^\[\]]*\]|【[^【】]*】)\Z")
_LOST_PLUS = re.compile(r"(?<=[0-9a-z])\s+(?=[0-9a-z])")
_PLUS_BETWEEN_WORDS = re.compile(r"(?<![0-9a-z])\+|\+(?![0-9a-z])")


def titles(line: str) -> Iterator[re.Match[str]]:
    """Yield the 《titles》 of a line."""
    return _TITLE.finditer(line)


def phrases(line: str) -> Iterator[re.Match[str]]:
    """Yield the “quoted phrases” of a line."""
    return _PHRASE.finditer(line)


def title_key(text: str) -> str:
    """Give what must be equal for two titles to be the same: no quotation marks, spaces or version notes."""
    key = _QUOTES_AND_SPACES.sub("", fold(text))
    while (shorter := _VERSION_NOTE.sub("", key)) and shorter != key:
        key = shorter
    return key


def phrase_key(text: str) -> str:
    """Give what must be equal for two phrases to be the same; pages often print the plus of “1+X” as a space."""
    with_plus = _LOST_PLUS.sub("+", fold(text))
    return _PLUS_BETWEEN_WORDS.sub("", _QUOTES_AND_SPACES.sub("", with_plus))


def known_titles(library: Library) -> frozenset[str]:
    """List the keys of all titles that a policy or term answers to."""
    return _known(library, (Policy, Term), title_key)


def known_phrases(library: Library) -> frozenset[str]:
    """List the keys of all phrases that a practice, term or policy answers to."""
    return _known(library, (Practice, Term, Policy), phrase_key)


def _known(library: Library, models: tuple[type[Record], ...], key: NameKey) -> frozenset[str]:
    return frozenset(
        key(name) for model in models for _, record in library.of(model) for name in (record.title, *record.aliases)
    )

"""What a query asks: words, phrases, exclusions, and classes such as `kind:case region:盐城`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lunxun.search.tokens import indexed_text
from lunxun.search.variants import variants
from lunxun.text.folding import fold

MAX_LENGTH = 200
MAX_WORDS = 12
# What a user may write before the colon, and the facet it means.
FIELDS = {
    **dict.fromkeys(("kind", "类别"), "kind"),
    **dict.fromkeys(("topic", "topics", "主题"), "topics"),
    **dict.fromkeys(("level", "levels", "层级"), "levels"),
    **dict.fromkeys(("field", "fields", "领域"), "fields"),
    **dict.fromkeys(("region", "regions", "地区"), "regions"),
    **dict.fromkeys(("year", "年份"), "year"),
}
_FACET_NAMES = {facet: field for field, facet in FIELDS.items()}  # the last name of each is the Chinese one
_MOST_NAMED = 12

# Of folded text: what stands between spaces is one word, and so is what stands in quotes (`search-words.js` agrees).
_QUOTES = '"\u201c\u201d「」『』'
_TOKEN = re.compile(
    r"(?P<minus>[-\u2212](?=\S))?(?:(?P<field>[a-z\u4e00-\u9fff]+):)?"
    r"(?P<text>(?:\"[^\"]*\"|[\u201c\u201d][^\u201d]*\u201d|「[^」]*」|『[^』]*』)(?=\s|\Z)|\S+)"
)
_VALUES = re.compile("[,、]")
_LETTERS = re.compile("[a-z]{2,}")
_APOSTROPHE = re.compile("['’]")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of compared text that a document must hold, in the first of these forms or another."""

    forms: tuple[str, ...]
    written: str = ""
    """As it was typed, folded."""
    is_phrase: bool = False
    heard: tuple[str, ...] = ()
    """Stretches of names that it spells in letters, once those are known."""
    spelt: tuple[str, ...] = ()
    """The regions whose name it spells in letters: what belongs to one of them holds the word."""
    places: tuple[str, ...] = ()
    """The regions whose name it begins."""

    @property
    def all_forms(self) -> tuple[str, ...]:
        """List everything that counts as the word."""
        return (*self.forms, *self.heard)

    @property
    def is_letters(self) -> bool:
        """Tell whether it may be a name in letters: wgh, wanggehua, xi'an."""
        return not self.is_phrase and bool(_LETTERS.fullmatch(_APOSTROPHE.sub("", self.written)))


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet, and the ids of which a document must have one, or none."""

    facet: str
    ids: tuple[str, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was understood."""

    words: tuple[Word, ...] = ()
    excluded: tuple[Word, ...] = ()
    filters: tuple[Filter, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing."""
        return not self.words and not self.filters


def understand(query: str, names: Mapping[str, Mapping[str, str]]) -> Question:
    """Read a query; `names` holds the names of classes by facet and id."""
    warnings = [f"查询太长，只用了前 {MAX_LENGTH} 个字。"] if len(query) > MAX_LENGTH else []
    words: dict[Word, None] = {}
    excluded: dict[Word, None] = {}
    filters: list[Filter] = []
    for match in _TOKEN.finditer(fold(query[:MAX_LENGTH])):
        field, text, is_excluded = match["field"], match["text"], bool(match["minus"])
        if field in FIELDS:
            chosen = _filter(FIELDS[field], text.strip(_QUOTES), is_excluded, names)
            filters.append(chosen)
            warnings += _unknown(chosen, text.strip(_QUOTES), names)
        else:
            chosen_text = f"{field}:{text}" if field else text
            (excluded if is_excluded else words).update(word_of(chosen_text, names.get("regions", {})))
    if len(words) + len(excluded) > MAX_WORDS:
        warnings.append(f"词太多，只用了前 {MAX_WORDS} 个。")
    kept = tuple(words)[:MAX_WORDS]
    return Question(kept, tuple(excluded)[: MAX_WORDS - len(kept)], tuple(filters), tuple(warnings))


def word_of(text: str, regions: Mapping[str, str]) -> dict[Word, None]:
    """Read a folded stretch of a query as a word, if there is anything in it to be looked for."""
    forms = dict.fromkeys(indexed_text(form).strip() for form in (text, *variants(text)))
    found = tuple(form for form in forms if form)
    if not found:
        return {}
    written = text.strip()
    word = Word(found, written, text[0] in _QUOTES and text[-1] in _QUOTES and len(text) > 1)
    spelt = _spelt(word, regions) if word.is_letters else ()
    begun = tuple(id_ for id_, name in regions.items() if len(written) > 1 and fold(name).startswith(written))
    return {replace(word, spelt=spelt, places=begun): None}


def _spelt(word: Word, regions: Mapping[str, str]) -> tuple[str, ...]:
    from lunxun.search.suggest import spells  # noqa: PLC0415 - the sounds of characters take a while to import

    return tuple(id_ for id_, name in regions.items() if spells(word.forms[0], fold(name)))


def _filter(facet: str, text: str, is_excluded: bool, names: Mapping[str, Mapping[str, str]]) -> Filter:
    wanted = [value.strip() for value in _VALUES.split(text) if value.strip()]
    known = names.get(facet)
    if known is None:  # years name themselves
        return Filter(facet, tuple(value.removesuffix("年") for value in wanted), is_excluded)
    found = [id_ for value in wanted for id_, name in known.items() if value == id_ or value in fold(name)]
    return Filter(facet, tuple(dict.fromkeys(found)), is_excluded)


def _unknown(chosen: Filter, text: str, names: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    known = names.get(chosen.facet)
    if known is not None and not chosen.ids:
        more = "等" if len(known) > _MOST_NAMED else ""
        listed = "、".join(list(known.values())[:_MOST_NAMED])
        yield f"没有叫“{text}”的{_FACET_NAMES[chosen.facet]}。有：{listed}{more}。"

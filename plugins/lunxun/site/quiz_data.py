"""A bank as a sheet of questions: what is shown, what the keys say, what the script compares answers with."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from lunxun.library.library import Entry, Link
from lunxun.library.questions import PlacedQuestion, questions_of
from lunxun.records.bank import Bank
from lunxun.records.policy import Policy
from lunxun.records.question_types import (
    LETTERS,
    TYPES,
    CaseAnalysis,
    Choice,
    Essay,
    FillIn,
    Judgement,
    Matching,
    Option,
    Ordering,
    ShortAnswer,
)
from lunxun.records.references import Reference
from lunxun.site import addresses, quiz_text
from lunxun.site.context import PageContext, link_to
from lunxun.site.folder import Anchor
from lunxun.text.folding import simplify

_CJK = range(0x4E00, 0xA000)


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option, a right side or a step: the name that answers give it, its text, and why it is wrong."""

    value: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as the sheet shows it; `key` holds one line of text for each part of the key."""

    id: str
    type: str
    number: str
    stem: Markup
    choices: tuple[Choosable, ...]
    lefts: tuple[str, ...]
    points: tuple[tuple[str, int], ...]
    key: tuple[str, ...]
    rationale: Markup
    basis: tuple[Anchor, ...]
    parts: tuple[Item, ...]

    def all(self) -> Iterator[Item]:
        """Yield the question, then its parts."""
        yield self
        yield from self.parts


@dataclass(frozen=True, slots=True)
class Sheet:
    """All questions of a bank that learners may see, and the data of the script as JSON that is safe in a page."""

    items: tuple[Item, ...]
    data: Markup


def open_questions(entry: Entry, bank: Bank, page: PageContext) -> tuple[PlacedQuestion, ...]:
    """List the questions of a bank that learners may see; a case comes before its parts."""
    return tuple(placed for placed in questions_of(page.library, entry, bank) if placed.is_open)


def counts_by_type(placed: Iterable[PlacedQuestion]) -> tuple[tuple[str, int], ...]:
    """Count questions by type in the order of a paper; the parts of a case are counted with it, as one."""
    counts: Counter[str] = Counter(one.question.type for one in placed if one.group is None)
    return tuple((name, counts[name]) for name in TYPES if counts[name])


def sheet(page: PageContext, entry: Entry, bank: Bank) -> Sheet:
    """Make the sheet of a bank."""
    placed = open_questions(entry, bank, page)
    items = []
    for number, one in enumerate((one for one in placed if one.group is None), 1):
        inner = [part for part in placed if part.group is one.question]
        parts = tuple(_item(page, part, f"{number}.{place}") for place, part in enumerate(inner, 1))
        items.append(_item(page, one, str(number), parts))
    keys = {one.question.id: _compared(page, one.question) for one in placed}
    accepted = "".join(
        text for key in keys.values() for blank in key.get("blanks", ()) for text in (*blank["accept"], blank["unit"])
    )
    data = {"bank": entry.key.id, "title": bank.title, "questions": keys, "fold": _traditional(accepted)}
    return Sheet(tuple(items), _embedded(data))


def _item(page: PageContext, placed: PlacedQuestion, number: str, parts: tuple[Item, ...] = ()) -> Item:
    question = placed.question
    points: tuple[tuple[str, int], ...] = ()
    if isinstance(question, ShortAnswer | Essay):
        points = tuple((page.plain(point.text), point.share) for point in question.key.points)
    return Item(
        question.id,
        question.type,
        number,
        _stem(page, question),
        _choices(page, question),
        tuple(page.plain(pair.left) for pair in question.key) if isinstance(question, Matching) else (),
        points,
        tuple(_key(page, question)),
        quiz_text.blocks(question.rationale, page.plain),
        tuple(_anchor(page, link) for link in placed.basis),
        parts,
    )


def _stem(page: PageContext, question: Any) -> Markup:
    if not isinstance(question, FillIn):
        return quiz_text.blocks(question.stem, page.plain)
    blank = Markup(
        '<input class="lx-blank" type="text" name="{}" aria-label="第{}空" autocomplete="off" maxlength="200">'
    )
    return quiz_text.with_blanks(
        question.stem, page.plain, lambda place: blank.format(f"{question.id}-{place}", place + 1)
    )


def _choices(page: PageContext, question: Any) -> tuple[Choosable, ...]:
    """List what can be chosen, as it is first shown: options as written, the rest mixed but always in the same way."""
    if isinstance(question, Choice):
        return tuple(
            Choosable(str(place), page.plain(text), page.plain(option.why or "") if isinstance(option, Option) else "")
            for place, (text, option) in enumerate(zip(question.option_texts, question.options, strict=True))
        )
    if isinstance(question, Judgement):
        return (Choosable("对", "对"), Choosable("错", "错"))
    if isinstance(question, Matching):
        return _mixed(_rights(page, question), question.id)
    if isinstance(question, Ordering):
        return _mixed([page.plain(step) for step in question.key], question.id)
    return ()


def _rights(page: PageContext, question: Matching) -> list[str]:
    rights = (*(pair.right for pair in question.key), *question.extra)
    return list(dict.fromkeys(page.plain(right) for right in rights))


def _mixed(texts: Sequence[str], seed: str) -> tuple[Choosable, ...]:
    order = list(range(len(texts)))
    # The same for every build; never the right order, which would be given away to whoever prints the sheet.
    random.Random(seed).shuffle(order)
    if order == sorted(order):
        order.append(order.pop(0))
    return tuple(Choosable(str(place), texts[place]) for place in order)


def _key(page: PageContext, question: Any) -> Iterator[str]:
    if isinstance(question, Choice):
        yield "".join(LETTERS[place] for place in question.keyed)
    elif isinstance(question, Judgement):
        yield question.key
    elif isinstance(question, FillIn):
        for place, blank in enumerate(question.blanks, 1):
            first, *others = (page.plain(text) for text in blank.accept)
            unit = blank.unit if blank.unit and not first.endswith(blank.unit) else ""
            yield f"第{place}空：{first}{unit}" + (f"（也可以写：{'、'.join(others)}）" if others else "")
        if question.any_order and len(question.blanks) > 1:
            yield "各空可以互换。"
    elif isinstance(question, Matching):
        yield from (f"{page.plain(pair.left)} —— {page.plain(pair.right)}" for pair in question.key)
    elif isinstance(question, Ordering):
        yield from (f"{place}. {page.plain(step)}" for place, step in enumerate(question.key, 1))
    elif isinstance(question, ShortAnswer | Essay):
        yield page.plain(question.key.answer)


def _compared(page: PageContext, question: Any) -> dict[str, Any]:
    """Give what the script compares an answer with."""
    key: dict[str, Any] = {"type": question.type}
    if isinstance(question, Choice):
        key["key"] = [str(place) for place in question.keyed]
    elif isinstance(question, Judgement):
        key["key"] = [question.key]
    elif isinstance(question, FillIn):
        key["anyOrder"] = question.any_order
        key["blanks"] = [
            {
                "accept": [page.plain(text) for text in blank.accept],
                "unit": blank.unit or "",
                "tolerance": blank.tolerance,
            }
            for blank in question.blanks
        ]
    elif isinstance(question, Matching):
        rights = _rights(page, question)
        key["key"] = [str(rights.index(page.plain(pair.right))) for pair in question.key]
    elif isinstance(question, Ordering):
        key["key"] = [str(place) for place in range(len(question.key))]
    elif isinstance(question, ShortAnswer | Essay):
        key["shares"] = [point.share for point in question.key.points]
    elif isinstance(question, CaseAnalysis):
        key["parts"] = [part.id for part in question.questions if part.is_open]
    return key


def _anchor(page: PageContext, link: Link) -> Anchor:
    entry = page.library.entries[link.target]
    fact = page.library.fact(link.target, link.fact) if link.fact else None
    if fact is not None:
        target, title = f"{addresses.of_record(link.target)}#{addresses.fact_anchor(fact.id)}", fact.label
        return link_to(f"{entry.record.title}：{title}", None if entry.is_hidden else page.to(target))
    target = addresses.of_reference(entry, Reference(None, link.target.id, link.version, link.article))
    return link_to(entry.record.title + _version(entry, link), None if entry.is_hidden else page.to(target))


def _version(entry: Entry, link: Link) -> str:
    version = entry.record.version(link.version or "") if isinstance(entry.record, Policy) else None
    if version is None:
        return ""
    labels = (article.label for article in version.articles if article.no == link.article)
    return f"（{version.id}版{next(labels, '')}）"


def _traditional(accepted: str) -> list[str]:
    """Give the characters that fold to one of an accepted answer's, and what each becomes, as two strings."""
    wanted = set(accepted) if accepted else set()
    pairs = [(old, new) for old, new in _simplified().items() if new in wanted] if wanted else []
    return ["".join(old for old, _ in pairs), "".join(new for _, new in pairs)]


@cache
def _simplified() -> dict[str, str]:
    return {character: new for character in map(chr, _CJK) if (new := simplify(character)) != character}


def _embedded(data: dict[str, Any]) -> Markup:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # no sign is left that means anything to HTML

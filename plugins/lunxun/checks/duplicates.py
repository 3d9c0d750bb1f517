"""Rules against saying the same thing twice: equal titles, and records whose texts nearly coincide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lunxun.checks.likeness import likenesses
from lunxun.checks.rule import Rule
from lunxun.checks.texts import readable_texts
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.library import Library
from lunxun.records.references import Key
from lunxun.text.folding import fold

SAME_TITLE = RuleInfo(
    "same-title",
    "标题和别名不重复",
    "同一类里两条记录同名，读者不知道点哪一条，书名号里的名称也无法对应。",
    "合成一条，或在标题里写明区别。",
)
NEAR_DUPLICATE = RuleInfo(
    "near-duplicate",
    "内容不雷同",
    "两条记录大半相同，更正一条就会与另一条矛盾。",
    "合成一条；确需分开的，各写各的，共同部分用 [[编号]] 互相链接。",
    Severity.WARNING,
)

_ALIKE = 0.6
_NAMES = ("title", "aliases")


def titles_differ(library: Library) -> Iterator[Finding]:
    """Find titles or aliases that two records of one kind share."""
    owners: dict[tuple[str, str], Key] = {}
    for entry in library.entries.values():
        for index, name in enumerate((entry.record.title, *entry.record.aliases)):
            path = ("title",) if index == 0 else ("aliases", index - 1)
            owner = owners.setdefault((entry.key.kind, fold(name)), entry.key)
            if owner != entry.key:
                yield SAME_TITLE.at(entry.document.place(path), f"“{name}”已是 {owner.id} 的标题或别名")


def texts_differ(library: Library) -> Iterator[Finding]:
    """Find pairs of one kind whose texts are the same, or share most of their six-character runs."""
    same = _same(library)
    texts = {key: text for key, text in _texts(library, ()).items() if key not in same}
    alike = likenesses(texts, lambda key: key.kind)
    for (one, other), share in {**{(first, key): 1.0 for key, first in same.items()}, **alike}.items():
        if share >= _ALIKE:
            place = library.entries[other].document.place()
            yield NEAR_DUPLICATE.at(place, f"与 {one.id} 有 {share:.0%} 的文字相同")


def _same(library: Library) -> dict[Key, Key]:
    """Map the records that repeat another one of their kind under another name to the first of these."""
    first: dict[tuple[str, str], Key] = {}
    owners = {key: first.setdefault((key.kind, text), key) for key, text in _texts(library, _NAMES).items()}
    return {key: owner for key, owner in owners.items() if key != owner}


def _texts(library: Library, left_out: tuple[str, ...]) -> dict[Key, str]:
    texts: defaultdict[Key, list[str]] = defaultdict(list)
    for text in readable_texts(library):
        if text.leaf.path[0] not in left_out:
            texts[text.entry.key].append(fold(text.value))
    return {key: "\n".join(parts) for key, parts in texts.items()}


RULES = (Rule(SAME_TITLE, titles_differ), Rule(NEAR_DUPLICATE, texts_differ))

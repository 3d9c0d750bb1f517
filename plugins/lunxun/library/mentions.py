"""What a record mentions: references and marks as they are written, and the classes it gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from lunxun.records.base import ClassedBy, RefersTo
from lunxun.records.walk import Leaf, Path
from lunxun.text.marks import FactMark, marks, may_have_marks

Class = tuple[str, str]
"""The name of a list of the taxonomy, and an id of it."""
Form = Literal["record", "fact", "either"]
"""What a text is to be read as; either: a fact with its record, which no other reference looks like, else a record."""
Written = tuple[str, Form, tuple[str, ...]]
"""What is written, what it is to be read as, and which kinds of records it may mean there: any, where none is named."""


class Mention(NamedTuple):
    """A reference: where it stands, and what is written there. What it means hangs on the Library."""

    path: Path
    written: Written


def mentioned_in(leaves: Iterable[Leaf]) -> tuple[tuple[Mention, ...], tuple[Class, ...]]:
    """List what the texts of a record refer to, and what it is classed as, in their order."""
    mentions: list[Mention] = []
    classes: list[Class] = []
    for path, value, field in leaves:
        mark = field.mark
        if mark is None:
            continue
        if isinstance(mark, RefersTo):
            mentions.append(Mention(path, (value, "either" if mark.or_fact else "record", mark.kinds)))
        elif isinstance(mark, ClassedBy):
            classes.append((mark.list_name, value))
        elif may_have_marks(value):
            mentions.extend(_marked(path, value))
    return tuple(mentions), tuple(classes)


def _marked(path: Path, prose: str) -> Iterator[Mention]:
    for found in marks(prose):
        yield Mention((*path, found.start), (found.target, "fact" if isinstance(found, FactMark) else "record", ()))

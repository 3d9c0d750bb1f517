"""What can be told of one file by itself: its record, its findings, and what it mentions.

`analyse` takes and gives plain values, so that chunks of files can be worked on by any
`concurrent.futures.Executor`, in other processes and on other machines.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from lunxun.findings import Finding
from lunxun.library.document import Document
from lunxun.library.files import decode
from lunxun.library.library import Entry
from lunxun.library.mentions import Class, Mention, mentioned_in
from lunxun.library.origin import HeldText
from lunxun.library.parcel import Parcel
from lunxun.library.quick_yaml import read_quickly
from lunxun.library.schema_messages import schema_findings
from lunxun.library.structure_rules import ID, SCHEMA
from lunxun.records.base import Model
from lunxun.records.fields import inner_models
from lunxun.records.kinds import KINDS
from lunxun.records.references import Key
from lunxun.records.walk import Leaf, leaves

M = TypeVar("M", bound=Model)

Inspect = Callable[[Entry, Sequence[Leaf]], Sequence[Finding]]
"""Looks at one record and its texts. To be sent to another process it must be a function of a module."""


class Looked(NamedTuple):
    """A record that was read just now, with its texts."""

    entry: Entry
    leaves: Sequence[Leaf]


Note = Callable[[Sequence[Looked]], Sequence[bytes]]
"""Notes of each of some records what is needed to compare it with others. As `Inspect`, a function of a module."""


class RawFile(NamedTuple):
    """The bytes of a file that may hold a record of a kind, if it could be read, and its name in findings."""

    kind: str
    id: str
    name: str
    raw: bytes | None


class Analysed(NamedTuple):
    """What was made of a file; without a record when it is not one."""

    record: Parcel | None
    findings: tuple[Finding, ...]
    inspected: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    classes: tuple[Class, ...] = ()
    note: bytes = b""


def analyse(files: Sequence[RawFile], inspect: Inspect | None = None, note: Note | None = None) -> list[Analysed]:
    """Read, validate, inspect and note the files of a chunk, each by itself, in their order."""
    with collector_paused():
        looked: dict[int, Looked] = {}
        found = [_analyse(file, inspect, number, looked) for number, file in enumerate(files)]
        for number, noted in zip(looked, note(tuple(looked.values())) if note else (), strict=False):
            found[number] = found[number]._replace(note=noted)
        return found


def read_model(raw: bytes, name: str, model: type[M]) -> tuple[M | None, tuple[Finding, ...], HeldText | None]:
    """Read the bytes of one file as a model; the text is given where there is one."""
    text, refused = decode(raw, name)
    if text is None:
        return None, tuple(refused), None
    data = read_quickly(text)
    if data is not None:
        try:
            return model.model_validate(data), (), HeldText(name, text)
        except ValidationError:
            pass  # whatever is wrong is looked at again where it has a place
    from lunxun.library.yaml_reader import read_yaml  # noqa: PLC0415 - it brings yaml, which an edit seldom needs

    document, findings = read_yaml(name, text)
    if document is None:
        return None, tuple(findings), HeldText(name, text)
    read, found = _validate(document, model)
    return read, (*findings, *found), HeldText(name, text)


@contextmanager
def collector_paused(*, forever: bool = False) -> Iterator[None]:
    """Keep the collector of cycles from looking through all records again and again; they make none.

    With `forever` it passes over what was made meanwhile later on, too.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        if was_on and forever:
            gc.freeze()
    finally:
        if was_on:
            gc.enable()


def _analyse(file: RawFile, inspect: Inspect | None, number: int, looked: dict[int, Looked]) -> Analysed:
    if file.raw is None:
        return Analysed(None, ())  # why it could not be read is told where it was tried
    record, findings, text = read_model(file.raw, file.name, KINDS[file.kind])
    if record is None or text is None:
        return Analysed(None, findings)
    _share_sets(record)
    entry = Entry(Key(file.kind, file.id), record, text)
    found = leaves(record)
    looked[number] = Looked(entry, found)
    return Analysed(
        Parcel(record),
        (*findings, *_repeated_facts(entry)),
        tuple(inspect(entry, found)) if inspect else (),
        *mentioned_in(found),
    )


def _validate(document: Document, model: type[M]) -> tuple[M | None, list[Finding]]:
    if not isinstance(document.data, dict):
        return None, [SCHEMA.at(document.place(), "内容不是一组字段", "从“title: …”写起，每个字段一行。")]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, list(schema_findings(error, document, model))


def _repeated_facts(entry: Entry) -> Iterator[Finding]:
    facts = entry.record.facts
    if len({fact.id for fact in facts}) == len(facts):
        return
    seen: set[str] = set()
    for index, fact in enumerate(facts):
        if fact.id in seen:
            place = entry.document.place(("facts", index, "id"))
            yield ID.at(place, f"数据编号“{fact.id}”在本记录里用了两次")
        seen.add(fact.id)


_SETS: dict[frozenset[str], set[str]] = {}


def _share_sets(model: BaseModel) -> None:
    """Let models that were given the same fields share one set of their names: it is a quarter of a record's size."""
    given = model.__pydantic_fields_set__
    # The models are frozen, so that nothing adds to a set later; a copy of a model gets a set of its own.
    object.__setattr__(model, "__pydantic_fields_set__", _SETS.setdefault(frozenset(given), given))
    values = model.__dict__
    for name in _fields_with_models(type(model)):
        value = values[name]
        for item in value if type(value) is tuple else (value,):
            if isinstance(item, BaseModel):
                _share_sets(item)


@cache
def _fields_with_models(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, info in model.model_fields.items() if inner_models(info))

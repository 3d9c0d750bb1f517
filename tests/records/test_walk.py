"""A walk over a record meets every text in it, with the mark that its field has in the class."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from lunxun.records.base import AnyRef, ClassedBy, IsProse, Many, PolicyRef, Prose, RefersTo, TopicId
from lunxun.records.kinds import KINDS
from lunxun.records.record import Record
from lunxun.records.walk import Mark, Path, leaves, readable_texts

Expected = dict[Path, Mark]


def _full(model: type[BaseModel]) -> BaseModel:
    """Make a record of which every field is filled, without regard to what the fields may hold."""
    hints = get_type_hints(model, include_extras=True)
    return model.model_construct(**{name: _value(hints[name]) for name in model.model_fields})


def _value(annotation: Any) -> Any:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(inner[0])
    if origin in (Union, UnionType):
        return _value(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        return (_value(inner[0]), _value(inner[0]))
    if origin is Literal:
        return inner[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _full(annotation)
    return {str: "文字", int: 1, float: 1.0, bool: True}[annotation]


def _expected(model: type[BaseModel], path: Path = ()) -> Iterator[tuple[Path, Mark]]:
    """Read the marks off the annotations themselves, which is not how `leaves` finds them."""
    for name, annotation in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield from _below(annotation, (*path, name), None)


def _below(annotation: Any, path: Path, mark: Mark) -> Iterator[tuple[Path, Mark]]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks = [one for one in inner[1:] if isinstance(one, RefersTo | ClassedBy | IsProse)]
        yield from _below(inner[0], path, marks[0] if marks else mark)
    elif origin in (Union, UnionType):
        yield from _below(next(one for one in inner if one is not type(None)), path, mark)
    elif origin is tuple:
        for index in range(2):
            yield from _below(inner[0], (*path, index), mark)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _expected(annotation, path)
    elif annotation is str or (origin is Literal and isinstance(inner[0], str)):
        yield path, mark


def _walked(model: type[BaseModel]) -> Expected:
    return {leaf.path: leaf.mark for leaf in leaves(_full(model))}


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_every_kind_is_met_with_its_mark(kind: str) -> None:
    assert _walked(KINDS[kind]) == dict(_expected(KINDS[kind]))


def test_every_mark_is_used_by_some_kind() -> None:
    marks = {mark for model in KINDS.values() for _, mark in _expected(model)}
    assert IsProse() in marks
    assert {one for mark in marks if isinstance(mark, RefersTo) for one in mark.kinds} <= set(KINDS)
    assert {mark.list_name for mark in marks if isinstance(mark, ClassedBy)} == {
        "topics", "levels", "fields", "audiences", "regions",
    }  # fmt: skip


class _Inner(BaseModel):
    either: PolicyRef | None = None
    listed: Many[Prose] = ()


class _Odd(Record):
    kind = "odd"
    plain: PolicyRef
    optional: AnyRef | None = None
    listed: Many[TopicId] = ()
    listed_or_none: Many[PolicyRef] | None = None
    inner: _Inner | None = None
    many_inner: Many[_Inner] = ()


def test_marks_are_found_however_the_field_is_declared() -> None:
    walked = _walked(_Odd)
    assert walked == dict(_expected(_Odd))
    assert walked["plain",] == walked["many_inner", 1, "either"] == walked["listed_or_none", 0] == RefersTo(("policy",))
    assert walked["inner", "listed", 1] == IsProse()


@pytest.mark.parametrize("kind", KINDS)
def test_readable_texts_are_the_values_of_the_leaves_that_readers_see(kind: str) -> None:
    record = _full(KINDS[kind])
    seen = [leaf for leaf in leaves(record) if leaf.field.is_readable]
    assert readable_texts(record) == [leaf.value for leaf in seen]
    assert seen and not any(isinstance(leaf.mark, RefersTo | ClassedBy) for leaf in seen)


def test_the_names_of_a_field_are_those_of_its_path() -> None:
    for model in KINDS.values():
        for leaf in leaves(_full(model)):
            assert leaf.field.names == tuple(part for part in leaf.path if isinstance(part, str))

"""Walk the texts of a record: its references, its classes, its prose, its names."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from lunxun.records.base import ClassedBy, IsProse, RefersTo

Mark = RefersTo | ClassedBy | IsProse | None
Path = tuple[str | int, ...]

# Fields that hold identifiers, quotations of a raw text, addresses or wrong forms on purpose.
_UNREAD = frozenset(
    {"id", "printed", "page", "sha256", "file", "variants", "outdated", "figures_left_out", "titles_left_out",
     "phrases_left_out", "quality", "on", "no", "as_of", "replaced_by", "enemies", "digest",
     "include", "exclude", "asked"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field that may hold text, the same for all records of a kind: the names that lead to it, and its mark."""

    names: tuple[str, ...]
    mark: Mark
    is_readable: bool
    """Whether readers see its texts."""
    inner: dict[type, Fields] = dataclasses.field(default_factory=dict, repr=False)
    """The fields of the models that were met in it; none for what is no model."""


Fields = tuple[tuple[str, Field], ...]
"""The fields of a model that may hold text, by their names."""


class Leaf(NamedTuple):
    """A text inside a record: where it stands, what it says, and of which field it is."""

    path: Path
    value: str
    field: Field

    @property
    def mark(self) -> Mark:
        """Tell what its field is marked as."""
        return self.field.mark


def leaves(model: BaseModel) -> list[Leaf]:
    """List every text of a record, in the order of its fields."""
    found: list[Leaf] = []
    _walk(model.__dict__, _fields(type(model), ()), (), found)
    return found


def readable_texts(model: BaseModel) -> list[str]:
    """List the texts of a record that readers see, without their paths: where most records have nothing to find."""
    found: list[str] = []
    _collect(model.__dict__, _fields(type(model), ()), found)
    return found


def _walk(values: dict[str, Any], fields: Fields, path: Path, found: list[Leaf]) -> None:
    for name, field in fields:
        value = values[name]
        if type(value) is str:
            found.append(Leaf((*path, name), value, field))
        elif not value:
            pass  # as most fields are
        elif type(value) is tuple:
            _walk_items(value, field, (*path, name), found)
        elif below := _below(field, type(value)):
            _walk(value.__dict__, below, (*path, name), found)


def _walk_items(items: tuple[Any, ...], field: Field, path: Path, found: list[Leaf]) -> None:
    for index, item in enumerate(items):
        if type(item) is str:
            found.append(Leaf((*path, index), item, field))
        elif type(item) is tuple:
            _walk_items(item, field, (*path, index), found)
        elif below := _below(field, type(item)):
            _walk(item.__dict__, below, (*path, index), found)


def _collect(values: dict[str, Any], fields: Fields, found: list[str]) -> None:
    for name, field in fields:
        value = values[name]
        if type(value) is str:
            if field.is_readable:
                found.append(value)
        elif not value:
            pass
        elif type(value) is tuple:
            _collect_items(value, field, found)
        elif below := _below(field, type(value)):
            _collect(value.__dict__, below, found)


def _collect_items(items: tuple[Any, ...], field: Field, found: list[str]) -> None:
    for item in items:
        if type(item) is str:
            if field.is_readable:
                found.append(item)
        elif type(item) is tuple:
            _collect_items(item, field, found)
        elif below := _below(field, type(item)):
            _collect(item.__dict__, below, found)


def _below(field: Field, kind: type) -> Fields:
    found = field.inner.get(kind)
    if found is None:
        found = field.inner[kind] = _fields(kind, field.names) if issubclass(kind, BaseModel) else ()
    return found


@cache
def _fields(model: type[BaseModel], names: tuple[str, ...]) -> Fields:
    """List the fields of a model that may hold text, each as it is reached by these names."""
    return tuple(
        (name, _field((*names, name), _mark_of(info.metadata, info.annotation)))
        for name, info in model.model_fields.items()
        if _holds_text(info.annotation)
    )


def _field(names: tuple[str, ...], mark: Mark) -> Field:
    return Field(names, mark, not isinstance(mark, RefersTo | ClassedBy) and not _UNREAD.intersection(names))


def _holds_text(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, str | BaseModel)
    # Literals are texts too.
    return any(isinstance(inner, str) or _holds_text(inner) for inner in get_args(annotation))


def _mark_of(metadata: list[Any], annotation: Any) -> Mark:
    for item in metadata:
        if isinstance(item, RefersTo | ClassedBy | IsProse):
            return item
    if get_origin(annotation) is Annotated:
        inner, *extra = get_args(annotation)
        return _mark_of(list(extra), inner)
    if get_origin(annotation) in (tuple, Union) or "|" in str(annotation):
        for inner in get_args(annotation):
            found = _mark_of([], inner)
            if found is not None:
                return found
    return None

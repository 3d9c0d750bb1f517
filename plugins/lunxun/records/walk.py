"""Walk the marked fields of a record: its references, its classes, its prose, its texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

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


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text inside a record: where it stands, what it says, and what its field is marked as."""

    path: Path
    value: str
    mark: Mark


def leaves(model: BaseModel, path: Path = ()) -> Iterator[Leaf]:
    """Yield every text of a record, in the order of its fields."""
    for name, mark in _fields(type(model)):
        yield from _below(getattr(model, name), (*path, name), mark)


def readable_leaves(model: BaseModel) -> Iterator[Leaf]:
    """Yield every text of a record that readers see, without references and what is kept for the record."""
    for leaf in leaves(model):
        if not isinstance(leaf.mark, RefersTo | ClassedBy) and not _UNREAD.intersection(leaf.path):
            yield leaf


def _below(value: Any, path: Path, mark: Mark) -> Iterator[Leaf]:
    if isinstance(value, str):
        yield Leaf(path, value, mark)
    elif isinstance(value, BaseModel):
        yield from leaves(value, path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _below(item, (*path, index), mark)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Mark], ...]:
    return tuple((name, _mark_of(field.metadata, field.annotation)) for name, field in model.model_fields.items())


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

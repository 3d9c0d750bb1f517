"""What the fields of a record are called: looked up along a path, for messages and skeletons."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Location = tuple[str | int, ...]


def field_title(model: type[BaseModel], location: Location) -> str:
    """Give the Chinese title of the field at a location in brackets, or nothing when it has none."""
    owner = _owner(model, location)
    info = owner.model_fields.get(str(location[-1])) if owner else None
    return f"（{info.title}）" if info and info.title else ""


def known_fields(model: type[BaseModel], location: Location) -> list[str]:
    """List the fields that may stand beside the one at a location."""
    owner = _owner(model, location)
    return list(owner.model_fields) if owner else []


def inner_model(info: FieldInfo) -> type[BaseModel] | None:
    """Find the model that a field holds, itself or as the items of a list."""
    return _model_in(info.annotation)


def is_list(info: FieldInfo) -> bool:
    """Tell whether a field holds a list."""
    return get_origin(info.annotation) is tuple


def choices(info: FieldInfo) -> tuple[str, ...]:
    """List the values that a field may have, where they are a closed list."""
    return _choices_in(info.annotation)


def _choices_in(annotation: object) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for inner in get_args(annotation) if (found := _choices_in(inner))), ())


def _owner(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    owner: type[BaseModel] | None = model
    for part in location[:-1]:
        if owner is None:
            return None
        if isinstance(part, str) and part in owner.model_fields:
            owner = inner_model(owner.model_fields[part])
    return owner


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None

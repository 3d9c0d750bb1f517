"""What the fields of a record are called: looked up along a path, for messages and skeletons."""

from __future__ import annotations

from collections.abc import Iterator
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
    """Find the model that a field holds, itself or as the items of a list; the first where there are several."""
    return next(iter(inner_models(info).values()), None)


def inner_models(info: FieldInfo) -> dict[str, type[BaseModel]]:
    """Map the models that a field may hold by the value of their `type`, or by their name where they have none."""
    return {_tag(model): model for model in _models_in(info.annotation)}


def takes_text(info: FieldInfo) -> bool:
    """Tell whether a field, or an item of its list, may be a mere text beside a model."""
    return bool(inner_models(info)) and _has_text(info.annotation)


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
    choice: dict[str, type[BaseModel]] = {}
    for part in location[:-1]:
        if owner is None:
            return None
        if isinstance(part, str) and part in choice:
            owner = choice[part]  # the branch of a union, which a location names
        elif isinstance(part, str) and part in owner.model_fields:
            choice = inner_models(owner.model_fields[part])
            owner = next(iter(choice.values()), None)
    return owner


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for inner in get_args(annotation):
            yield from _models_in(inner)


def _has_text(annotation: Any) -> bool:
    return annotation is str or any(map(_has_text, get_args(annotation)))


def _tag(model: type[BaseModel]) -> str:
    info = model.model_fields.get("type")
    values = choices(info) if info else ()
    return values[0] if values else model.__name__

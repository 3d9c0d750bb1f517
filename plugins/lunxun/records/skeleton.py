"""A commented YAML skeleton of a kind, made from its fields."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lunxun.records.base import IsProse
from lunxun.records.fields import choices, inner_model, is_list, takes_text
from lunxun.records.record import Record


def skeleton(model: type[Record]) -> str:
    """Write a file for a new record: required fields open, optional ones commented out."""
    head = [
        f"# yaml-language-server: $schema=../../schemas/{model.kind}.schema.json",
        f"# {model.kind_name}。不用的字段整行删去；以 # 开头的行是说明或可选字段。",
    ]
    return "\n".join([*head, *_fields(model, "")]) + "\n"


def _fields(model: type[BaseModel], indent: str) -> Iterator[str]:
    infos = model.model_fields.items()
    for name, info in sorted(infos, key=lambda item: not _is_open(model, *item)):
        yield f"{indent}# {info.title}{_hint(info)}"
        if _is_open(model, name, info):
            yield from _open_field(name, info, indent)
        else:
            yield f"{indent}# {name}: {_example(info)}".rstrip()


def _is_open(model: type[BaseModel], name: str, info: FieldInfo) -> bool:
    return info.is_required() or (issubclass(model, Record) and name in model.asked)


def _open_field(name: str, info: FieldInfo, indent: str) -> Iterator[str]:
    inner = None if takes_text(info) else inner_model(info)
    if inner is None:
        yield f"{indent}{name}: {_example(info)}".rstrip()
        return
    yield f"{indent}{name}:"
    lines = list(_fields(inner, indent + "    " if is_list(info) else indent + "  "))
    if is_list(info):
        first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lines[first] = f"{indent}  - {lines[first].lstrip()}"
    yield from lines


def _hint(info: FieldInfo) -> str:
    allowed = choices(info)
    told = "、".join(allowed) if allowed else info.description
    return f"：{told}" if told else ""


def _example(info: FieldInfo) -> str:
    if any(isinstance(item, IsProse) for item in info.metadata):
        return "|"
    allowed = choices(info)
    if info.is_required() and len(allowed) == 1:
        return allowed[0]
    return "[]" if is_list(info) else ""

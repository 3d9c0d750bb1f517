"""Reference pages made from the code: what each rule is, and what each field of a record means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lunxun.checks.register import rule_infos
from lunxun.records.fields import choices, inner_models, is_list
from lunxun.records.kinds import KINDS
from lunxun.records.taxonomy import Taxonomy
from lunxun.site import addresses
from lunxun.site.context import PageContext
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.templating import template


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the reference shows it; `path` names it inside its record."""

    path: str
    title: str
    required: bool
    many: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class KindTable:
    """The fields of one kind of record."""

    id: str
    name: str
    folder: str
    rows: tuple[FieldRow, ...]


def reference_pages(renderer: ProseRenderer) -> Iterator[SitePage]:
    """Render the page of rules and the page of record formats."""
    page = PageContext(renderer, addresses.RULES)
    body = template("rules").render(page=page, rules=rule_infos())
    yield SitePage(addresses.RULES, "检查规则", body, page.headings, "检查内容的全部规则、理由和改法")
    page = PageContext(renderer, addresses.FORMAT)
    body = template("format").render(page=page, tables=_tables())
    yield SitePage(addresses.FORMAT, "记录格式", body, page.headings, "各类记录有哪些字段，怎样填写")


def _tables() -> tuple[KindTable, ...]:
    kinds = (KindTable(kind, model.kind_name, model.folder, tuple(_rows(model))) for kind, model in KINDS.items())
    taxonomy = KindTable("taxonomy", "分类表", "taxonomy.yml", tuple(_rows(Taxonomy)))
    return (*kinds, taxonomy)


def _rows(model: type[BaseModel], prefix: str = "", is_part: bool = False) -> Iterator[FieldRow]:
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        yield _row(path, name, info)
        branches = inner_models(info)
        if len(branches) == 1:
            yield from _rows(next(iter(branches.values())), f"{path}.")
        elif branches and not is_part:
            yield from _branches(branches, path)


def _branches(branches: Mapping[str, type[BaseModel]], path: str) -> Iterator[FieldRow]:
    """List what several models may stand for one field: what all have, then what each has of its own."""
    first, *others = branches.values()
    shared = [name for name in first.model_fields if all(_is_same(name, first, other) for other in others)]
    for name in shared:
        yield _row(f"{path}.{name}", name, first.model_fields[name])
    for branch, model in branches.items():
        prefix = f"{path}（{branch}）."
        for row in _rows(model, prefix, is_part=True):
            if row.path.removeprefix(prefix).partition(".")[0] not in shared:
                yield row


def _is_same(name: str, first: type[BaseModel], other: type[BaseModel]) -> bool:
    one, another = first.model_fields[name], other.model_fields.get(name)
    return another is not None and (one.annotation, one.description) == (another.annotation, another.description)


def _row(path: str, name: str, info: FieldInfo) -> FieldRow:
    return FieldRow(path, info.title or name, info.is_required(), is_list(info), _explanation(info))


def _explanation(info: FieldInfo) -> str:
    allowed = choices(info)
    parts = [info.description or "", f"只能是：{'、'.join(allowed)}" if allowed else ""]
    return "。".join(part for part in parts if part)

"""Reference pages made from the code: what each rule is, and what each field of a record means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lunxun.checks.register import rule_infos
from lunxun.records.fields import choices, inner_model, is_list
from lunxun.records.kinds import KINDS
from lunxun.records.taxonomy import Taxonomy
from lunxun.site.context import PageContext
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.templating import template

RULES = "about/rules.html"
FORMAT = "about/format.html"


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
    page = PageContext(renderer, RULES)
    body = template("rules").render(page=page, rules=rule_infos())
    yield SitePage(RULES, "检查规则", body, page.headings, "检查内容的全部规则、理由和改法")
    page = PageContext(renderer, FORMAT)
    body = template("format").render(page=page, tables=_tables())
    yield SitePage(FORMAT, "记录格式", body, page.headings, "各类记录有哪些字段，怎样填写")


def _tables() -> tuple[KindTable, ...]:
    kinds = (KindTable(kind, model.kind_name, model.folder, tuple(_rows(model))) for kind, model in KINDS.items())
    taxonomy = KindTable("taxonomy", "分类表", "taxonomy.yml", tuple(_rows(Taxonomy)))
    return (*kinds, taxonomy)


def _rows(model: type[BaseModel], prefix: str = "") -> Iterator[FieldRow]:
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        yield FieldRow(path, info.title or name, info.is_required(), is_list(info), _explanation(info))
        inner = inner_model(info)
        if inner is not None:
            yield from _rows(inner, f"{path}.")


def _explanation(info: FieldInfo) -> str:
    allowed = choices(info)
    parts = [info.description or "", f"只能是：{'、'.join(allowed)}" if allowed else ""]
    return "。".join(part for part in parts if part)

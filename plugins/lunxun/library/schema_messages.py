"""What pydantic complains about, said to an editor in Chinese, at the place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lunxun.findings import Finding
from lunxun.library.document import Document, Path
from lunxun.library.structure_rules import SCHEMA
from lunxun.records.fields import field_title, known_fields
from lunxun.records.question_types import TYPES

_TYPES = {
    "string_type": ("应是文字", '若内容像数字，加引号写成 "2023"。'),
    "int_type": ("应是整数", "只写阿拉伯数字，不加引号。"),
    "float_type": ("应是数字", "只写阿拉伯数字，不加引号；单位写在 unit。"),
    "bool_type": ("应是 true 或 false", "小写，不加引号。"),
    "tuple_type": ("应是列表", "每一项另起一行，以“- ”开头。"),
    "model_type": ("应是一组字段", "每个字段另起一行，写成“字段: 内容”，缩进两个空格。"),
    "model_attributes_type": ("应是一组字段", "每个字段另起一行，写成“字段: 内容”，缩进两个空格。"),
    "string_too_short": ("是空的", "写上内容，或删去这个字段。"),
}
_LIMITS = {
    "string_too_long": "太长：最多 {max_length}",
    "too_long": "太长：最多 {max_length}",
    "too_short": "太少：至少 {min_length} 项",
    "greater_than_equal": "太小：至少 {ge}",
    "greater_than": "太小：至少 {gt}",
    "less_than_equal": "太大：至多 {le}",
    "less_than": "太大：至多 {lt}",
}


def schema_findings(error: ValidationError, document: Document, model: type[BaseModel]) -> Iterator[Finding]:
    """Turn validation errors into findings, one for each place."""
    seen: set[tuple[Path, bool]] = set()
    # Where any number will do, being no integer is not the point.
    for detail in sorted(error.errors(include_url=False), key=lambda detail: detail["type"] == "int_type"):
        path = _known_path(detail["loc"], document)
        of_key = detail["type"] == "extra_forbidden"
        if (path, of_key) in seen and detail["type"] != "missing":
            continue  # the other branches of a union say the same
        seen.add((path, of_key))
        message, remedy = _explain(detail, path, model)
        yield SCHEMA.at(document.place(path, of_key=of_key), message, remedy)


def _known_path(loc: tuple[str | int, ...], document: Document) -> Path:
    # The location also names the branches of unions; only its longest prefix that is in the file counts.
    path: Path = ()
    for part in loc:
        if (*path, part) in document.values:
            path = (*path, part)
    return path


def _explain(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    name = _name(detail["loc"], path)
    if kind == "missing":
        return _missing(name, detail["loc"], model)
    if kind == "extra_forbidden":
        return f"不认识的字段 {name}", _suggest(name, model, detail["loc"])
    if kind in ("literal_error", "union_tag_not_found", "union_tag_invalid"):
        return _not_a_choice(kind, name, context, detail)
    if kind in _TYPES and detail["input"] is None:
        return f"{name}{field_title(model, detail['loc'])}还没有填写", "写上内容；不需要的字段整行删去。"
    if kind in _TYPES:
        message, remedy = _TYPES[kind]
        return f"{name} {message}", remedy
    return f"{name} {_bounded(kind, context, detail)}", ""


def _not_a_choice(kind: str, name: str, context: dict[str, Any], detail: ErrorDetails) -> tuple[str, str]:
    if kind == "union_tag_not_found":
        return "没有写题型", f"加一行“type: …”，只能是：{'、'.join(TYPES)}。"
    if kind == "union_tag_invalid":
        return f"没有题型“{_short(context['tag'])}”", f"只能是：{_chinese_or(context['expected_tags'])}。"
    return f"{name} 的内容“{_short(detail['input'])}”不在可选之列", f"只能是：{_chinese_or(context['expected'])}。"


def _missing(name: str, loc: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str]:
    missing = loc[-1]
    if isinstance(missing, int):
        return f"{name} 少了一项", "写全，如 [1, 20]。"
    return f"缺少字段 {missing}{field_title(model, loc)}", f"加一行“{missing}: …”。"


def _bounded(kind: str, context: dict[str, Any], detail: ErrorDetails) -> str:
    if kind == "value_error":
        return f"不合要求：{context['error']}"
    if kind == "string_pattern_mismatch":
        return f"的写法“{_short(detail['input'])}”不对：只用规定的字符（多为小写字母、数字和短横）"
    if kind in _LIMITS:
        return _LIMITS[kind].format(**context)
    return f"的内容“{_short(detail['input'])}”不合要求"


def _suggest(name: str, model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    known = known_fields(model, loc)
    close = get_close_matches(name, known, n=1)
    if close:
        return f"是不是 {close[0]}？"
    return f"这里可用的字段：{'、'.join(known)}。" if known else ""


def _name(loc: tuple[str | int, ...], path: Path) -> str:
    named = [str(part) for part in (path or loc) if isinstance(part, str)]
    return named[-1] if named else "记录"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 30 else text[:30] + "…"


def _chinese_or(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")

"""JSON Schema of each kind, for editors that complete and check while typing."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from lunxun.records.kinds import KINDS
from lunxun.records.taxonomy import Taxonomy

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Map file names to JSON Schema texts: one for each kind, and one for the taxonomy."""
    models: dict[str, tuple[type[BaseModel], str]] = {kind: (model, model.kind_name) for kind, model in KINDS.items()}
    models["taxonomy"] = (Taxonomy, "分类表")
    return {f"{name}.schema.json": _text(model, title) for name, (model, title) in models.items()}


def _text(model: type[BaseModel], title: str) -> str:
    schema: dict[str, Any] = model.model_json_schema()
    schema = {"$schema": _DIALECT, **schema, "title": title}
    return json.dumps(_without_docstrings(schema), ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def _without_docstrings(node: Any) -> Any:
    # Class docstrings are for developers, in English; field descriptions are for editors, in Chinese.
    if isinstance(node, list):
        return [_without_docstrings(item) for item in node]
    if not isinstance(node, dict):
        return node
    is_object = node.get("type") == "object" and "properties" in node
    return {key: _without_docstrings(value) for key, value in node.items() if not (is_object and key == "description")}

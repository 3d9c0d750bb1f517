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
    schema = {"$schema": _DIALECT, "title": title, **_without_english(model.model_json_schema())}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def _without_english(node: Any) -> Any:
    # Names and docstrings of classes are for developers; titles and descriptions of fields are for editors.
    if isinstance(node, list):
        return [_without_english(item) for item in node]
    if not isinstance(node, dict):
        return node
    is_class = node.get("type") == "object" and "properties" in node
    left_out = ("title", "description") if is_class else ()
    return {key: _without_english(value) for key, value in node.items() if key not in left_out}

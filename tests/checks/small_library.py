"""A small library with one source, one term and what else a test needs, built from YAML files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lunxun.checks.source_texts import SourceText, read_source_texts
from lunxun.findings import Finding
from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.records.references import Key

SOURCE = Key("source", "src-a")
TERM = Key("term", "grid")
RAW_FILE = "000.txt"

_NO_LISTS: dict[str, list[str]] = {name: [] for name in ("topics", "levels", "fields", "audiences", "regions")}


@dataclass(frozen=True, slots=True)
class Small:
    """A loaded library, its raw texts, and the findings of reading them."""

    library: Library
    texts: Mapping[Key, SourceText]
    findings: tuple[Finding, ...]


def small_library(folder: Path, raw: str, facts: Sequence[Mapping[str, Any]] = (), **source: Any) -> Small:
    """Build a library whose one source has this raw text, and whose one term has these facts."""
    content, texts = folder / "content", folder / "sources"
    texts.mkdir(parents=True, exist_ok=True)
    (texts / RAW_FILE).write_text(raw, encoding="utf-8", newline="")
    sha256 = hashlib.sha256(raw.encode()).hexdigest()
    named: dict[str, Any] = {
        "title": "来源",
        "summary": "一段原文。",
        "genre": "其他",
        "language": "繁体",
        "rights": "只取事实",
        "self_reported": True,
        "raw": {"file": RAW_FILE, "sha256": sha256, "body": [1, raw.count("\n") + 1]},
    }
    write(content / "taxonomy.yml", _NO_LISTS)
    write(content / "sources/src-a.yml", {**named, **source})
    write(content / "terms/grid.yml", term("网格", facts=[{"id": f"f{n}", **fact} for n, fact in enumerate(facts)]))
    return reload(folder)


def reload(folder: Path) -> Small:
    """Read again what `small_library` built and the test has changed since."""
    loaded = load(folder / "content")
    assert not loaded.findings, loaded.findings
    texts, findings = read_source_texts(folder / "sources", loaded.library)
    return Small(loaded.library, texts, findings)


def fact(value: Any, unit: str, line: int = 1, **more: Any) -> dict[str, Any]:
    """Write a fact of the source; `printed` goes where it belongs."""
    printed = {"printed": more.pop("printed")} if "printed" in more else {}
    return {"label": "数", "value": value, "unit": unit, "source": {"id": "src-a", "line": line, **printed}, **more}


def term(title: str, **more: Any) -> dict[str, Any]:
    """Write a term with what a term must have."""
    required = {
        "title": title,
        "summary": "释义。",
        "scope": "national",
        "definition": "释义。",
        "certainty": "单一来源",
    }
    return {**required, **more}


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write one YAML file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False), encoding="utf-8")

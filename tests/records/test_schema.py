"""The committed JSON Schemas are those of the records, and judge as the program does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

import make_schemas
from environment import ROOT
from lunxun.library.files import RecordFile, record_files
from lunxun.library.load import load
from lunxun.library.reading import read_record
from lunxun.library.yaml_reader import read_yaml
from lunxun.records.schema import schemas
from tests.contents import BAD, GOOD

# What a JSON Schema cannot say.
_BEYOND = {"both-expansions", "range-downwards", "bad-date", "blank-title"}


def _validator(name: str) -> Any:
    schema = json.loads(schemas()[f"{name}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_committed_schemas_are_current() -> None:
    assert make_schemas.differences() == [], "请运行 python scripts/make_schemas.py"


@pytest.mark.parametrize("content", [GOOD, ROOT / "content"], ids=["good", "content"])
def test_every_record_of_a_content_folder_is_valid(content: Path) -> None:
    loaded = load(content)
    validators = {name.split(".")[0]: _validator(name.split(".")[0]) for name in schemas()}
    faults = [
        f"{entry.document.file}: {error.json_path} {error.message}"
        for entry in loaded.library.entries.values()
        for error in validators[entry.key.kind].iter_errors(entry.document.data)
    ]
    faults += [error.message for error in validators["taxonomy"].iter_errors(loaded.library.taxonomy_document.data)]
    assert faults == []


def test_what_breaks_the_schema_rule_breaks_the_json_schema() -> None:
    validator = _validator("term")
    files, _ = record_files(BAD, "bad")
    judged = set()
    for file in files:
        loaded = _schema_fault(Path(file.path))
        if loaded is not None and file.id not in _BEYOND:
            assert not validator.is_valid(loaded), file.id
            judged.add(file.id)
    assert len(judged) > 20


def test_titles_and_descriptions_are_chinese() -> None:
    for name, text in schemas().items():
        assert [word for word in _words(json.loads(text)) if word.isascii() and word != "SHA-256"] == [], name


def test_writing_renews_and_prunes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "schemas"
    assert make_schemas.main([], folder) == 0
    assert {path.name for path in folder.iterdir()} == set(schemas())
    assert make_schemas.main(["--check"], folder) == 0
    (folder / "case.schema.json").write_text("{}", encoding="utf-8")
    (folder / "person.schema.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    assert make_schemas.main(["--check"], folder) == 1
    said = capsys.readouterr().out
    assert "case.schema.json" in said
    assert "person.schema.json" in said
    assert (folder / "case.schema.json").read_text("utf-8") == "{}"
    assert make_schemas.main([], folder) == 0
    assert make_schemas.differences(folder) == []
    assert make_schemas.main(["--wrong"], folder) == 2


def _schema_fault(path: Path) -> Any:
    """Give the data of a file that is YAML but no record; nothing for other files."""
    try:
        document, findings = read_yaml(path.name, path.read_text("utf-8"))
    except UnicodeDecodeError:
        return None
    if document is None or findings or document.data is None:
        return None
    _, faults = read_record(RecordFile(str(path), path.name, path.stem), "term")
    return document.data if "schema" in {finding.rule for finding in faults} else None


def _words(node: Any) -> list[str]:
    if isinstance(node, list):
        return [word for item in node for word in _words(item)]
    if not isinstance(node, dict):
        return []
    own = [node[key] for key in ("title", "description") if isinstance(node.get(key), str)]
    return own + [word for value in node.values() for word in _words(value)]

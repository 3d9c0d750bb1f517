"""A new record parses as it stands, and says no more than that it has to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lunxun.library.files import RecordFile
from lunxun.library.reading import read_record
from lunxun.library.yaml_reader import read_yaml
from lunxun.records.kinds import KINDS
from lunxun.records.skeleton import skeleton

_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_yaml(kind: str) -> None:
    document, findings = read_yaml("new.yml", skeleton(KINDS[kind]))
    assert not findings
    assert document is not None
    required = {name for name, info in KINDS[kind].model_fields.items() if info.is_required()}
    assert isinstance(document.data, dict)
    assert required <= set(document.data) <= set(KINDS[kind].model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unfilled_record_lacks_only_its_contents(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "new.yml"
    path.write_text(skeleton(KINDS[kind]), encoding="utf-8")
    entry, findings = read_record(RecordFile(str(path), "new.yml", "new"), kind)
    assert entry is None
    assert {finding.rule for finding in findings} == {"schema"}
    assert not [finding for finding in findings if "不认识" in finding.message or "缺少" in finding.message]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_shown_and_explained_in_chinese(kind: str) -> None:
    lines = skeleton(KINDS[kind]).split("\n")
    assert lines[0] == f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json"
    for name in KINDS[kind].model_fields:
        (number,) = [index for index, line in enumerate(lines) if re.match(rf"(# )?{name}:", line)]
        assert _HAN.search(lines[number - 1])


@pytest.mark.parametrize("kind", KINDS)
def test_fields_that_are_uncommented_still_parse(kind: str) -> None:
    text = re.sub(r"(?m)^( *)# ([a-z_]+:)", r"\1\2", skeleton(KINDS[kind]).split("\n", 1)[1])
    document, findings = read_yaml("new.yml", text)
    assert not findings
    assert document is not None
    assert isinstance(document.data, dict)
    assert set(document.data) == set(KINDS[kind].model_fields)

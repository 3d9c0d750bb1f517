"""Places are looked up when a finding needs one, in the very text that the record was made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.checks.checked import load_checked
from lunxun.findings import Place
from lunxun.library.load import load
from lunxun.library.origin import HeldText, Origin, digest_of
from lunxun.library.yaml_reader import read_yaml
from lunxun.records.references import Key
from lunxun.records.walk import leaves
from tests.contents import GOOD, append

_CASE = Key("case", "hexi-grid")


def test_a_good_library_needs_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the strict reader was asked")

    monkeypatch.setattr("lunxun.library.yaml_reader.read_yaml", refuse)
    checked = load_checked(GOOD)
    assert checked.findings == ()
    assert len(checked.library.entries) > 5


def test_places_are_those_of_the_strict_reader() -> None:
    for entry in load(GOOD).library.entries.values():
        assert isinstance(entry.document, Origin)
        text = Path(entry.document.path).read_text("utf-8")
        document, _ = read_yaml(entry.document.file, text)
        assert document is not None
        held = HeldText(entry.document.file, text)
        assert entry.document.data == held.data == document.data
        assert entry.document.place(("title",), of_key=True) == document.place(("title",), of_key=True)
        for leaf in leaves(entry.record):
            assert entry.document.place(leaf.path) == held.place(leaf.path) == document.place(leaf.path)
            for offset in (0, len(leaf.value) - 1):
                place = document.place_of_text(leaf.path, leaf.value, offset)
                assert entry.document.place_of_text(leaf.path, leaf.value, offset) == place
                assert held.place_of_text(leaf.path, leaf.value, offset) == place


def test_a_file_that_has_changed_in_between_has_no_lines(good_content: Path) -> None:
    document = load(good_content).library.entries[_CASE].document
    append(good_content, "cases/hexi-grid", "# 又写了一行\n")
    assert document.place(("lessons",)) == Place("content/cases/hexi-grid.yml")
    assert document.place_of_text(("lessons",), "先划清边界，再配人员。", 3) == Place("content/cases/hexi-grid.yml")
    (good_content / "cases/hexi-grid.yml").unlink()
    again = Origin(document.file, str(good_content / "cases/hexi-grid.yml"), digest_of(b"gone"))
    assert again.place(("lessons",)) == Place("content/cases/hexi-grid.yml")
    assert again.data is None

"""The files of a paper, read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lunxun.cli.main import main
from lunxun.quiz.paper_files import PaperFileError, read_form, read_key

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper") / "forms"
    content = str(ROOT / "content")
    assert main(["paper", "make", "township-final", "--content", content, "--solver", "search", "-o", str(folder)]) == 0
    return folder


def test_form_and_key_number_the_same_questions(made: Path) -> None:
    form, key = read_form(made / "form-a.json"), read_key(made / "key-a.json")
    assert [(number, item.id) for number, item in form.answered()] == [
        (number, item.id) for number, item in key.answered().items()
    ]
    assert sum(item.score for _, item in form.answered()) == form.total


def test_forms_have_different_digests_that_do_not_hang_on_layout(made: Path, tmp_path: Path) -> None:
    one, other = read_form(made / "form-a.json"), read_form(made / "form-b.json")
    assert one.digest != other.digest
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps(json.loads((made / "form-a.json").read_text("utf-8"))), "utf-8")
    assert read_form(copy).digest == one.digest


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"format": 1}', '{"format": 2}', "\x00", "null"])
def test_a_file_that_is_no_form_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "form-x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(PaperFileError, match=r"form-x\.json.*不是"):
        read_form(path)


def test_a_key_is_no_form_and_a_missing_file_is_told(made: Path, tmp_path: Path) -> None:
    with pytest.raises(PaperFileError):
        read_form(made / "key-a.json")
    with pytest.raises(PaperFileError, match="读不出来"):
        read_key(tmp_path / "none.json")

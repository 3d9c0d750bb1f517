"""`lunxun quiz import` and `lunxun quiz export` through the front door."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lunxun.cli import main
from lunxun.library.load import load
from lunxun.library.questions import questions
from lunxun.records.bank import Bank
from tests.contents import add_banks, findings

Output = pytest.CaptureFixture[str]
BANK_ID = "grid-bank"


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the good banks beside the good content."""
    add_banks(good_content)
    return good_content


def _run(*arguments: str | Path) -> int:
    try:
        return main(["quiz", *(str(argument) for argument in arguments)])
    except SystemExit as end:
        return int(end.code or 0)


def _bank(content: Path, name: str) -> Bank:
    return next(bank for entry, bank in load(content).library.of(Bank) if entry.key.id == name)


def _file(folder: Path, text: str) -> Path:
    path = folder / "来件.txt"
    path.write_text(text, encoding="utf-8")
    return path


QUESTION = "1. 【判断】村里的事由村民商量。\n答案：对\n"


def test_a_bank_goes_out_and_comes_back_as_a_draft(content: Path, tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "题.txt"
    assert _run("export", BANK_ID, "--marks", "-o", file, "--content", content) == 0
    (content.parent / f"quizzes/banks/{BANK_ID}.yml").rename(tmp_path / "away.yml")
    shutil.rmtree(content.parent / "quizzes/papers")  # blueprints that draw from the bank by its id
    assert _run("import", file, "again", "--content", content) == 0
    bank = _bank(content, "again")
    assert bank.is_hidden
    assert {question.state for question in bank.questions} == {"待核"}
    assert {question.origin.rule for question in bank.questions if question.origin} == {"import"}
    assert [one for one in findings(content) if one.severity.value == "error"] == []


def test_what_is_missing_is_told_and_marked(content: Path, tmp_path: Path, capsys: Output) -> None:
    assert _run("import", _file(tmp_path, QUESTION), "fresh", "--content", content) == 0
    told = capsys.readouterr().out
    assert all(f"1 题没有{what}" in told for what in ("依据", "解析", "难度", "层次"))
    text = (content.parent / "quizzes/banks/fresh.yml").read_text("utf-8")
    assert "# 待补：解析、依据、难度、层次" in text
    rules = {one.rule for one in findings(content) if "fresh.yml" in one.place.file}
    assert {"reference", "rationale"} <= rules


def test_one_basis_for_all(content: Path, tmp_path: Path) -> None:
    arguments = ("--basis", "hexi-grid", "--title", "新题", "--content", content)
    assert _run("import", _file(tmp_path, QUESTION), "fresh", *arguments) == 0
    bank = _bank(content, "fresh")
    assert bank.title == "新题"
    assert bank.questions[0].basis == ("hexi-grid",)


def test_ids_in_use_are_not_used_again(content: Path, tmp_path: Path, capsys: Output) -> None:
    taken = next(questions(load(content).library)).question.id
    text = f"1. 【判断】问甲。\n答案：对\n题号：{taken}\n2. 【判断】问乙。\n答案：对\n题号：好\n互斥题：{taken}\n"
    assert _run("import", _file(tmp_path, text), "fresh", "--content", content) == 0
    assert [one.id for one in _bank(content, "fresh").questions] == ["fresh-1", "fresh-2"]
    assert _bank(content, "fresh").questions[1].enemies == ("fresh-1",)
    assert f"题号“{taken}”已经有题在用" in capsys.readouterr().out


def test_nothing_is_written_over_or_half(content: Path, tmp_path: Path, capsys: Output) -> None:
    bank = content.parent / f"quizzes/banks/{BANK_ID}.yml"
    before = bank.read_text("utf-8")
    good = _file(tmp_path, QUESTION)
    assert _run("import", good, BANK_ID, "--content", content) == 2
    assert _run("export", BANK_ID, "-o", good, "--content", content) == 2
    assert bank.read_text("utf-8") == before
    assert good.read_text("utf-8") == QUESTION
    bad = _file(tmp_path, QUESTION + "2. 【单选】问（）\nA. 一\nB. 二\n答案：F\n")
    new = bank.with_name("fresh.yml")
    assert _run("import", bad, "fresh", "--content", content) == 1
    assert not new.exists()
    assert "来件.txt:3:1: 错误[import-form] 第2题" in capsys.readouterr().out
    assert _run("import", bad, "fresh", "--partial", "--content", content) == 1
    assert len(_bank(content, "fresh").questions) == 1
    assert {path.suffix for path in bank.parent.iterdir()} == {".yml"}


def test_a_dry_run_writes_nothing(content: Path, tmp_path: Path) -> None:
    assert _run("import", _file(tmp_path, QUESTION), "fresh", "--dry-run", "--content", content) == 0
    assert not (content.parent / "quizzes/banks/fresh.yml").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "no-such.txt", "fresh"), "没有文件"),
        (("import", "a.pdf", "fresh"), "什么格式"),
        (("import", "a.txt", "Bad Id"), "不能用作编号"),
        (("export", "no-such", "-o", "a.txt"), "没有题库"),
        (("export",), "写明题库编号"),
        (("export", "--template", "a.pdf"), "什么格式"),
    ],
)
def test_a_wrong_command_is_refused(
    content: Path,
    arguments: tuple[str, ...],
    words: str,
    capsys: Output,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(*arguments, "--content", content) == 2
    assert words in capsys.readouterr().err


def test_figures_leave_as_text(content: Path, tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "题.txt"
    assert _run("export", BANK_ID, "-o", file, "--content", content) == 0
    assert "${" not in file.read_text("utf-8")
    assert "标记换成了文字" in capsys.readouterr().out


def test_a_template_is_written_and_its_examples_are_not_imported(content: Path, tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "模板.txt"
    assert _run("export", "--template", file) == 0
    assert _run("import", file, "fresh", "--content", content) == 1
    told = capsys.readouterr()
    assert "9 道例题没有读" in told.out
    assert "没有可导入的题" in told.err

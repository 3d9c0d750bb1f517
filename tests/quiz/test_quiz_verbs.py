"""`lunxun quiz` through the front door."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.cli import main
from lunxun.library.load import load
from lunxun.library.questions import questions
from tests.contents import BANK, add_banks, edit, place_of

Output = pytest.CaptureFixture[str]


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the good banks beside the good content."""
    add_banks(good_content)
    return good_content


def _run(*arguments: str | Path) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def test_drafts_are_printed_or_written(content: Path, tmp_path: Path, capsys: Output) -> None:
    assert _run("quiz", "draft", "--content", content) == 0
    printed = capsys.readouterr().out
    file = content.parent / "quizzes/banks/drafts.yml"
    assert _run("quiz", "draft", "--content", content, "-o", file) == 0
    told = capsys.readouterr().err
    assert file.read_text("utf-8") == printed
    drafted = [one for one in questions(load(content).library) if one.entry.key.id == "drafts"]
    assert f"起草 {len(drafted)} 题" in told
    assert _run("check", "--content", content) == 0


def test_a_file_is_not_overwritten(content: Path, tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "mine.yml"
    file.write_text("mine", encoding="utf-8")
    assert _run("quiz", "draft", "--content", content, "-o", file) == 2
    assert "已经存在" in capsys.readouterr().err
    assert file.read_text("utf-8") == "mine"
    assert _run("quiz", "draft", "--content", content, "-o", tmp_path / "no/such/folder.yml") == 2
    assert "写不进" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--from", "hexi-grid.rate"), {"fact-hexi-grid-rate", "fact-true-hexi-grid-rate"}),
        (("--from", "hexi-grid.rate", "--rule", "fact"), {"fact-hexi-grid-rate"}),
    ],
)
def test_drafts_are_narrowed(content: Path, arguments: tuple[str, ...], ids: set[str], capsys: Output) -> None:
    assert _run("quiz", "draft", "--content", content, *arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.removeprefix("  - id: ") for line in lines if line.startswith("  - id: ")} == ids


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "nowhere"), "没有“nowhere”"),
        (("--from", "grid-rules@2099"), "没有“grid-rules@2099”"),
        (("--kind", "source"), "没有可起草的题"),
        (("--rule", "poem"), "只能是：fact"),
    ],
)
def test_what_cannot_be_drafted_is_said(
    content: Path, arguments: tuple[str, ...], message: str, capsys: Output
) -> None:
    assert _run("quiz", "draft", "--content", content, *arguments) == 2
    assert message in capsys.readouterr().err


def test_stress_reports_each_bank(content: Path, capsys: Output) -> None:
    assert _run("quiz", "stress", "--content", content) == 0
    out = capsys.readouterr().out
    assert out.startswith("网格知识（grid-bank）：10 题\n")
    assert "题型：单选 2、多选 1、判断 2、填空 1、匹配 1、排序 1、简答 1、论述 1、案例分析 1" in out
    assert out.endswith("错误 0 处、提醒 0 处、说明 0 处。\n")


def test_stress_tells_the_findings_of_the_bank_asked_for(content: Path, capsys: Output) -> None:
    edit(content, BANK, "key: AC", "key: AE")
    edit(content, "terms/hexi-bell", "scope: local", "scope: county")
    assert _run("quiz", "stress", "grid-bank", "--content", content) == 1
    out = capsys.readouterr().out
    assert f"{place_of(content, BANK, 'AE')}: 错误[question-form]" in out
    assert "hexi-bell" not in out


def test_stress_of_a_bank_that_cannot_be_read_says_why(content: Path, capsys: Output) -> None:
    edit(content, BANK, "type: 论述", "type: 作文")
    assert _run("quiz", "stress", "grid-bank", "--content", content) == 1
    assert "没有题型“作文”" in capsys.readouterr().out


def test_stress_without_banks_says_so(good_content: Path, content: Path, capsys: Output) -> None:
    assert _run("quiz", "stress", "no-such-bank", "--content", content) == 2
    assert "没有题库“no-such-bank”" in capsys.readouterr().err
    assert _run("quiz", "stress", "--content", content, "--quizzes", content / "none") == 2
    assert "还没有题库" in capsys.readouterr().err


def test_impact_names_the_question(content: Path, capsys: Output) -> None:
    assert _run("impact", "grid-rules@2023#14-2", "--content", content) == 0
    assert "题库“网格知识”的题目 grid-bank-hours" in capsys.readouterr().out

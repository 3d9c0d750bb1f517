"""`lunxun paper make` through the front door: what the files hold, and what they do not."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from lunxun.cli import main
from lunxun.library.load import load
from lunxun.library.questions import questions
from lunxun.quiz import assembly_exact
from lunxun.quiz.asked import Asker
from lunxun.records.question_types import Choice, Matching, Ordering
from tests.contents import BANK, PAPER, add_banks, append, edit, path_of

Output = pytest.CaptureFixture[str]
_TYPES = ["单选", "多选", "判断", "填空", "匹配", "排序", "简答", "案例分析"]


@pytest.fixture
def content(good_content: Path) -> Path:
    """Put the good banks and their blueprint beside the good content."""
    add_banks(good_content)
    return good_content


def _run(*arguments: str | Path) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def _make(content: Path, *more: str | Path, output: str = "out") -> tuple[int, Path]:
    folder = content.parent / output
    code = _run("paper", "make", "grid-paper", "--content", content, "-o", folder, "--solver", "search", *more)
    return code, folder


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_a_form_has_its_sections_and_scores(content: Path, capsys: Output) -> None:
    code, folder = _make(content)
    assert code == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert "各套难度最大相差 0.000" in told
    assert sorted(path.name for path in folder.iterdir()) == ["form-a.json", "items-a.csv", "key-a.json", "table-a.csv"]
    form = _json(folder / "form-a.json")
    assert [section["type"] for section in form["sections"]] == _TYPES
    items = [item for section in form["sections"] for item in section["items"]]
    assert sum(item["score"] for item in items) == form["total"] == 30
    assert [item["no"] for item in items] == list(range(1, 9))
    (case,) = form["sections"][-1]["items"]
    assert [part["no"] for part in case["parts"]] == [1, 2]
    assert sum(part["score"] for part in case["parts"]) == 10
    assert not list(content.parent.glob("*.making-*"))


def test_a_form_holds_nothing_of_the_key(content: Path) -> None:
    _, folder = _make(content)
    text = (folder / "form-a.json").read_text("utf-8")
    bank = yaml.safe_load(path_of(content, BANK).read_text("utf-8"))
    asked = [part for one in bank["questions"] for part in (one, *one.get("questions", ()))]
    assert not any(one["rationale"].strip()[:12] in text for one in asked)
    assert not any(f'"{word}"' in text for word in ("key", "basis", "rationale", "order", "seed", "difficulty", "why"))
    assert "小院是住户议事" not in text  # the model answer
    key = (folder / "key-a.json").read_text("utf-8")
    assert "小院是住户议事" in key
    assert "320个" in key


def test_the_key_fits_the_shuffled_form(content: Path) -> None:
    library = load(content).library
    seen = set()
    for seed in range(30):
        asker = Asker(library, str(seed))
        for placed in questions(library):
            asked, key = asker.ask(placed, 8)
            question = placed.question
            if isinstance(question, Choice):
                chosen = {asked["options"]["ABCDEFGHIJ".index(letter)] for letter in key["key"]}
                assert chosen == {placed.said(library, question.option_texts[place]) for place in question.keyed}
                assert key["key"] == "".join(sorted(key["key"]))
            elif isinstance(question, Matching):
                rights = [asked["rights"]["ABCDEFGHIJ".index(letter)] for letter in key["key"]]
                assert rights == [placed.said(library, pair.right) for pair in question.key]
                assert len(asked["rights"]) == 3
            elif isinstance(question, Ordering):
                steps = [asked["steps"]["ABCDEFGHIJ".index(letter)] for letter in key["key"]]
                assert steps == list(question.key) != asked["steps"]
            seen.add(json.dumps(asked, ensure_ascii=False))
    assert len(seen) > 2 * len(list(questions(library)))


def test_the_same_seed_gives_the_same_bytes_in_whatever_order_questions_stand(content: Path) -> None:
    _, first = _make(content)
    path = path_of(content, BANK)
    bank = yaml.safe_load(path.read_text("utf-8"))
    random.Random(1).shuffle(bank["questions"])
    path.write_text(yaml.safe_dump(bank, allow_unicode=True), encoding="utf-8")
    code, second = _make(content, output="again")
    assert code == 0
    for name in ("form-a.json", "key-a.json", "table-a.csv", "items-a.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
    _, third = _make(content, "--seed", "5", output="other")
    assert (first / "form-a.json").read_bytes() != (third / "form-a.json").read_bytes()


def test_the_table_adds_up(content: Path) -> None:
    _, folder = _make(content)
    with (folder / "table-a.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows, total, _ = list(csv.reader(file))
    assert head[0] == "主题"
    assert all(len(row) == len(head) for row in (*rows, total))
    for column in range(1, len(head)):
        assert sum(float(row[column]) for row in rows) == float(total[column])
    assert total[-2:] == ["9", "30"]


def test_forms_that_cannot_be_made_are_explained(content: Path, capsys: Output) -> None:
    code, folder = _make(content, "--forms", "2")
    assert code == 1
    told = capsys.readouterr().out
    assert "两套卷相同的题：要求至多 0 题" in told
    assert not folder.exists()


def test_a_blueprint_with_errors_makes_no_paper(content: Path, capsys: Output) -> None:
    edit(content, PAPER, "total: 30", "total: 31")
    assert _make(content)[0] == 1
    assert "paper-sums" in capsys.readouterr().out
    edit(content, PAPER, "minutes: 30", "minutes: soon")
    assert _make(content)[0] == 1
    assert "schema" in capsys.readouterr().out


def test_a_question_with_a_wrong_key_is_not_asked(content: Path, capsys: Output) -> None:
    edit(
        content, BANK, "options: [一名, 两名, 三名, 四名]\n    key: A", "options: [一名, 两名, 三名, 四名]\n    key: E"
    )
    assert _make(content)[0] == 1
    assert "question-form" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        ("since: 2024-05", "since: 2024-01", "单选题的题数"),
        ("mode: 考试", "mode: 练习", None),
        ("exclude: [grid-bank-essay]", "exclude: [grid-bank-order]", "排序题的题数"),
    ],
)
def test_what_may_be_asked_is_narrowed(content: Path, capsys: Output, old: str, new: str, lacking: str | None) -> None:
    edit(content, PAPER, old, new)
    assert _make(content)[0] == (1 if lacking else 0)
    assert lacking is None or f"{lacking}要 1 题，题库里最多能凑出 0 题" in capsys.readouterr().out


def test_a_bank_for_exams_serves_no_practice(content: Path, capsys: Output) -> None:
    edit(content, BANK, "audiences:", "use: 考试\naudiences:")
    assert _make(content)[0] == 0
    edit(content, PAPER, "mode: 考试", "mode: 练习")
    assert _make(content, output="practice")[0] == 1
    assert "在考试题库里，练习卷不能用" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("no-such",), "没有试卷蓝图“no-such”"),
        (("grid-paper", "--forms", "0"), "--forms 写 1 到 20"),
        (("grid-paper", "--seed", "-1"), "--seed 写 0 到"),
        (("grid-paper", "--content", "nowhere"), "没有内容文件夹"),
    ],
)
def test_what_cannot_be_done_is_refused(content: Path, capsys: Output, arguments: tuple[str, ...], told: str) -> None:
    output = ("-o", content.parent / "out", "--solver", "search")
    assert _run("paper", "make", "--content", content, *output, *arguments) == 2
    assert told in capsys.readouterr().err


def test_nothing_is_overwritten(content: Path, capsys: Output) -> None:
    folder = content.parent / "out"
    folder.mkdir()
    assert _make(content)[0] == 2
    assert "已经存在" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_without_the_solver_its_absence_is_told(content: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly_exact, "is_there", lambda: False)
    output = content.parent / "out"
    assert _run("paper", "make", "grid-paper", "--content", content, "-o", output, "--solver", "exact") == 2
    assert "lunxun[papers]" in capsys.readouterr().err
    assert _run("paper", "make", "grid-paper", "--content", content, "-o", output) == 0
    assert "近似搜索" in capsys.readouterr().out


def test_linked_parts_and_unknown_banks_are_findings(content: Path, capsys: Output) -> None:
    edit(content, PAPER, "[grid-bank-count]", "[grid-bank-case-mend]")
    append(content, PAPER, "notes: [带好笔。]\n")
    assert _run("check", "--content", content) == 1
    assert "整则材料一起选" in capsys.readouterr().out
    edit(content, PAPER, "banks: [grid-bank]", "banks: [grid-banks]")
    assert _run("check", "--content", content) == 1
    assert "没有编号为“grid-banks”的记录" in capsys.readouterr().out

"""What was sat goes into the blueprint: comments and layout stay, and nothing half-done is left."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from environment import ROOT
from lunxun.cli import main
from lunxun.cli.new_file import write_over
from lunxun.library.analysis import read_model
from lunxun.quiz.exposure_text import to_paste, with_entry
from lunxun.quiz.paper_files import read_form
from lunxun.records.paper import Paper, Past

Output = pytest.CaptureFixture[str]
PAPER = "branch-quick"
BLUEPRINT = ROOT / f"quizzes/papers/{PAPER}.yml"
PAST = Past(on="2026-05-12", title="春季班", asked=("branch-size", "branch-setup"))


def _run(*arguments: str | Path) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make two forms."""
    folder = tmp_path_factory.mktemp("paper") / "forms"
    content = ROOT / "content"
    assert _run("paper", "make", PAPER, "--content", content, "--solver", "search", "-o", folder) == 0
    return folder


@pytest.fixture
def quizzes(tmp_path: Path) -> Path:
    """Give a folder of quizzes of one's own."""
    return Path(shutil.copytree(ROOT / "quizzes", tmp_path / "quizzes"))


def _asked(folder: Path, *letters: str) -> list[str]:
    forms = [read_form(folder / f"form-{letter}.json") for letter in letters]
    return [item.id for form in forms for section in form.sections for item in section.items]


def _read(data: bytes) -> Paper:
    paper, findings, _ = read_model(data, "x.yml", Paper)
    assert paper is not None and findings == ()
    return paper


# the text


BLOCK = """exposure:
  since: 2025-01   # 只看近的
  past:
    # 秋季
    - on: 2025-10-08
      asked: [branch-size]  # 一题
"""
ENTRY = "exposure:\n  past:\n    - on: 2025-10-08\n      asked: "
OTHERS = {
    "at the end": "",
    "comments at the end": "\n# 完\n",
    "no line end": "# 完",
    "a block": BLOCK,
    "a block before others": BLOCK + "  # 以上\nnotes: [闭卷]\n",
    "dashes below the key": "exposure:\n  past:\n  - {on: 2025-10-08, asked: [branch-size]}\n",
    "wide": "exposure:\n    past:\n            - on: 2025-10-08\n              asked:\n                - a\n\n\n",
    "a title in a block": ENTRY + "[a]\n      title: |\n        秋季\n\nnotes: [闭卷]\n",
    "lines in brackets": ENTRY + "[a,\n        b,\n      ]\n\n# 后\n",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", OTHERS)
def test_lines_are_added_and_none_is_touched(layout: str, ending: str) -> None:
    text = BLUEPRINT.read_text("utf-8") + OTHERS[layout]
    before = text.replace("\n", ending).encode()
    after = with_entry(before, "x.yml", PAST)
    assert after is not None
    exposure = _read(before).exposure
    earlier = exposure.past if exposure else ()
    assert _read(after).exposure is not None
    assert _read(after).model_copy(update={"exposure": exposure}) == _read(before)
    assert getattr(_read(after).exposure, "past", None) == (*earlier, PAST)
    old, new = before.decode().split(ending), after.decode().split(ending)
    kept = iter(new)
    assert all(line in kept for line in old if line), "every line is there, in its order"
    assert after.count(b"\r") == (after.count(b"\n") if ending == "\r\n" else 0)
    assert with_entry(after, "x.yml", PAST) is not None


@pytest.mark.parametrize(
    "exposure",
    ["exposure: {past: []}\n", "exposure:\n  past: []\n", "exposure:\n  past: [{on: 2025, asked: [a]}]\n",
     "exposure: {past: [{on: 2025, asked: [a]}]}\n", "exposure:\n", "exposure: 7\n", "---\n"],
)  # fmt: skip
def test_another_layout_is_left_alone(exposure: str) -> None:
    assert with_entry((BLUEPRINT.read_text("utf-8") + exposure).encode(), "x.yml", PAST) is None


@given(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.text(st.sampled_from("a: #'\"\\[]{}|>-\n\t年班"), max_size=20),
)
def test_any_title_is_written_as_it_is_or_not_at_all(head: str, tail: str) -> None:
    title = (head + tail).strip()
    past = Past(on="2026", title=title or None, asked=("a",))
    made = with_entry(BLUEPRINT.read_bytes(), "x.yml", past)
    if made is not None:
        assert getattr(_read(made).exposure, "past", None) == (past,)
    else:
        assert not title.isprintable()


# the verb


def test_what_is_printed_can_be_pasted(made: Path, capsys: Output) -> None:
    assert _run("paper", "asked", made, "--on", "2026-05-12", "--title", "春季班") == 0
    pasted = BLUEPRINT.read_bytes() + capsys.readouterr().out.encode()
    past = Past(on="2026-05-12", title="春季班", asked=tuple(dict.fromkeys(_asked(made, "a", "b"))))
    assert getattr(_read(pasted).exposure, "past", None) == (past,)


def test_what_was_asked_is_not_asked_again(made: Path, quizzes: Path, tmp_path: Path, capsys: Output) -> None:
    where = ("--content", ROOT / "content", "--quizzes", quizzes)
    file = quizzes / f"papers/{PAPER}.yml"
    file.chmod(0o640)
    for _ in range(2):
        assert _run("paper", "asked", made, *where, "--on", "2026-05", "--form", "a", "--write") == 0
    told = capsys.readouterr().out
    assert "考过 16 题，以后组卷避开" in told and "已经有这一次" in told
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    again = tmp_path / "again"
    assert _run("paper", "make", PAPER, *where, "--solver", "search", "--forms", "1", "-o", again) == 0
    assert not set(_asked(again, "a")) & set(_asked(made, "a"))
    assert _run("paper", "asked", made, *where, "--on", "2026-06", "--form", "B", "--write") == 0
    assert [past.on for past in getattr(_read(file.read_bytes()).exposure, "past", ())] == ["2026-05", "2026-06"]
    assert file.read_text("utf-8").startswith(BLUEPRINT.read_text("utf-8"))


def test_it_refuses_and_leaves_the_blueprint(made: Path, quizzes: Path, tmp_path: Path, capsys: Output) -> None:
    where = ("--content", ROOT / "content", "--quizzes", quizzes, "--write")
    file = quizzes / f"papers/{PAPER}.yml"
    before = file.read_bytes()
    mixed = Path(shutil.copytree(made, tmp_path / "mixed"))
    form = json.loads((mixed / "form-b.json").read_text("utf-8"))
    (mixed / "form-b.json").write_text(json.dumps({**form, "paper": "other"}), "utf-8")
    broken = Path(shutil.copytree(made, tmp_path / "broken"))
    (broken / "form-a.json").write_text("{", "utf-8")
    for folder, more, said in [
        (tmp_path / "none", (), "没有试卷"),
        (quizzes, (), "没有试卷"),
        (mixed, (), "不是照同一份蓝图"),
        (broken, (), "form-a.json"),
        (made, ("--form", "C"), "没有 C 卷"),
        (made, ("--on", "明天"), "2026-05-12"),
        (made, ("--on", "2026-02-30"), "2026-05-12"),
        (made, ("--title", "长" * 501), "--title"),
    ]:
        assert _run("paper", "asked", folder, "--on", "2026-05-12", *where, *more) == 2, said
        assert said in capsys.readouterr().err
    assert file.read_bytes() == before
    file.write_bytes(before + b"exposure: {past: []}\n")
    assert _run("paper", "asked", made, "--on", "2026-05-12", *where) == 1
    assert (
        to_paste(Past(on="2026-05-12", asked=tuple(dict.fromkeys(_asked(made, "a", "b"))))) in capsys.readouterr().out
    )
    file.write_bytes(b"title: x\n")
    assert _run("paper", "asked", made, "--on", "2026-05-12", *where) == 2
    assert "lunxun check" in capsys.readouterr().err
    file.unlink()
    assert _run("paper", "asked", made, "--on", "2026-05-12", *where) == 2
    assert "没有蓝图" in capsys.readouterr().err


def test_a_file_that_has_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(b"new")
    assert "被别人改过" in (write_over(file, b"mine", b"old") or "")
    assert [path.name for path in tmp_path.iterdir()] == ["x.yml"]
    assert file.read_bytes() == b"new"
    assert write_over(file, b"mine", b"new") is None
    assert file.read_bytes() == b"mine"
    assert "写不进" in (write_over(tmp_path / "no/such.yml", b"", b"") or "")

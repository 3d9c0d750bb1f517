"""`lunxun paper print`: what it writes, what it refuses, and that nothing of a key reaches learners."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lunxun.cli import paper_print
from lunxun.cli.main import main
from lunxun.export import printing, typeset
from lunxun.quiz.formats import office
from tests.contents import GOOD
from tests.export.made_papers import SECRETS, key_data, made_form, write_folder

pypdf = pytest.importorskip("pypdf")
for _name in ("docx", "openpyxl", "typst", "pylopdf_fonts_zh_cn"):
    pytest.importorskip(_name)


def _print(folder: Path, output: Path, *more: str, content: Path = Path("none")) -> int:
    return main(["paper", "print", str(folder), "-o", str(output), "--content", str(content), *more])


def _names(output: Path) -> list[str]:
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())


def _bytes(output: Path, folder: str = "") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (output / folder).rglob("*") if path.is_file()}


def test_learners_and_trainer_get_folders_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(tmp_path / "forms")
    write_folder(tmp_path / "forms", "B")
    assert _print(tmp_path / "forms", tmp_path / "out") == 0
    assert _names(tmp_path / "out") == sorted(
        f"{folder}/{name}-{letter}.{kind}"
        for letter in "AB"
        for folder, name, kinds in (
            ("学员", "试卷", ("docx", "pdf")),
            ("学员", "答题卡", ("docx", "pdf")),
            ("教师", "答案与评分标准", ("docx", "pdf")),
            ("教师", "双向细目表", ("xlsx",)),
        )
        for kind in kinds
    )
    assert "试卷-A.docx" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if "making" in path.name] == []


def test_one_form_one_format_large(tmp_path: Path) -> None:
    write_folder(tmp_path / "forms")
    write_folder(tmp_path / "forms", "B")
    assert _print(tmp_path / "forms", tmp_path / "out", "--form", "b", "--format", "docx", "--large") == 0
    wanted = [
        "学员/试卷-B-大字.docx",
        "学员/答题卡-B-大字.docx",
        "教师/双向细目表-B.xlsx",
        "教师/答案与评分标准-B.docx",
    ]
    assert _names(tmp_path / "out") == sorted(wanted)


@pytest.mark.parametrize("large", [[], ["--large"]])
def test_what_learners_get_does_not_hang_on_the_key(tmp_path: Path, large: list[str]) -> None:
    for name, secret in (("one", "甲"), ("other", "乙")):
        write_folder(tmp_path / name, secret=secret)
        assert _print(tmp_path / name, tmp_path / f"{name}-out", *large) == 0
    one, other = tmp_path / "one-out", tmp_path / "other-out"
    assert _bytes(one, "学员") == _bytes(other, "学员")
    assert _bytes(one, "教师") != _bytes(other, "教师")


def test_no_byte_of_the_key_reaches_learners(tmp_path: Path) -> None:
    write_folder(tmp_path / "forms")
    assert _print(tmp_path / "forms", tmp_path / "out") == 0
    ids = {item.id for _, item in made_form().answered()}
    wanted = [form for text in (*SECRETS, *ids) for form in _guises(text)]
    for path in (tmp_path / "out" / "学员").iterdir():
        shown = list(_parts(path))
        assert [text for text in wanted if any(text in part for part in shown)] == [], path.name
    # The scan itself finds what is there.
    assert any("保密要点".encode() in part for part in _parts(tmp_path / "out/教师/答案与评分标准-A.docx"))
    assert any("保密要点".encode() in part for part in _parts(tmp_path / "out/教师/答案与评分标准-A.pdf"))


def _guises(text: str) -> Iterator[bytes]:
    raw = text.encode()
    yield from (raw, raw[::-1], text[::-1].encode(), base64.b64encode(raw), text.encode("utf-16-be"))


def _parts(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
        return
    reader = pypdf.PdfReader(path)
    yield "".join("".join(page.extract_text().split()) for page in reader.pages).encode()
    for number in range(1, int(reader.trailer["/Size"])):
        found: Any = reader.get_object(number)
        if hasattr(found, "get_data"):
            yield found.get_data()


def test_a_basis_is_called_by_its_title_where_the_content_is_at_hand(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "forms")
    term = next((GOOD / "terms").glob("*.yml"))
    path = folder / "key-a.json"
    path.write_text(path.read_text("utf-8").replace("secret-basis", term.stem), "utf-8")
    title = next(line for line in term.read_text("utf-8").split("\n") if line.startswith("title:"))[6:].strip()
    for content, shown in ((GOOD, title), (tmp_path, term.stem)):
        output = tmp_path / f"out-{content.name}"
        assert _print(folder, output, "--format", "docx", content=content) == 0
        parts = list(_parts(output / "教师/答案与评分标准-A.docx"))
        assert any(f"依据：{shown}".encode() in part for part in parts)


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    write_folder(tmp_path / "forms")
    for name in ("first", "again"):
        assert _print(tmp_path / "forms", tmp_path / name) == 0
    assert _bytes(tmp_path / "first") == _bytes(tmp_path / "again")


def test_without_key_and_list_the_paper_is_printed_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path / "forms")
    (folder / "key-a.json").unlink()
    (folder / "items-a.csv").unlink()
    assert _print(folder, tmp_path / "out", "--format", "docx") == 0
    assert _names(tmp_path / "out") == ["学员/答题卡-A.docx", "学员/试卷-A.docx"]
    said = capsys.readouterr().out
    assert "没有 key-a.json" in said
    assert "没有 items-a.csv" in said


def _other_key(folder: Path) -> None:
    key = key_data(made_form().model_dump(mode="json"))
    key["items"][0]["id"] = "other"
    (folder / "key-a.json").write_text(json.dumps(key), "utf-8")


def _list_of(text: str) -> Any:
    def spoil(folder: Path) -> None:
        path = folder / "items-a.csv"
        path.write_text(text or path.read_text("utf-8-sig").replace(",2,2,", ",2,1,"), "utf-8-sig")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_other_key, "key-a.json 不是 form-a.json 的答案"),
        (_list_of("题号\r\n"), "不是 A 卷的逐题细目"),
        (_list_of("题号,编号,题型,主题,认知层次,难度,分值,题库\r\n1,a,单选,x,y,z,inf,b\r\n"), "不是 A 卷的逐题细目"),
        (lambda folder: (folder / "items-a.csv").write_bytes(b"\xff\xfe\x00"), "不是 A 卷的逐题细目"),
        (lambda folder: (folder / "form-a.json").write_text("{}"), "form-a.json 不是试卷"),
        (lambda folder: (folder / "form-a.json").rename(folder / "form-c.json"), "里写的是 A 卷"),
        (lambda folder: (folder / "form-a.json").unlink(), "里没有试卷"),
    ],
)
def test_what_does_not_belong_together_is_refused(
    spoil: Any, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path / "forms")
    spoil(folder)
    assert _print(folder, tmp_path / "out") == 2
    assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["forms"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--form", "B"], "没有 B 卷"),
        (["--form", "../x"], "--form 写一个字母"),
        (["--form", "*"], "--form 写一个字母"),
    ],
)
def test_a_form_that_is_not_there_is_told(
    more: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _print(write_folder(tmp_path / "forms"), tmp_path / "out", *more) == 2
    assert words in capsys.readouterr().err


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path / "forms")
    (tmp_path / "out").mkdir()
    assert _print(folder, tmp_path / "out") == 2
    assert "已经存在" in capsys.readouterr().err
    assert _print(tmp_path / "none", tmp_path / "new") == 2
    assert "没有文件夹" in capsys.readouterr().err


def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path / "forms")

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert _print(folder, tmp_path / "out", "--format", "docx") == 2
    assert "系统错误 28" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["forms"]


def test_a_character_without_a_shape_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = typeset.Typeset(b"%PDF", "\U0001f600")
    monkeypatch.setattr(printing, "typeset", lambda view: made)
    assert _print(write_folder(tmp_path / "forms"), tmp_path / "out", "--format", "pdf") == 0
    assert "试卷-A.pdf 里有字库没有的字（如“\U0001f600”）" in capsys.readouterr().out


@pytest.mark.parametrize(("module", "extra"), [(office, "office"), (typeset, "pdf")])
def test_a_missing_extra_is_named(
    module: Any, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    folder = write_folder(tmp_path / "forms")
    monkeypatch.setattr(module, "import_module", missing)
    monkeypatch.setattr(paper_print, "read_set", lambda *_: pytest.fail("work was done before the refusal"))
    assert _print(folder, tmp_path / "out") == 2
    assert f"lunxun[{extra}]" in capsys.readouterr().err

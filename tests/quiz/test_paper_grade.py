"""`lunxun paper grade` through the front door: what is refused and by what name, marks, entries, hostile files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from lunxun.quiz import sealing
from tests.quiz.grading_fixture import RIGHT, Exam, book_of, make_exam, run, table
from tests.quiz.made_archives import archive

pytest.importorskip("openpyxl")
pytest.importorskip("nacl")
Output = pytest.CaptureFixture[str]


@pytest.fixture
def exam(tmp_path: Path) -> Exam:
    return make_exam(tmp_path)


def _refused(exam: Exam) -> dict[str, str]:
    rows = table(book_of(exam.out / "成绩.xlsx")["拒收"])[1:]
    return {str(name): str(reason) for name, reason in rows}


def test_right_answers_get_full_marks_and_free_ones_wait(exam: Exam, capsys: Output) -> None:
    exam.hand_in("a.lxa", exam.payload())
    assert exam.grade() == 0
    told = capsys.readouterr().out
    assert "评了 1 份" in told
    assert "还有 2 处主观题没有得分" in told
    free = {"q-short": None, "q-case-b": None}
    assert exam.points() == {
        "q-one": 1, "q-many": 2, "q-judge": 1, "q-blank": 3, "q-match": 2, "q-order": 2, "q-case-a": 1, **free
    }  # fmt: skip
    assert sorted(path.name for path in exam.out.iterdir()) == ["成绩.json", "成绩.xlsx", "拒收.txt", "阅卷表.xlsx"]
    assert not list(exam.root.glob("成绩.*"))


def test_what_is_partly_right_gets_the_stated_share(exam: Exam) -> None:
    answers = {"1": "A", "2": "A", "4": ["书记", "13"], "5": "B-", "6": "CBA", "8-1": "A"}
    exam.hand_in("a.lxa", exam.payload(answers=answers))
    assert exam.grade() == 0
    # A blank of two for three points is worth 1.5; the free answers were left out, so nobody has to mark them.
    expected = {"q-one": 0, "q-many": 0, "q-judge": 0, "q-blank": 1.5, "q-match": 1, "q-order": 0, "q-case-a": 1}
    assert exam.points() == {**expected, "q-short": 0, "q-case-b": 0}
    assert not (exam.out / "阅卷表.xlsx").exists()
    assert exam.grade("--multi", "少选给分", "--order", "相邻") == 0
    assert exam.points() == {**expected, "q-many": 1, "q-short": 0, "q-case-b": 0}


def test_another_rule_than_the_paper_says_is_pointed_out(exam: Exam, capsys: Output) -> None:
    exam.hand_in("a.lxa", exam.payload())
    exam.grade("--multi", "逐项")
    assert "评分用的却是“逐项”" in capsys.readouterr().out
    rules = [row[0] for row in table(book_of(exam.out / "成绩.xlsx")["规则"])]
    assert any("选错一项扣同样多" in rule for rule in rules)


def _change(raw: bytes, field: str, value: Any) -> bytes:
    return json.dumps({**json.loads(raw), field: value}, ensure_ascii=False).encode()


def test_bad_files_are_refused_by_name_and_the_rest_graded(exam: Exam, capsys: Output) -> None:
    good = exam.hand_in("好.lxa", exam.payload(1)).read_bytes()
    bad = {
        "别的钥匙.lxa": sealing.seal(exam.payload(2), sealing.keys().public),
        "没有拷完.lxa": good[: len(good) // 2],
        "改过封面.lxa": _change(good, "sitting", "f" * 32),
        "改过内容.lxa": _change(good, "box", json.loads(good)["box"][:-8] + "AAAAAAA="),
        "太大.lxa": b'{"lunxun_sealed":1' + b" " * 4_000_000 + b"}",
        "不是答卷.lxa": b"PK\x03\x04 something else",
        "空的.lxa": b"",
        "别的试卷.lxa": sealing.seal(exam.payload(3, paper="other"), exam.public),
        "别的卷.lxa": sealing.seal(exam.payload(4, form="C"), exam.public),
        "另一次出的.lxa": sealing.seal(exam.payload(5, digest="0" * 64), exam.public),
        "对不上.lxa": sealing.seal(exam.payload(6, answers={"1": "Z", "99": "A"}), exam.public),
        "形状不对.lxa": sealing.seal(exam.payload(7, seconds="很久"), exam.public),
        "成绩单.docx": b"x",
    }
    for name, raw in bad.items():
        (exam.answers / name).write_bytes(raw)
    (exam.answers / "链接.lxa").symlink_to(exam.answers / "好.lxa")
    (exam.answers / "文件夹.lxa").mkdir()
    (exam.answers / "链接的文件夹").symlink_to(exam.forms)
    os.mkfifo(exam.answers / "管道.lxa")
    (exam.answers / ".DS_Store").write_bytes(b"x")
    assert exam.grade() == 1
    told = capsys.readouterr().out
    refused = _refused(exam)
    assert set(refused) == {*bad, "链接.lxa", "链接的文件夹", "管道.lxa"}
    for name, words in {
        "别的钥匙.lxa": "另一把公钥",
        "没有拷完.lxa": "不完整",
        "改过封面.lxa": "对不上",
        "改过内容.lxa": "改动过",
        "太大.lxa": "太大",
        "不是答卷.lxa": "不是轮训的答卷",
        "空的.lxa": "不是轮训的答卷",
        "别的试卷.lxa": "另一份试卷",
        "别的卷.lxa": "没有 C 卷",
        "另一次出的.lxa": "另一次出的 A 卷",
        "对不上.lxa": "第 1 题",
        "形状不对.lxa": "不是答卷",
        "成绩单.docx": "扩展名",
        "链接.lxa": "链接",
        "管道.lxa": "不是普通文件",
    }.items():
        assert words in refused[name], name
        assert f"拒收 {name}：" in told
        assert name in (exam.out / "拒收.txt").read_text("utf-8-sig")
    (only,) = exam.results()["sittings"]
    assert only["answers"]["q-one"]["points"] == 1


def test_names_stay_out_of_what_goes_on(exam: Exam) -> None:
    exam.hand_in("a.lxa", exam.payload(learner={"name": "独孤某", "unit": "西风镇", "number": "9988"}))
    assert exam.grade() == 0
    assert "独孤某" in str(table(book_of(exam.out / "成绩.xlsx")["成绩"]))
    for name in ("成绩.json", "阅卷表.xlsx"):
        data = (exam.out / name).read_bytes()
        texts = data.decode() if name.endswith("json") else str([table(sheet) for sheet in book_of(data)])
        assert not any(word in texts for word in ("独孤某", "西风镇", "9988", "a.lxa", f"{1:032x}"))


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0"])
def test_a_name_is_no_formula(name: str, exam: Exam) -> None:
    answers = {**RIGHT, "7": f"{name} 先摸底"}
    exam.hand_in("a.lxa", exam.payload(learner={"name": name, "unit": name, "number": ""}, answers=answers))
    assert exam.grade() == 0
    for file in ("成绩.xlsx", "阅卷表.xlsx"):
        cells = [cell for sheet in book_of(exam.out / file) for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    row = book_of(exam.out / "成绩.xlsx")["成绩"][2]
    assert next(cell for cell in row if str(cell.value).strip() == name.strip()).quotePrefix


def _mark(exam: Exam, **columns: list[Any]) -> Path:
    """Fill in the marking sheet: for each question id (with _ for -) the scores of its first answer."""
    book = book_of(exam.out / "阅卷表.xlsx")
    for sheet in book:
        labels = {str(row[0]): number for number, row in enumerate(table(sheet), 1)}
        if "题目编号" in labels:
            name = sheet.cell(labels["题目编号"], 2).value.replace("-", "_")
            for place, value in enumerate(columns.get(name, [])):
                sheet.cell(labels["考号"] + 1, 3 + place).value = value
    path = exam.root / "评好.xlsx"
    book.save(path)
    return path


def test_the_marking_sheet_shows_what_to_mark_and_by_what_points(exam: Exam) -> None:
    exam.hand_in("a.lxa", exam.payload())
    exam.grade()
    texts = [table(sheet) for sheet in book_of(exam.out / "阅卷表.xlsx")]
    shown = next(one for one in texts if "q-short" in str(one))
    assert ["评分标准", "摸底", 3] in [row[:3] for row in shown]
    assert any(row[1] == "先摸底，再分工。" and len(str(row[0])) == 7 for row in shown)
    case = next(one for one in texts if "q-case-b" in str(one))
    assert any(row[0] == "材料" and row[1] == "第 q-case 题" for row in case)


def test_marks_give_the_final_result(exam: Exam, capsys: Output) -> None:
    exam.hand_in("a.lxa", exam.payload())
    exam.grade()
    marks = _mark(exam, q_short=[4.5], q_case_b=[3])
    assert exam.grade("--marks", marks) == 0
    assert "A 卷：1 人，平均 19.5 分" in capsys.readouterr().out
    assert exam.points()["q-short"] == 4.5
    row = table(book_of(exam.out / "成绩.xlsx")["成绩"])[1]
    assert 19.5 in row
    # What was marked stands in the sheet that is written now, and the one before is kept.
    assert (exam.out / "阅卷表-上次.xlsx").exists()
    assert exam.grade("--marks", exam.out / "阅卷表.xlsx") == 0
    assert exam.points()["q-short"] == 4.5


def test_two_markers_mean_or_a_third(exam: Exam, capsys: Output) -> None:
    exam.hand_in("a.lxa", exam.payload())
    exam.grade()
    assert exam.grade("--marks", _mark(exam, q_short=[4, 4.5], q_case_b=[4, 1])) == 0
    assert exam.points()["q-short"] == 4.5  # 4.25, up to half a point
    assert exam.points()["q-case-b"] is None
    assert "有 1 处两人评分相差太大" in capsys.readouterr().out
    assert "要定分" in str([table(sheet) for sheet in book_of(exam.out / "阅卷表.xlsx")])
    assert exam.grade("--marks", _mark(exam, q_short=[4, 4.5], q_case_b=[4, 1, 2.5])) == 0
    assert exam.points()["q-case-b"] == 2.5


def test_two_markers_may_have_a_file_each(exam: Exam) -> None:
    exam.hand_in("a.lxa", exam.payload())
    exam.grade()
    one = _mark(exam, q_short=[3], q_case_b=[2]).rename(exam.root / "甲.xlsx")
    other = _mark(exam, q_short=[4], q_case_b=[2])
    assert exam.grade("--marks", one, "--marks", other) == 0
    assert (exam.points()["q-short"], exam.points()["q-case-b"]) == (3.5, 2)
    assert exam.grade("--marks", one, "--marks", other, "--marks", one) == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "不在 0 到 6"),
        (-1, "不在 0 到 6"),
        (1.25, "半分"),
        ("很好", "不是分数"),
        ("=3+1", "公式"),
        ("nan", "0 到 6"),
    ],
)
def test_bad_marks_are_pointed_at_and_nothing_is_written(value: Any, words: str, exam: Exam, capsys: Output) -> None:
    exam.hand_in("a.lxa", exam.payload())
    exam.grade()
    before = (exam.out / "成绩.json").read_bytes()
    assert exam.grade("--marks", _mark(exam, q_short=[value])) == 1
    told = capsys.readouterr().out
    assert words in told
    assert "单元格 C" in told
    assert "评好.xlsx" in told
    assert (exam.out / "成绩.json").read_bytes() == before


def test_a_marking_sheet_is_not_written_over_by_mistake(exam: Exam, capsys: Output) -> None:
    exam.hand_in("a.lxa", exam.payload())
    assert exam.grade() == 0
    assert exam.grade() == 2
    assert "--marks" in capsys.readouterr().err
    (exam.out / "我的笔记.txt").write_text("x", "utf-8")
    assert exam.grade("--marks", exam.out / "阅卷表.xlsx") == 2
    assert "我的笔记.txt" in capsys.readouterr().err


def test_marks_of_nobody_are_told(exam: Exam, capsys: Output) -> None:
    path = exam.hand_in("a.lxa", exam.payload())
    exam.grade()
    marks = _mark(exam, q_short=[4])
    path.unlink()
    exam.hand_in("b.lxa", exam.payload(2))
    assert exam.grade("--marks", marks) == 1
    assert "评分没有用上" in capsys.readouterr().out


def _type_in(exam: Exam, *rows: dict[str, Any]) -> Path:
    path = exam.root / "登分表.xlsx"
    path.unlink(missing_ok=True)
    assert run("paper", "sheet", exam.forms, "-o", path, "--learners", str(len(rows))) == 0
    book = book_of(path)
    sheet = book["登分"]
    columns = {str(cell.value): cell.column for cell in sheet[3]}
    for place, row in enumerate(rows, 4):
        for name, value in row.items():
            sheet.cell(place, columns[name]).value = value
    book.save(path)
    return path


_ROW = {"姓名": "张某", "卷别": "A", "1": "B", "2": "AC", "3": "对", "4": "书记；12", "5": "BA", "6": "CAB"} | {
    "7": 5,
    "8-1": "A",
    "8-2": 3.5,
}


def test_entries_from_paper_are_graded_like_the_screen(exam: Exam) -> None:
    assert exam.grade("--entries", _type_in(exam, _ROW), answers=False) == 0
    assert exam.points() == {
        "q-one": 1, "q-many": 2, "q-judge": 1, "q-blank": 3, "q-match": 2, "q-order": 2,
        "q-short": 5, "q-case-a": 1, "q-case-b": 3.5,
    }  # fmt: skip


def test_entries_may_be_written_loosely(exam: Exam) -> None:
    loose = {"卷别": "ａ卷", "1": "ｂ", "2": "c、a", "3": "√", "4": "書記;-", "5": "b，a", "6": "C→A→B"}
    loose |= {"7": "未答", "8-2": "３．５分"}
    assert exam.grade("--entries", _type_in(exam, _ROW | loose), answers=False) == 0
    points = exam.points()
    assert (points["q-one"], points["q-many"], points["q-judge"], points["q-blank"]) == (1, 2, 1, 1.5)
    assert (points["q-match"], points["q-order"], points["q-short"], points["q-case-b"]) == (2, 2, 0, 3.5)


def test_free_answers_on_paper_wait_for_the_marking_sheet(exam: Exam) -> None:
    entries = _type_in(exam, {name: value for name, value in _ROW.items() if name not in ("7", "8-2")})
    assert exam.grade("--entries", entries, answers=False) == 0
    assert "见纸质答卷" in str([table(sheet) for sheet in book_of(exam.out / "阅卷表.xlsx")])
    assert exam.grade("--entries", entries, "--marks", _mark(exam, q_short=[4], q_case_b=[1]), answers=False) == 0
    assert exam.points()["q-short"] == 4


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ({"1": "D"}, "F4", "看不懂"),
        ({"2": "AD"}, "G4", "看不懂"),
        ({"3": "是"}, "H4", "写 对 或 错"),
        ({"4": "书记"}, "I4", "有 2 个空"),
        ({"5": "B"}, "J4", "2 个字母"),
        ({"6": "CAA"}, "K4", "各写一次"),
        ({"7": 6.5}, "L4", "不在 0 到 6"),
        ({"7": "好"}, "L4", "不是分数"),
        ({"1": "=A1"}, "F4", "公式"),
        ({"卷别": "C"}, "E4", "没有“C”卷"),
        ({"卷别": None}, "E4", "没有写卷别"),
    ],
)
def test_a_bad_entry_is_pointed_at_and_the_other_rows_count(
    changes: dict[str, Any], cell: str, words: str, exam: Exam, capsys: Output
) -> None:
    entries = _type_in(exam, _ROW | changes, _ROW | {"姓名": "李某"})
    assert exam.grade("--entries", entries, answers=False) == 1
    told = capsys.readouterr().out
    assert f"工作表“登分”单元格 {cell}：" in told
    assert words in told
    assert "第 4 行（张某）" in next(iter(_refused(exam)))
    assert len(exam.results()["sittings"]) == 1


def test_absent_learners_are_not_zeros(exam: Exam, capsys: Output) -> None:
    assert exam.grade("--entries", _type_in(exam, _ROW, {"姓名": "李某", "卷别": "B"}), answers=False) == 0
    assert "1 行没有作答，按缺考" in capsys.readouterr().out
    assert len(exam.results()["sittings"]) == 1


def test_who_sat_both_ways_or_twice_is_refused(exam: Exam) -> None:
    exam.hand_in("a.lxa", exam.payload(learner={"name": "张某", "unit": "", "number": ""}))
    exam.hand_in("b.lxa", exam.payload(2))
    assert exam.grade("--entries", _type_in(exam, _ROW)) == 1
    assert "a.lxa" in _refused(exam)
    assert len(exam.results()["sittings"]) == 1
    twice = _type_in(exam, _ROW, _ROW | {"1": "A"})
    (exam.out / "阅卷表.xlsx").unlink()
    assert exam.grade("--entries", twice, answers=False) == 1
    assert len(_refused(exam)) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        archive(xl__workbook_xml=b"0" * 30_000_000),
        archive(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
        archive(xl__workbook_xml=b"<workbook/>", xl__vbaProject_bin=b"x"),
        archive(word__document_xml=b"<x/>"),
    ],
)
@pytest.mark.parametrize("option", ["--entries", "--marks"])
def test_hostile_workbooks_are_refused_in_chinese(data: bytes, option: str, exam: Exam, capsys: Output) -> None:
    path = exam.root / "坏.xlsx"
    path.write_bytes(data)
    exam.hand_in("a.lxa", exam.payload())
    assert exam.grade(option, path) == 1
    told = capsys.readouterr()
    assert "坏.xlsx" in told.out
    assert "Traceback" not in told.err


def test_what_is_missing_is_said(exam: Exam, capsys: Output, tmp_path: Path) -> None:
    assert run("paper", "grade", exam.forms, "-o", exam.out) == 2
    assert run("paper", "grade", exam.forms, "--answers", exam.answers, "-o", exam.out) == 2
    assert "私钥" in capsys.readouterr().err
    assert run("paper", "grade", tmp_path / "none", "--answers", exam.answers, "--key-file", "x", "-o", exam.out) == 2
    assert exam.grade("--entries", tmp_path / "none.xlsx") == 2
    key = exam.forms / "key-a.json"
    key.write_text(key.read_text("utf-8").replace('"key": "B"', '"key": "E"'), "utf-8")
    assert exam.grade() == 2
    assert "第 1 题的答案与题型对不上" in capsys.readouterr().err
    assert not exam.out.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"order": ["c", "a", "b"]', '"order": ["c", "c", "b"]'),
        ('"order": ["c", "a", "b"]', '"order": ["c", "a"]'),
        ('"order": ["c", "a", "b"]', f'"order": ["c", "a", "{"x" * 65}"]'),
        ('"key": "AC"', '"key": "CA"'),
        ('"key": "BA"', '"key": "B-"'),
        ('"key": "CAB"', '"key": "CAA"'),
        ('"key": "对"', '"key": null'),
        ('"key": "看账目。"', '"key": null'),
    ],
)
def test_a_key_that_does_not_fit_is_refused(old: str, new: str, exam: Exam, capsys: Output) -> None:
    path = exam.forms / "key-b.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert exam.grade() == 2
    assert "key-b.json" in capsys.readouterr().err


def test_the_sheet_takes_a_list_of_learners(exam: Exam, capsys: Output) -> None:
    roster = exam.root / "名单.csv"
    roster.write_bytes("姓名,编号,单位\n=1+1,001,东乡\n李某,002,西乡\n".encode("gb18030"))
    path = exam.root / "登分.xlsx"
    assert run("paper", "sheet", exam.forms, "-o", path, "--learners", roster) == 0
    rows = table(book_of(path)["登分"])
    assert rows[2][:6] == ["序号", "姓名", "单位", "编号", "卷别", "1"]
    assert rows[3][:4] == [1, "=1+1", "东乡", "001"]
    sheet = book_of(path)["登分"]
    assert sheet["B4"].data_type == "s"
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["F4:F25"] == '"A,B,C"'
    assert lists["G4:G25"] == '"A,B,C,AB,AC,BC,ABC"'
    assert lists["E4:E25"] == '"A,B"'
    assert run("paper", "sheet", exam.forms, "-o", path) == 2
    assert run("paper", "sheet", exam.forms, "-o", exam.root / "x.xlsx", "--learners", "0") == 2
    assert run("paper", "sheet", exam.forms, "-o", exam.root / "x.xlsx", "--learners", "none.csv") == 2

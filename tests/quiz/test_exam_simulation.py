"""Thirty learners, two forms, screen and paper, files that are not what they seem: from sealing to the analysis."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from lunxun.quiz import sealing
from lunxun.quiz.entries import read_entries
from lunxun.quiz.grading import grade
from lunxun.quiz.marking import Rules
from lunxun.quiz.mending import Fault, analyse, to_mend
from lunxun.quiz.paper_set import PaperSet, read_paper
from lunxun.quiz.results import Results, read_results
from lunxun.quiz.sittings import numbers
from lunxun.quiz.trainer_keys import write_keys
from tests.quiz import independent_statistics as independent
from tests.quiz.grading_fixture import book_of, run, table
from tests.quiz.simulated_exam import (
    Examinee,
    as_sittings,
    examinees,
    file_name,
    payload,
    rows_to_mark,
    seal_all,
    type_in,
)

ROOT = Path(__file__).parents[2]
LEARNERS, ON_SCREEN = 30, 18


class Simulation:
    """The exam, held once for all tests: graded, marked, analysed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        content = ROOT / "content"
        make = ("paper", "make", "township-final", "--content", content, "--solver", "search", "-o", root / "forms")
        assert run(*make) == 0
        self.paper: PaperSet = read_paper(root / "forms")
        self.learners = examinees(self.paper, LEARNERS, seed=7)
        keys = sealing.keys()
        write_keys(root / "keys", keys, None)
        seal_all(root / "in", self.paper, self.learners[:ON_SCREEN], keys.public)
        self.hostile = self.add_hostile(keys.public)
        sheet = root / "登分表.xlsx"
        assert run("paper", "sheet", root / "forms", "-o", sheet, "--learners", str(LEARNERS - ON_SCREEN)) == 0
        type_in(sheet, self.learners[ON_SCREEN:], self.paper)
        self.codes = [self.grade()]
        self.sheet_of_marks = (root / "成绩" / "阅卷表.xlsx").read_bytes()
        self.codes.append(self.grade("--marks", self.mark()))
        self.codes.append(run("paper", "analyse", root / "成绩", "-o", root / "分析"))
        self.results: Results = read_results(root / "成绩")

    def add_hostile(self, public: bytes) -> dict[str, str]:
        """Put files among the answers that must be refused; give the words by which."""
        folder, first = self.root / "in", self.learners[0]
        good = (folder / file_name(self.paper, first)).read_bytes()
        liar = Examinee("冒某", "某乡", "1", "A", 0.0, "e" * 32, dict(first.answers))
        changed = json.loads(good)
        changed["box"] = changed["box"][:100] + ("A" if changed["box"][100] != "A" else "B") + changed["box"][101:]
        files = {
            "截断.lxa": (good[:700], "不完整"),
            "改动.lxa": (json.dumps(changed).encode(), "改动过"),
            "外来.lxa": (sealing.seal(payload(self.paper, liar), sealing.keys().public), "另一把公钥"),
            "别卷.lxa": (sealing.seal(payload(self.paper, liar, digest="a" * 64), public), "另一次出的"),
            "副本.lxa": (good, "重复"),
        }
        for name, (raw, _) in files.items():
            (folder / name).write_bytes(raw)
        (folder / "链接.lxa").symlink_to(folder / file_name(self.paper, first))
        return {**{name: words for name, (_, words) in files.items()}, "链接.lxa": "链接"}

    def grade(self, *more: str | Path) -> int:
        """Run the program on all answers."""
        root = self.root
        sealed = ("--answers", root / "in", "--key-file", root / "keys" / "私钥.json")
        typed = ("--entries", root / "登分表.xlsx")
        return run("paper", "grade", root / "forms", *sealed, *typed, *more, "-o", root / "成绩")

    def mark(self) -> Path:
        """Mark the free answers: what each is worth is known."""
        path = self.root / "评好.xlsx"
        book, who = book_of(self.sheet_of_marks), self.who
        for sheet, row, name, number in rows_to_mark(book):
            sheet.cell(row, 3).value = who[number].worth[name]
        book.save(path)
        return path

    @property
    def who(self) -> dict[str, Examinee]:
        """Map the numbers of sittings to learners, as only the trainer's file can."""
        by_number = {one.number: one for one in self.learners}
        rows = table(book_of(self.root / "成绩" / "成绩.xlsx")["成绩"])[1:]
        return {str(row[0]): by_number[str(row[3])] for row in rows}

    def truth(self, letter: str) -> tuple[list[str], list[list[Fraction]]]:
        """Give the ids of a form and the points of its learners, as they were made."""
        names = [asking.asked.id for asking in self.paper.forms[letter].askings.values()]
        rows = [[Fraction(one.worth[name]) for name in names] for one in self.learners if one.form == letter]
        return names, rows


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulation]:
    pytest.importorskip("openpyxl")
    pytest.importorskip("nacl")
    yield Simulation(tmp_path_factory.mktemp("exam"))


def test_every_score_is_the_truth(exam: Simulation) -> None:
    assert len(exam.results.sittings) == LEARNERS
    assert sum(one.is_screen for one in exam.results.sittings) == ON_SCREEN
    who = exam.who
    for sitting in exam.results.sittings:
        assert {name: one.points for name, one in sitting.answers.items()} == who[sitting.number].worth


def test_hostile_files_are_refused_by_name_and_the_rest_graded(exam: Simulation) -> None:
    assert exam.codes == [1, 1, 0]  # there is something to look at, and the analysis is done
    refused = {str(row[0]): str(row[1]) for row in table(book_of(exam.root / "成绩" / "成绩.xlsx")["拒收"])[1:]}
    # Of a file and its copy either may be the one that counts.
    original = file_name(exam.paper, exam.learners[0])
    copies = {name for name in refused if name in ("副本.lxa", original)}
    assert len(copies) == 1
    assert set(refused) - copies == set(exam.hostile) - {"副本.lxa"}
    for name, words in exam.hostile.items():
        assert words in refused.get(name, refused[next(iter(copies))])


def test_the_trainers_file_adds_up(exam: Simulation) -> None:
    rows = table(book_of(exam.root / "成绩" / "成绩.xlsx")["成绩"])
    total = rows[0].index("总分")
    who = exam.who
    for row in rows[1:]:
        assert row[total] == sum(row[6:total]) == who[str(row[0])].total


def test_no_name_leaves_the_trainers_file(exam: Simulation) -> None:
    names = [word for one in exam.learners for word in (one.name, one.number, one.sitting)]
    texts = {
        "成绩.json": (exam.root / "成绩" / "成绩.json").read_text("utf-8"),
        "分析.html": (exam.root / "分析" / "分析.html").read_text("utf-8"),
        "分析.xlsx": str([table(sheet) for sheet in book_of(exam.root / "分析" / "分析.xlsx")]),
        "阅卷表.xlsx": str([table(sheet) for sheet in book_of(exam.sheet_of_marks)]),
    }
    assert [(name, word) for name, text in texts.items() for word in names if word in text] == []


def test_the_forms_statistics_agree_with_an_independent_working(exam: Simulation) -> None:
    analysis = analyse(exam.results)
    for form in analysis.forms:
        names, rows = exam.truth(form.letter)
        totals = [float(sum(row, Fraction(0))) for row in rows]
        assert sorted(form.totals) == sorted(totals)
        assert form.alpha == pytest.approx(float(independent.alpha(rows)), abs=1e-9)
        assert form.sem == pytest.approx(stats.tstd(totals) * (1 - float(independent.alpha(rows))) ** 0.5, abs=1e-9)
        kinds = {one.asked.id: one.asked for one in exam.paper.forms[form.letter].askings.values()}
        whole = [place for place, name in enumerate(names) if kinds[name].type in ("单选", "多选", "判断", "排序")]
        binary = [[row[place] / Fraction(kinds[names[place]].score) for place in whole] for row in rows]
        assert form.kr20_questions == len(whole)
        assert form.kr20 == pytest.approx(float(independent.kr20(binary)), abs=1e-9)
    (compared,) = analysis.comparisons
    welch = stats.ttest_ind(analysis.forms[0].totals, analysis.forms[1].totals, equal_var=False)
    assert (compared.t, compared.p) == pytest.approx((welch.statistic, welch.pvalue), abs=1e-9)


def test_the_questions_statistics_agree_with_an_independent_working(exam: Simulation) -> None:
    items = {one.figures.question.id: one.figures for one in analyse(exam.results).items}
    seen = 0
    for letter in exam.paper.forms:
        names, rows = exam.truth(letter)
        totals = [sum(row, Fraction(0)) for row in rows]
        for place, name in enumerate(names):
            if len(items[name].question.numbers) > 1:
                continue  # pooled over forms: held to least squares elsewhere
            score = Fraction(items[name].question.score)
            column = [row[place] / score for row in rows]
            expected = independent.item_rest(rows, place)
            assert items[name].discrimination == (None if expected is None else pytest.approx(expected, abs=1e-9))
            assert items[name].difficulty == pytest.approx(float(independent.mean(column)), abs=1e-9)
            upper, lower = independent.upper_lower(totals, column)
            assert items[name].d == pytest.approx(float(upper - lower), abs=1e-9)
            seen += 1
    assert seen > 80


def test_options_are_counted_by_what_learners_chose(exam: Simulation) -> None:
    items = {one.figures.question.id: one.figures for one in analyse(exam.results).items}
    for letter, asking in exam.paper.askings():
        if asking.asked.type not in ("单选", "多选"):
            continue
        given: list[Any] = [one.answers.get(asking.number, "") for one in exam.learners if one.form == letter]
        counts = {option.text: option.count for option in items[asking.asked.id].options}
        if len(items[asking.asked.id].question.numbers) == 1:
            shown = zip("ABCDEFGHIJ", asking.asked.options, strict=False)
            assert counts == {text: sum(sign in one for one in given) for sign, text in shown}
        assert {one.text for one in items[asking.asked.id].options if one.is_key} == {
            asking.asked.options["ABCDEFGHIJ".index(sign)] for sign in str(asking.keyed.key)
        }


def test_what_was_typed_in_is_what_was_written(exam: Simulation) -> None:
    found = read_entries("登分表.xlsx", (exam.root / "登分表.xlsx").read_bytes(), exam.paper)
    assert (found.findings, found.refused, found.absent) == ([], [], 0)
    typed = {one.learner.number: one for one in found.sittings}
    for one in exam.learners[ON_SCREEN:]:
        askings = exam.paper.forms[one.form].askings
        written = {number: answer for number, answer in one.answers.items() if askings[number].is_objective}
        assert typed[one.number].answers == written
        assert typed[one.number].learner.name == one.name


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_wrong_keys_are_found_first(seed: int, exam: Simulation, tmp_path: Path) -> None:
    sat = as_sittings(exam.paper, examinees(exam.paper, 300, seed))
    folder = shutil.copytree(exam.root / "forms", tmp_path / "forms")
    path = folder / "key-a.json"
    keys, wrong = json.loads(path.read_text("utf-8")), set()
    for item in keys["items"][0:20:6]:
        item["key"] = "ABCD"[("ABCD".index(item["key"]) + 1) % len(item["order"])]
        wrong.add(item["id"])
    path.write_text(json.dumps(keys), "utf-8")
    paper = read_paper(folder)
    faulty = to_mend(analyse(grade(paper, sat, numbers(sat, b"key"), Rules(), {})))
    first = {one.figures.question.id: one.reasons[0].fault for one in faulty[: len(wrong)]}
    assert first.keys() == wrong
    assert set(first.values()) <= {Fault.KEY, Fault.REVERSED}


def test_the_page_stands_alone(exam: Simulation) -> None:
    text = (exam.root / "分析" / "分析.html").read_text("utf-8")
    assert "http" not in text.replace('http-equiv="', "")
    assert "<script" not in text
    assert text.count("<svg") > 50
    assert "只作参考" in text

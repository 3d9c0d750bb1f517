"""Exams as a part of the site: published as the page itself, listed, gone when taken away, refused when spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.quiz.exam_deposit import deposit
from lunxun.site.exam_page import exam_page
from tests.quiz.made_forms import made_form
from tests.site.projects import build, make_project, snapshot

PUBLIC = bytes(range(32))
PAGE = "quizzes/exams/all-types-a.html"
LIST = "quizzes/exams.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small project with an exam."""
    made = make_project(tmp_path_factory.mktemp("exams") / "project")
    (made / "quizzes/exams").mkdir(parents=True)
    (made / "quizzes/exams/all-types-a.json").write_bytes(deposit(made_form(), PUBLIC))
    done = build(made)
    assert done.returncode == 0, done.stdout
    return made


def test_an_exam_is_published_as_it_is_on_a_stick(project: Path) -> None:
    site = project / "site"
    assert (site / PAGE).read_text("utf-8") == exam_page(made_form(), PUBLIC)
    listed = (site / LIST).read_text("utf-8")
    assert 'href="exams/all-types-a.html">样卷：九种题型</a>' in listed and "60分钟" in listed
    assert 'href="exams.html">考试</a>' in (site / "quizzes/index.html").read_text("utf-8")


def test_the_scripts_of_exams_are_in_their_pages_only(project: Path) -> None:
    names = snapshot(project / "site")
    assert not [name for name in names if "/exam-" in name or "tweetnacl" in name or name.endswith("exam.css")]


def test_the_other_way_in_publishes_the_same_bytes(project: Path) -> None:
    before = snapshot(project / "site")
    assert build(project, "mkdocs", "build").returncode == 0
    assert snapshot(project / "site") == before


def test_a_spoilt_exam_leaves_the_last_site_and_one_that_is_taken_away_goes(project: Path) -> None:
    before = snapshot(project / "site")
    path = project / "quizzes/exams/all-types-a.json"
    path.write_text("{}", "utf-8")
    done = build(project)
    assert done.returncode == 1 and "quizzes/exams/all-types-a.json" in done.stdout
    assert snapshot(project / "site") == before
    path.unlink()
    done = build(project)
    assert done.returncode == 0, done.stdout
    assert not (project / "site" / PAGE).exists()
    assert "现在没有放在网站上的考试" in (project / "site" / LIST).read_text("utf-8")

"""Exams as a part of the site: a page that lists them, and each on a page of its own, outside the site's frame.

A search box beside an exam would be no help to anybody, and the page is the same as the file for a stick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lunxun.quiz.exam_deposit import ExamDeposit, exam_name
from lunxun.quiz.paper_files import FormFile
from lunxun.site import addresses
from lunxun.site.exam_page import exam_page
from lunxun.site.frame import Frame
from lunxun.site.page import SitePage
from lunxun.site.templating import template

_TITLE = "考试"
_ABOUT = "在电脑上作答的考试。答卷封成一个文件，由你自己交给监考人员；网站不收答卷。"


@dataclass(frozen=True, slots=True)
class ExamRow:
    """An exam in the list; the address is seen from there."""

    address: str
    form: FormFile
    count: int


def exam_list(exams: Sequence[ExamDeposit]) -> SitePage:
    """Render the list of exams."""
    rows = tuple(
        ExamRow(addresses.relative(addresses.EXAMS, _address(one)), one.form, sum(1 for _ in one.form.answered()))
        for one in exams
    )
    body = template("exams").render(rows=rows, title=_TITLE, about=_ABOUT)
    return SitePage(addresses.EXAMS, _TITLE, body, (), _ABOUT)


def exam_files(frame: Frame, exams: Sequence[ExamDeposit]) -> Iterator[tuple[str, str]]:
    """Give the files of all exams and of their list, by address."""
    yield addresses.EXAMS, frame.html(exam_list(exams))
    for one in exams:
        yield _address(one), exam_page(one.form, one.public_key)


def _address(exam: ExamDeposit) -> str:
    return f"{addresses.EXAM_FOLDER}/{exam_name(exam.form)}.html"

"""Banks as Word files: a paragraph for every line of the text form, and whatever numbering Word itself gives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.office import office_module, problem_of_archive
from lunxun.quiz.formats.plain_read import read_lines
from lunxun.quiz.formats.plain_write import bank_lines
from lunxun.quiz.formats.rules import FORM, LEFT_OUT, LOSS, Intake
from lunxun.quiz.formats.word_layout import add_line, set_page
from lunxun.records.bank import Bank

MAX_PARAGRAPHS = 20_000
_FONT = "宋体"
_LETTERS = ("upperLetter", "lowerLetter")


def read_word(file: str, data: bytes) -> Intake:
    """Read a bank from the bytes of a .docx file; findings count paragraphs where others count lines."""
    docx = office_module("docx")
    problem = problem_of_archive(data, "word/document.xml")
    if problem is not None:
        return Intake(findings=[FORM.at(Place(file), problem, "用 Word 或 WPS 另存为 .docx，不带宏和密码。")])
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
    except Exception:  # the library raises whatever a broken part happens to cause
        return Intake(findings=[FORM.at(Place(file), "读不了这个 Word 文件", "用 Word 或 WPS 打开后另存为 .docx。")])
    intake = read_lines(file, lines[:MAX_PARAGRAPHS])
    if len(lines) > MAX_PARAGRAPHS:
        intake.findings.append(FORM.at(Place(file, lines[MAX_PARAGRAPHS][0]), f"段落超过 {MAX_PARAGRAPHS}，后面没有读"))
    return Intake(intake.head, intake.questions, [*_beside(file, document), *intake.findings])


def write_word(bank: Bank) -> tuple[bytes, list[Finding]]:
    """Write a bank as a .docx file, set in a Chinese font."""
    docx = office_module("docx")
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(docx.oxml.ns.qn("w:eastAsia"), _FONT)
    document.core_properties.title = _printable(bank.title)
    set_page(document, docx)
    lines = list(bank_lines(bank))
    for place, line in enumerate(lines):
        add_line(document, docx, _printable(line), is_last=not any(lines[place + 1 : place + 2]))
    target = io.BytesIO()
    document.save(target)
    is_whole = all(line == _printable(line) for line in lines)
    said = [] if is_whole else [LOSS.at(Place(""), "Word 放不下的控制字符去掉了")]
    return target.getvalue(), said


def _printable(text: str) -> str:
    """Drop what XML cannot hold; a carriage return or tab would come back as something else."""
    return "".join(one for one in text if one >= " " and one not in "\ufffe\uffff" and not "\ud800" <= one <= "\udfff")


def _lines(document: Any) -> Iterator[tuple[int, str]]:
    numbers = _Numbers(document)
    for count, paragraph in enumerate(document.paragraphs, 1):
        first, *rest = paragraph.text.split("\n")
        yield count, numbers.label(paragraph) + first
        yield from ((count, line) for line in rest)


def _beside(file: str, document: Any) -> Iterator[Finding]:
    if document.tables:
        remedy = "把表格里的题改成段落，或复制到 Excel 模板。"
        yield LEFT_OUT.at(Place(file), f"{len(document.tables)} 个表格没有读", remedy)
    if document.inline_shapes:
        yield LEFT_OUT.at(Place(file), f"{len(document.inline_shapes)} 幅图没有读", "图里的内容写成文字。")


class _Numbers:
    """The numbers and letters that Word puts before paragraphs and that are not in their text."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[tuple[str, str], int] = {}
        self.last_list = ""
        self.formats = _formats(document)

    def label(self, paragraph: Any) -> str:
        """Give what stands before a paragraph: `1. `, `A. ` or nothing."""
        numbering = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if numbering is None or numbering.numId is None:
            return ""
        level = str(numbering.ilvl.val) if numbering.ilvl is not None else "0"
        key = (str(numbering.numId.val), level)
        kind = self.formats.get(key, "")
        if kind not in ("decimal", *_LETTERS):
            return ""
        if kind not in _LETTERS:
            # Letters below a number begin anew with the next number.
            self.counts = {
                other: count
                for other, count in self.counts.items()
                if self.formats.get(other) not in _LETTERS or other[0] != key[0]
            }
        count = self.counts[key] = self.counts.get(key, 0) + 1
        return f"{chr(64 + count) if count <= 26 else count}. " if kind in _LETTERS else f"{count}. "


def _formats(document: Any) -> dict[tuple[str, str], str]:
    """Map list and level to the kind of number, as far as the file says it plainly."""
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
    if part is None:
        return {}
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = part.element
    levels = {
        (one.get(f"{space}abstractNumId"), level.get(f"{space}ilvl")): form.get(f"{space}val")
        for one in root.findall(f"{space}abstractNum")
        for level in one.findall(f"{space}lvl")
        for form in level.findall(f"{space}numFmt")
    }
    return {
        (number.get(f"{space}numId"), level): kind
        for number in root.findall(f"{space}num")
        for reference in number.findall(f"{space}abstractNumId")
        for (abstract, level), kind in levels.items()
        if abstract == reference.get(f"{space}val")
    }

"""All forms in which banks come and go, by the names that the command line uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from lunxun.findings import Finding
from lunxun.quiz.formats.gift_read import read_gift
from lunxun.quiz.formats.gift_write import write_gift
from lunxun.quiz.formats.moodle_read import read_moodle
from lunxun.quiz.formats.moodle_write import write_moodle
from lunxun.quiz.formats.rules import Intake
from lunxun.quiz.formats.sheet_read import read_sheet
from lunxun.quiz.formats.sheet_write import write_sheet
from lunxun.quiz.formats.text import read_text_file, write_text_file
from lunxun.quiz.formats.word import read_word, write_word
from lunxun.records.bank import Bank

Reader = Callable[[str, bytes], Intake]
Writer = Callable[[Bank], tuple[bytes, list[Finding]]]

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """A form: what it is (Chinese), how its files end, and how it is read and written.

    A reader takes the name that findings use and the bytes of a file; a writer gives bytes, and what
    it had no room for.
    """

    title: str
    suffixes: tuple[str, ...]
    read: Reader
    write: Writer


FORMATS: dict[str, Format] = {
    "text": Format("纯文本", (".txt", ".text", ".md"), read_text_file, write_text_file),
    "docx": Format("Word 文件", (".docx",), read_word, write_word),
    "xlsx": Format("Excel 表格", (".xlsx",), read_sheet, write_sheet),
    "moodle": Format("Moodle XML", (".xml",), read_moodle, write_moodle),
    "gift": Format("GIFT", (".gift",), read_gift, write_gift),
}


def format_of(name: str) -> str | None:
    """Name the form of a file by how its name ends."""
    suffix = PurePath(name).suffix.lower()
    return next((key for key, form in FORMATS.items() if suffix in form.suffixes), None)

"""Banks as text files, in UTF-8, read also in the encoding that older Chinese Windows programs write."""

from __future__ import annotations

from lunxun.findings import Finding, Place
from lunxun.quiz.formats.plain_read import numbered, read_lines
from lunxun.quiz.formats.plain_write import bank_lines
from lunxun.quiz.formats.rules import FORM, GUESS, Intake
from lunxun.records.bank import Bank


def read_text_file(file: str, data: bytes) -> Intake:
    """Read a bank from the bytes of a text file."""
    text, findings = decoded(file, data)
    if text is None:
        return Intake(findings=findings)
    intake = read_lines(file, numbered(text))
    intake.findings[:0] = findings
    return intake


def write_text_file(bank: Bank) -> tuple[bytes, list[Finding]]:
    """Write a bank as a text file, which holds all of it; Windows programs know it as UTF-8 by its mark."""
    return ("\n".join(bank_lines(bank)) + "\n").encode("utf-8-sig", errors="replace"), []


def decoded(file: str, data: bytes) -> tuple[str | None, list[Finding]]:
    """Decode a text file: UTF-8, or GB 18030 with a finding that says so."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        return None, [FORM.at(Place(file), "不是文本文件，或者编码认不出来", "用记事本另存为 UTF-8。")]
    return text, [
        GUESS.at(Place(file), "文件不是 UTF-8，当作 GB 18030 读", "看看有没有乱码；有就另存为 UTF-8 再导入。")
    ]

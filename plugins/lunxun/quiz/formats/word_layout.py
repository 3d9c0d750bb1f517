"""How the lines of a bank look in Word: a question stands out and is not torn, what belongs to it is small."""

from __future__ import annotations

import re
from typing import Any

_QUESTION = re.compile(r"(?:\d+|（\d+）|\(\d+\))[.．、]?\s*【")
_OPTION = re.compile(r"[A-J][.．、]")
_FIELD = re.compile(r"(题库|简介|答案|解析|选项说明|得分点|多余右项)：")
_SMALL_FIELD = re.compile(r"(题号|选项编号|依据|难度|层次|主题|分值|状态|互斥题|停用|案例|对象|用途|不计次序)：")
_SMALL, _GREY = 9, (0x59, 0x59, 0x59)
_INDENT = 0.75  # centimetres


def set_page(document: Any, docx: Any) -> None:
    """Make pages A4."""
    section, centimetres = document.sections[0], docx.shared.Cm
    section.page_width, section.page_height = centimetres(21), centimetres(29.7)
    section.left_margin = section.right_margin = centimetres(2.5)
    section.top_margin = section.bottom_margin = centimetres(2.2)


def add_line(document: Any, docx: Any, line: str, *, is_last: bool) -> None:
    """Add a line as a paragraph of its own, which stays with the next one up to the last of its question."""
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_after = docx.shared.Pt(0)
    layout.keep_with_next, layout.keep_together = not is_last, True
    field = _FIELD.match(line)
    if _QUESTION.match(line):
        paragraph.add_run(line).bold = True
        return
    if _OPTION.match(line):
        layout.left_indent = docx.shared.Cm(_INDENT)
    if _SMALL_FIELD.match(line):
        run = paragraph.add_run(line)
        run.font.size = docx.shared.Pt(_SMALL)
        run.font.color.rgb = docx.shared.RGBColor(*_GREY)
    elif field:
        paragraph.add_run(field[0]).bold = True
        paragraph.add_run(line[field.end() :])
    else:
        paragraph.add_run(line)

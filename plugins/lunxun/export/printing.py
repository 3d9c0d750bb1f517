"""All files that are printed of a form: what learners get apart from what the trainer keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lunxun.export.blueprint_xlsx import blueprint_xlsx
from lunxun.export.card_docx import card_docx
from lunxun.export.card_layout import card_view
from lunxun.export.key_docx import key_docx
from lunxun.export.key_layout import key_view
from lunxun.export.paper_docx import paper_docx
from lunxun.export.paper_layout import LARGE, NORMAL, head, paper_view
from lunxun.export.paper_set import FormSet
from lunxun.export.typeset import typeset

LEARNERS, TRAINER = "学员", "教师"
FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Printed:
    """A file: its folder and name, its bytes, and characters that it cannot show."""

    folder: str
    name: str
    data: bytes
    missing: str = ""


def printed(one: FormSet, formats: tuple[str, ...], large: bool, names: Mapping[str, str]) -> Iterator[Printed]:
    """Write the files of a form; raises OfficeMissingError, PdfError. `names` says what a basis is called."""
    how = LARGE if large else NORMAL
    end = f"{one.form.form}-大字" if large else one.form.form
    paper, card = paper_view(one.form, how), card_view(one.form, how)
    for kind in formats:
        if kind == "docx":
            yield Printed(LEARNERS, f"试卷-{end}.docx", paper_docx(paper))
            yield Printed(LEARNERS, f"答题卡-{end}.docx", card_docx(card))
        else:
            for name, view in (("试卷", paper), ("答题卡", card)):
                made = typeset(view)
                yield Printed(LEARNERS, f"{name}-{end}.pdf", made.data, made.missing)
    if one.key is not None:
        key = key_view(one.form, one.key, names)
        for kind in formats:
            name = f"答案与评分标准-{one.form.form}.{kind}"
            if kind == "docx":
                yield Printed(TRAINER, name, key_docx(key))
            else:
                made = typeset(key)
                yield Printed(TRAINER, name, made.data, made.missing)
    if one.items is not None:
        yield Printed(TRAINER, f"双向细目表-{one.form.form}.xlsx", blueprint_xlsx(head(one.form), one.items))

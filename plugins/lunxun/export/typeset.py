"""Printed sheets as PDF, set by Typst: tagged, fonts embedded, the same bytes for the same content.

Texts reach Typst as JSON, so that nothing in them is ever read as its language; the templates lie beside this module.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from lunxun.export.card_layout import CardView
from lunxun.export.key_layout import KeyView
from lunxun.export.paper_layout import PaperView

_TEMPLATES = Path(__file__).parent / "templates"
_STANDARD = "ua-1"
_SHORT_TITLE = 24
_PITCHES = ("1", "0.93", "0.86")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_NEEDS = '写 PDF 要先装 typst 和中文字体：pip install "lunxun[pdf]"；只要 Word 文件，用 --format docx。'


class PdfError(Exception):
    """No PDF can be written: the extra `pdf` is not installed, or Typst refuses; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF; `missing` names a text that its fonts cannot show, and that is printed as empty boxes."""

    data: bytes
    missing: str = ""


def require() -> None:
    """Make sure that PDF can be written; raises PdfError."""
    _module("typst")
    _module("pylopdf_fonts_zh_cn")


def typeset(view: PaperView | CardView | KeyView) -> Typeset:
    """Set a view as PDF/UA; raises PdfError."""
    typst = _module("typst")
    # Fonts of this machine are left aside: pages would break elsewhere on the next one.
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(_module("pylopdf_fonts_zh_cn").serif_path().parent)],
    )
    file, inputs = str(_TEMPLATES / f"{_TEMPLATE[type(view)]}.typ"), _inputs(view)
    made = (typst.Compiler(file, str(_TEMPLATES), fonts, sys_inputs={**inputs, "pitch": pitch}) for pitch in _PITCHES)
    try:
        compiler = min(made, key=_pages)  # of those with as few pages the first, whose lines are widest apart
        return Typeset(compiler.compile(pdf_standards=[_STANDARD], timestamp=0))
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(error.message)
        if missing is None:
            raise PdfError(f"PDF 没有排成（{error.message[:200]}）。用 --format docx 写 Word 文件。") from None
    # Accessible PDF may hold no character without a shape. A paper with an empty box is still better than none.
    return Typeset(compiler.compile(timestamp=0), missing[1][:_SHORT_TITLE])


def _pages(compiler: Any) -> int:
    return int(json.loads(compiler.query("<pages>", field="value", one=True)))


_TEMPLATE: dict[type, str] = {PaperView: "paper", CardView: "card", KeyView: "key"}


def _inputs(view: PaperView | CardView | KeyView) -> dict[str, str]:
    data = asdict(view)
    title = view.head.title
    data["head"]["short"] = title if len(title) <= _SHORT_TITLE else title[: _SHORT_TITLE - 1] + "…"
    is_large = not isinstance(view, KeyView) and view.print.large
    return {"data": json.dumps(data, ensure_ascii=False), "large": "yes" if is_large else "no"}


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise PdfError(_NEEDS) from None

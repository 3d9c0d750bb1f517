"""The list of banks, and the page on which a learner finds what went wrong and what is due."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lunxun.library.library import Entry
from lunxun.records.bank import Bank
from lunxun.site import addresses
from lunxun.site.context import PageContext
from lunxun.site.page import SitePage
from lunxun.site.prose import ProseRenderer
from lunxun.site.quiz_data import counts_by_type, open_questions
from lunxun.site.templating import template

INTRODUCTION = "按专题整理的练习题，每道题都连到证明答案的条款、数据或术语。做题记录只留在这台电脑的浏览器里，不排名。"
_NOTEBOOK_ABOUT = "做错的题和今天该复习的题，都从各题库的做题记录里来。"


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank in the list: how many questions of each type it has."""

    entry: Entry
    total: int
    types: tuple[tuple[str, int], ...]


def quiz_pages(renderer: ProseRenderer) -> Iterator[SitePage]:
    """Render the list of banks and the notebook."""
    page = PageContext(renderer, addresses.of_kind(Bank.kind))
    rows = _rows(page)
    body = template("banks").render(page=page, rows=rows, introduction=INTRODUCTION)
    yield SitePage(page.address, "题库测验", body, page.headings, INTRODUCTION)
    page = PageContext(renderer, addresses.NOTEBOOK)
    body = template("notebook").render(page=page, titles=_titles(rows))
    yield SitePage(page.address, "错题本", body, page.headings, _NOTEBOOK_ABOUT)


def _rows(page: PageContext) -> tuple[BankRow, ...]:
    rows = []
    for entry, bank in page.library.of(Bank):
        if not entry.is_hidden:
            types = counts_by_type(open_questions(entry, bank, page))
            rows.append(BankRow(entry, sum(count for _, count in types), types))
    return tuple(rows)


def _titles(rows: tuple[BankRow, ...]) -> Markup:
    """Give the titles of banks by their ids as JSON that is safe in a page."""
    text = json.dumps({row.entry.key.id: row.entry.record.title for row in rows}, ensure_ascii=False)
    return Markup(
        text.replace("<", "\\u003c").replace("&", "\\u0026").replace(">", "\\u003e")
    )  # nothing is left to read as HTML

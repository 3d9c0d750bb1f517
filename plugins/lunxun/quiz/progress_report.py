"""What a file of progress says, bank by bank: what is due, and what keeps going wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lunxun.library.files import shown
from lunxun.quiz.progress_file import BankProgress, Known, ProgressFile, day_of, end_of

OFTEN = 2
"""So many times not wholly right is often."""


def progress_report(progress: ProgressFile, today: date, most: int) -> str:
    """Write the report in Chinese; of each list the first `most` questions."""
    banks = [bank for bank in progress.banks if bank.questions]
    if not banks:
        return "记录里还没有做过的题。"
    tries = sum(known.tries for bank in banks for known in bank.questions.values())
    asked = sum(len(bank.questions) for bank in banks)
    due = sum(len(bank.due(end_of(today))) for bank in banks)
    saved = f"{progress.saved_on} 存下的记录" if progress.saved_on else "记录"
    head = f"{saved}：{len(banks)} 个题库，做过 {asked} 题，共 {tries} 次。到 {today} 该复习 {due} 题。"
    return "\n\n".join([head, *("\n".join(_bank(bank, today, most)) for bank in banks)])


def _bank(bank: BankProgress, today: date, most: int) -> Iterator[str]:
    right = sum(known.last == "right" for known in bank.questions.values())
    due, book, wrong = bank.due(end_of(today)), bank.in_book(), bank.often_wrong(OFTEN)
    name = f"{shown(bank.title)}（{bank.bank}）" if bank.title else bank.bank
    done = f"做过 {len(bank.questions)} 题，最近一次答对 {right} 题"
    yield f"{name}：{done}；该复习 {len(due)} 题，错题本里 {len(book)} 题。"
    yield from _list("该复习", bank, due, most)
    yield from _list(f"常错（没有全对 {OFTEN} 次以上）", bank, wrong, most)


def _list(title: str, bank: BankProgress, ids: list[str], most: int) -> Iterator[str]:
    if not ids:
        return
    yield f"  {title}："
    for id_ in ids[:most]:
        yield f"    {_line(id_, bank.questions[id_])}"
    if len(ids) > most:
        yield f"    还有 {len(ids) - most} 题。"


def _line(id_: str, known: Known) -> str:
    when = f"，{day_of(known.card.due)} 到期" if known.card else ""
    return f"{id_}　{shown(known.type)}　{shown(known.stem)}（做过 {known.tries} 次，没有全对 {known.wrong} 次{when}）"

"""A bank for people who do not have the records: figures and names put in, and what does not leave the project."""

from __future__ import annotations

from typing import Any

from lunxun.findings import Finding, Place
from lunxun.library.library import Library
from lunxun.library.said import said
from lunxun.quiz.formats.rules import LOSS
from lunxun.records.bank import Bank
from lunxun.records.question_types import CaseAnalysis
from lunxun.records.references import Key
from lunxun.text.marks import marks


def spoken(library: Library, key: Key, bank: Bank, file: str) -> tuple[Bank, list[Finding]]:
    """Put figures and names in the place of their marks, and say how many there were."""
    count = 0

    def replaced(node: Any) -> Any:
        nonlocal count
        if isinstance(node, dict):
            return {name: replaced(value) for name, value in node.items()}
        if isinstance(node, list | tuple):
            return [replaced(value) for value in node]
        if not isinstance(node, str):
            return node
        text = said(library, key, node)
        count += len(list(marks(node))) if text != node else 0
        return text

    made = Bank.model_validate(replaced(bank.model_dump(exclude_none=True)))
    if not count:
        return made, []
    remedy = "要再导回来的，加 --marks 保留标记。"
    return made, [LOSS.at(Place(file), f"{count} 处数据、名称的标记换成了文字，以后不随记录更正", remedy)]


def kept_back(bank: Bank, file: str) -> list[Finding]:
    """Say what of a bank is in none of the forms."""
    place = Place(file)
    questions = [
        one for top in bank.questions for one in (top, *(top.questions if isinstance(top, CaseAnalysis) else ()))
    ]
    reviewed = sum(one.review is not None for one in questions) + (bank.review is not None)
    counts = (
        (reviewed, "处审定记录"),
        (sum(one.origin is not None for one in questions), "处起草记录"),
        (len(bank.facts), "条题库自己的数据"),
        (len(bank.sources), "条题库的来源"),
        (len(bank.aliases), "个题库别名"),
    )
    found = [f"{count} {what}" for count, what in counts if count]
    return [LOSS.at(place, f"没有导出：{'、'.join(found)}")] if found else []

"""The report on banks: what they hold, and by what a learner could guess their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lunxun.checks.bank_counts import BankCounts, Chance, count
from lunxun.library.library import Entry, Library
from lunxun.library.questions import questions_of
from lunxun.records.bank import Bank
from lunxun.records.question import LEVELS
from lunxun.records.question_types import TYPES


def bank_report(library: Library, entry: Entry, bank: Bank) -> str:
    """Write what one bank holds, in Chinese, a statement a line."""
    counts = count(library, questions_of(library, entry, bank))
    names = library.taxonomy.names("topics")
    retired = sum(question.retired is not None for question in bank.questions)
    lines = [
        f"{bank.title}（{entry.key.id}）：{counts.total} 题" + (f"，另有停用 {retired} 题" if retired else ""),
        _line("题型", {name: counts.types[name] for name in TYPES}),
        _line("认知层次", {level: counts.levels[level] for level in LEVELS}),
        _line("难度", {str(step): counts.difficulties[step] for step in range(1, 6)}),
        _line("主题", {names.get(topic, topic): number for topic, number in counts.topics.most_common()}),
        *_guesses(counts),
    ]
    return "\n  ".join(line for line in lines if line)


def _guesses(counts: BankCounts) -> Iterable[str]:
    yield _letters("单选答案", counts.single_letters)
    if counts.longest_run > 1:
        yield f"单选答案最多连续相同 {counts.longest_run} 题"
    yield _letters("多选答案", counts.multiple_letters)
    yield _of("答案是最长的选项", counts.longest_is_key)
    yield _of("答案是最短的选项", counts.shortest_is_key)
    if counts.multiple_count:
        yield f"多选正确选项与错误选项的平均长度之比 {counts.length_ratio:.2f}"
    yield _of("判断题答案为“对”", counts.true_statements)


def _line(title: str, numbers: Mapping[str, int]) -> str:
    parts = [f"{name} {number}" for name, number in numbers.items() if number]
    return f"{title}：{'、'.join(parts)}" if parts else ""


def _letters(title: str, letters: Mapping[str, Chance]) -> str:
    parts = [f"{letter} {chance.happened}（随机约 {chance.expected:.1f}）" for letter, chance in letters.items()]
    return f"{title}：{'、'.join(parts)}" if parts else ""


def _of(title: str, chance: Chance) -> str:
    if not chance.trials:
        return ""
    return f"{title}：{chance.trials} 题里 {chance.happened} 题（随机约 {chance.expected:.1f} 题）"

"""Rules about a bank as a whole: that its keys cannot be guessed, and that it covers its topics."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.bank_counts import BankCounts, Chance, count, option_lengths
from lunxun.checks.rule import Rule
from lunxun.findings import Finding, Place, RuleInfo, Severity
from lunxun.library.library import Entry, Library
from lunxun.library.questions import questions, questions_of
from lunxun.records.bank import Bank
from lunxun.records.question_types import SingleChoice

KEY_POSITION = RuleInfo(
    "key-position",
    "答案的位置分布均匀",
    "答案多半是同一个字母的题库，不会做的人也能蒙对。",
    "调换选项次序，让各个字母差不多一样多，也不要一连几题都相同。",
    Severity.WARNING,
)
KEY_LENGTH = RuleInfo(
    "key-length",
    "正确选项不明显最长",
    "最长、最周全的那一项往往就是答案，考生不读题也会选它。",
    "删去正确选项里多余的话，或把干扰项写得一样具体。",
    Severity.WARNING,
)
LENGTH_BIAS = RuleInfo(
    "length-bias",
    "选项长短不透露答案",
    "整套题里正确选项总是最长（或最短），考生很快就会发现。",
    "挑几道题，改短正确选项，或加长干扰项。",
    Severity.WARNING,
)
JUDGEMENT_BALANCE = RuleInfo(
    "judgement-balance",
    "判断题对错大致各半",
    "一律判“对”就能得高分的卷子，没有区分度。",
    "把几道题的说法改错（或改对），让两种答案差不多一样多。",
    Severity.WARNING,
)
TOPIC_BALANCE = RuleInfo(
    "topic-balance",
    "题目覆盖题库的主题",
    "列了主题却没有题，组卷时这一格是空的。",
    "补几道题，或从题库的 topics 里删去这个主题。",
    Severity.NOTE,
)

_FEW = 10
_SURPRISING = 2.5
_LONG_RUN = 5
_RATIO = 1.4
_LONGER, _LONGER_BY = 1.6, 8
_SHARES = (0.3, 0.7)
_MANY_TOPICS, _MANY_QUESTIONS, _TOO_LARGE = 3, 20, 0.6


def keys_stand_anywhere(library: Library) -> Iterator[Finding]:
    """Find banks whose keys prefer or avoid a letter, or repeat one many times running."""
    for entry, counts in _counted(library):
        for name, letters in (("单选", counts.single_letters), ("多选", counts.multiple_letters)):
            for letter, chance in letters.items():
                if chance.trials >= _FEW and abs(chance.surprise) > _SURPRISING:
                    yield KEY_POSITION.at(_place(entry), f"{name}题{_often(chance)}答案有 {letter}")
        if counts.longest_run >= _LONG_RUN:
            yield KEY_POSITION.at(_place(entry), f"一连 {counts.longest_run} 道单选题答案相同")


def no_key_sticks_out(library: Library) -> Iterator[Finding]:
    """Find 单选 questions whose right option is much longer than all others."""
    for placed in questions(library):
        question = placed.question
        if isinstance(question, SingleChoice) and question.keyed:
            lengths = option_lengths(library, placed, question)
            (key,) = question.keyed
            others = max((length for index, length in enumerate(lengths) if index != key), default=0)
            if lengths[key] >= max(others * _LONGER, others + _LONGER_BY):
                message = f"正确选项 {lengths[key]} 个字，其余最长的 {others} 个字"
                yield KEY_LENGTH.at(placed.place("options", key), message)


def lengths_tell_nothing(library: Library) -> Iterator[Finding]:
    """Find banks whose right options are too often the longest or the shortest."""
    for entry, counts in _counted(library):
        for word, chance in (("最长", counts.longest_is_key), ("最短", counts.shortest_is_key)):
            if chance.trials >= _FEW and chance.surprise > _SURPRISING:
                yield LENGTH_BIAS.at(_place(entry), f"长短分得出的单选题{_often(chance)}答案是{word}的选项")
        if counts.multiple_count >= _FEW and counts.length_ratio > _RATIO:
            times = f"{counts.length_ratio:.1f}"
            yield LENGTH_BIAS.at(_place(entry), f"多选题的正确选项平均长度是错误选项的 {times} 倍")


def statements_are_true_and_false(library: Library) -> Iterator[Finding]:
    """Find banks whose statements are nearly all right, or nearly all wrong."""
    for entry, counts in _counted(library):
        chance = counts.true_statements
        if chance.trials >= _FEW and not _SHARES[0] <= chance.happened / chance.trials <= _SHARES[1]:
            yield JUDGEMENT_BALANCE.at(_place(entry), f"{chance.trials} 道判断题里 {chance.happened} 道答案是“对”")


def topics_are_covered(library: Library) -> Iterator[Finding]:
    """Find topics of a bank that no question has, and one that nearly all have."""
    names = library.taxonomy.names("topics")
    for entry, counts in _counted(library):
        topics = entry.record.topics
        for index, topic in enumerate(topics):
            if counts.total and not counts.topics[topic]:
                place = entry.document.place(("topics", index))
                yield TOPIC_BALANCE.at(place, f"主题“{names.get(topic, topic)}”一道题也没有")
        topic, most = next(iter(counts.topics.most_common(1)), ("", 0))
        if len(topics) >= _MANY_TOPICS and counts.total >= _MANY_QUESTIONS and most > counts.total * _TOO_LARGE:
            message = f"{counts.total} 道题里 {most} 道是“{names.get(topic, topic)}”"
            yield TOPIC_BALANCE.at(entry.document.place(("topics",)), message, "给其他主题补题，或另立题库。")


def _counted(library: Library) -> Iterator[tuple[Entry, BankCounts]]:
    for entry, bank in library.of(Bank):
        yield entry, count(library, questions_of(library, entry, bank))


def _often(chance: Chance) -> str:
    return f" {chance.trials} 道里有 {chance.happened} 道（随机约 {chance.expected:.0f} 道）"


def _place(entry: Entry) -> Place:
    return entry.document.place(("questions",), of_key=True)


RULES = (
    Rule(KEY_POSITION, keys_stand_anywhere),
    Rule(KEY_LENGTH, no_key_sticks_out),
    Rule(LENGTH_BIAS, lengths_tell_nothing),
    Rule(JUDGEMENT_BALANCE, statements_are_true_and_false),
    Rule(TOPIC_BALANCE, topics_are_covered),
)

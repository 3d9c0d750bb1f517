"""Rules about how questions are worded: what gives the key away, what confuses, and what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunxun.checks.question_form import BLANK, same_text
from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.document import Path
from lunxun.library.library import Library
from lunxun.library.questions import PlacedQuestion, questions
from lunxun.records.question_types import Choice, FillIn, Judgement, Matching, Ordering
from lunxun.text.marks import blank_marks

ALL_OF_THE_ABOVE = RuleInfo(
    "all-of-the-above",
    "不用“以上都对”",
    "知道两项对就能选它，知道一项错就能排除它；选项打乱以后“以上”也不成立。",
    "换成一个具体的选项，或改成多选题。",
    Severity.WARNING,
)
NEGATIVE_STEM = RuleInfo(
    "negative-stem",
    "问“不正确”要标出来",
    "考生看漏一个“不”字丢的分，说明不了他会不会。",
    "改成正面问；非用不可的把否定词加粗，写成 **不正确** 的是。",
    Severity.WARNING,
)
QUESTION_PUNCTUATION = RuleInfo(
    "question-punctuation",
    "题目的标点和空位写法一致",
    "多一个句号、少半个括号的选项会被当成线索，空位写法不一，程序也认不出来。",
    "选择题的空写（），填空题的空写 ____；选项前不写 A、B，末尾不加标点。",
    Severity.WARNING,
)
RATIONALE = RuleInfo(
    "rationale",
    "解析说出道理",
    "只重复答案的解析，做错的人看了还是不会。",
    "写出依据说了什么、错的选项错在哪里。",
    Severity.WARNING,
)

_ALL = re.compile(
    r"(?:以上|上述|前面|前[两三四几]项|所有选项|各项)[^，。]{0,6}(?:都|皆|均|全|不|是|对|正确|错误)"
    r"|^(?:都|均|皆|全|全都)(?:不)?(?:对|是|正确|错误|错)$|^[A-J](?:[、和与及]?[A-J])+(?:都|均)?(?:对|正确|是)?$"
)
_BOLD = re.compile(r"\*\*[^*\n]+\*\*")
_BRACKETS = re.compile(r"[（(【\[][\s\u3000_]*[)）】\]]")
_UNDERSCORES = re.compile(r"_{2,}")
_LABEL = re.compile(r"(?:[A-Ja-j][.、．:：)）]|[（(][A-Ja-j][)）]|[①-⑩])")
_NUMBER = re.compile(r"(?:[0-9]{1,3}[.、．](?![0-9])|第[0-9一二三四五六七八九十]+题)")
_DOUBLED = re.compile(r"[，、；：。]{2,}|[！？]{3,}")
_STRAY = re.compile(r"^[，。、；：！？,.;:!?]|[，。、；：,.;:]$")
_SHORT = 12
_ONLY_KEY = re.compile(r"(?:本题|此题|正确)?(?:答案|选项)?(?:是|为|选|应选|应为)?[a-j对错正确误]+(?:项|正确)?\Z")

Spot = tuple[int, str]


def no_option_is_all_of_the_others(library: Library) -> Iterator[Finding]:
    """Find options that speak of the other options."""
    for placed in questions(library):
        if isinstance(placed.question, Choice):
            for index, text in enumerate(placed.question.option_texts):
                if _ALL.search(text):
                    yield ALL_OF_THE_ABOVE.at(placed.place("options", index), f"选项写的是“{text[:20]}”")


def negations_are_marked(library: Library) -> Iterator[Finding]:
    """Find choice questions that ask for what is wrong in letters as plain as the rest."""
    for placed in questions(library):
        question = placed.question
        span = question.negation if isinstance(question, Choice) else None
        if span is not None and not any(
            bold.start() <= span[0] and span[1] <= bold.end() for bold in _BOLD.finditer(question.stem)
        ):
            word = question.stem[slice(*span)]
            yield NEGATIVE_STEM.at(placed.place_of_text(("stem",), question.stem, span[0]), f"“{word}”没有加粗")


def punctuation_is_regular(library: Library) -> Iterator[Finding]:
    """Find stray punctuation, labels written by hand, and answer spaces in another form."""
    for placed in questions(library):
        for path, text in _short_texts(placed):
            for offset, message in _stray(text):
                yield QUESTION_PUNCTUATION.at(placed.place_of_text(path, text, offset), message)
        stem = placed.question.stem
        for offset, message in (*_spaces(placed), *_of_stem(stem)):
            yield QUESTION_PUNCTUATION.at(placed.place_of_text(("stem",), stem, offset), message)


def rationales_explain(library: Library) -> Iterator[Finding]:
    """Find rationales that are very short, repeat the stem or the key, or stand under another question too."""
    seen: dict[str, str] = {}
    for placed in questions(library):
        text = same_text(placed.said(library, placed.question.rationale))
        first = seen.setdefault(text, placed.question.id)
        message = _emptiness(library, placed, text)
        if message is None and first != placed.question.id:
            message = f"解析与 {first} 的一字不差"
        if message is not None:
            yield RATIONALE.at(placed.place("rationale"), message)


def _emptiness(library: Library, placed: PlacedQuestion, text: str) -> str | None:
    if _ONLY_KEY.match(text):
        return "解析只说了答案是哪一个"
    if len(text) < _SHORT:
        return f"解析只有 {len(text)} 个字"
    if text in same_text(placed.said(library, placed.question.stem)):
        return "解析照抄题干"
    return None


def _short_texts(placed: PlacedQuestion) -> Iterator[tuple[Path, str]]:
    """Yield the texts that stand as items, which need no punctuation at their ends."""
    question = placed.question
    if isinstance(question, Choice):
        for index, option in enumerate(question.options):
            yield (("options", index), option) if isinstance(option, str) else (("options", index, "text"), option.text)
    elif isinstance(question, Ordering):
        yield from ((("key", index), text) for index, text in enumerate(question.key))
    elif isinstance(question, Matching):
        for index, pair in enumerate(question.key):
            yield ("key", index, "left"), pair.left
            yield ("key", index, "right"), pair.right
        yield from ((("extra", index), text) for index, text in enumerate(question.extra))


def _stray(text: str) -> Iterator[Spot]:
    plain = blank_marks(text)
    label = _LABEL.match(plain)
    if label:
        yield 0, f"前面写了“{label[0]}”，字母由程序加"
    for match in _STRAY.finditer(plain):
        yield match.start(), f"多了一个“{match[0]}”"
    yield from _doubled(plain)


def _of_stem(stem: str) -> Iterator[Spot]:
    number = _NUMBER.match(stem)
    if number:
        yield 0, f"题干前写了“{number[0]}”，题号由程序加"
    if stem[:1] in "，。、；：！？":
        yield 0, f"题干以“{stem[0]}”开头"
    yield from _doubled(blank_marks(stem))


def _doubled(text: str) -> Iterator[Spot]:
    return ((match.start(), f"标点重复“{match[0]}”") for match in _DOUBLED.finditer(text))


def _spaces(placed: PlacedQuestion) -> Iterator[Spot]:
    """Find answer spaces that are not written as the type of the question asks."""
    question, stem = placed.question, placed.question.stem
    brackets, lines = list(_BRACKETS.finditer(stem)), list(_UNDERSCORES.finditer(stem))
    if isinstance(question, Choice):
        yield from ((found.start(), f"空位写成了“{found[0]}”，应写（）") for found in brackets if found[0] != "（）")
        yield from ((found.start(), "选择题的空位写（），不写下划线") for found in lines)
        yield from ((found.start(), "空位只写一处") for found in brackets[1:])
    elif isinstance(question, FillIn):
        yield from ((found.start(), f"填空题的空写 {BLANK}，不写括号") for found in brackets)
        yield from (
            (found.start(), f"空写成 {len(found[0])} 个下划线，应写四个") for found in lines if found[0] != BLANK
        )
    elif isinstance(question, Judgement):
        yield from ((found.start(), "判断题的题干不写空位") for found in (*brackets, *lines))


RULES = (
    Rule(ALL_OF_THE_ABOVE, no_option_is_all_of_the_others),
    Rule(NEGATIVE_STEM, negations_are_marked),
    Rule(QUESTION_PUNCTUATION, punctuation_is_regular),
    Rule(RATIONALE, rationales_explain),
)

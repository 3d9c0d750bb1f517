"""Rules about how text is written: quotes, punctuation, empty sections, markup, replaced wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunxun.checks.listed_words import WordRule, Words
from lunxun.checks.rule import RecordRule
from lunxun.checks.texts import SEPARATOR, RecordText
from lunxun.findings import Finding, RuleInfo, Severity
from lunxun.library.library import Library
from lunxun.records.term import Term
from lunxun.text.marks import blank_marks
from lunxun.text.signs import PAIRED, as_signs

QUOTES = RuleInfo(
    "quotes",
    "引号、书名号和括号成对",
    "少一半的引号会让读者误以为引文到别处为止，也妨碍程序识别文件名。",
    "补上缺的一半，或删去多余的一半。",
)
HALF_WIDTH = RuleInfo(
    "half-width",
    "中文里用全角标点",
    "半角标点夹在汉字之间，排版时会挤在一起，检索时同一句话有两种写法。",
    "改成全角：，。；：！？（）。",
)
EMPTY_SECTION = RuleInfo(
    "empty-section",
    "各部分有实际内容",
    "“见附件”“略”对打开网页或 U 盘的人毫无用处，附件也不在这里。",
    "写上内容；没有内容就删去这一部分，来源没说的写“来源未说明”。",
)
RAW_HTML = RuleInfo(
    "raw-html",
    "不写网页代码",
    "网页代码在印刷品和离线包里会失效，也可能夹带脚本。",
    "删去尖括号里的标签；加粗用 **文字**，列表用“- ”。",
)
VARIANT = RuleInfo(
    "term-variant",
    "术语用规范写法",
    "同一个词几种写法，读者会以为是几件事，检索也会漏。",
    "改成规范写法；确属引用的错字，放进来源记录的文本质量说明。",
    Severity.WARNING,
)
OLD_WORDING = RuleInfo(
    "old-wording",
    "不用已改的提法",
    "教材里的旧提法会原样进入课堂和试卷。",
    "改成现行提法；叙述历史时在句中写明年份，并把上下文登记为例外。",
    Severity.WARNING,
)

_PAIRS = dict(zip(PAIRED[::2], PAIRED[1::2], strict=True))
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_HAN = "\u3400-\u9fff"
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）])[,;:!?](?=[{_HAN}“《（]|\s*$)"
    rf"|(?<=[{_HAN}])\.(?=[{_HAN}]|\s*$)"
    rf"|\((?=[{_HAN}])|(?<=[{_HAN}])\)"
)
_SAYS_NOTHING = (
    r"(?i:详?见附件[一二三四五六七八九十0-9]*|附后|略|同上|无|暂无|待补充?|待完善|…+|\.{3,}|-+|TODO|TBD|xx+)[。.]?"
)
_EMPTY = re.compile(rf"{_SAYS_NOTHING}\Z")
_MARKUP = re.compile(r"</?[a-zA-Z!][^>\n]{0,200}>?|javascript:|&(#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);", re.IGNORECASE)


# The quick tests look at all texts of a record in one: first whether it has the signs at all that are looked for.
_HALF_SIGNS = re.compile(b"[,;:!?.)(]")
_MAY_BE_HALF = re.compile(rf"[,;:!?.)(](?:(?<=[{_HAN}”》）].)|(?<=\()(?=[{_HAN}]))")
_MAY_BE_EMPTY = re.compile(rf"{SEPARATOR[1:]}\s*+{_SAYS_NOTHING}\s*+{SEPARATOR[1]}")
_MARKUP_SIGNS = re.compile(b"[<&:]")
_PAIRED_SIGNS = tuple(as_signs(opener + closer) for opener, closer in _PAIRS.items())
_END = as_signs(SEPARATOR[1])
_NOT_PAIRED = bytes(sorted({*range(256)} - {*b"".join(_PAIRED_SIGNS), *_END}))


def quotes_are_paired(record: RecordText) -> Iterator[Finding]:
    """Find opening marks without a closing one, and the other way round."""
    for text in record:
        waiting: list[tuple[str, int]] = []
        for offset, character in enumerate(text.value):
            if character in _PAIRS:
                waiting.append((character, offset))
            elif character in _CLOSERS:
                if waiting and waiting[-1][0] == _CLOSERS[character]:
                    waiting.pop()
                else:
                    yield QUOTES.at(text.place(offset), f"“{character}”前面没有与它配对的“{_CLOSERS[character]}”")
        for character, offset in waiting:
            yield QUOTES.at(text.place(offset), f"“{character}”后面没有与它配对的“{_PAIRS[character]}”")


def punctuation_is_full_width(record: RecordText) -> Iterator[Finding]:
    """Find half-width punctuation between Chinese characters."""
    for text in record:
        for match in _HALF.finditer(blank_marks(text.value)):
            yield HALF_WIDTH.at(text.place(match.start()), f"汉字后面是半角的“{match[0]}”")


def sections_are_not_empty(record: RecordText) -> Iterator[Finding]:
    """Find texts that only point elsewhere or wait to be written."""
    for text in record:
        if _EMPTY.match(text.value.strip()):
            yield EMPTY_SECTION.at(text.place(), f"这里只写了“{text.value.strip()[:20]}”")


def no_raw_html(record: RecordText) -> Iterator[Finding]:
    """Find HTML tags, entities and script addresses."""
    for text in record:
        for match in _MARKUP.finditer(text.value):
            yield RAW_HTML.at(text.place(match.start()), f"有网页代码“{match[0][:40]}”")


def _has_half_pairs(record: RecordText) -> bool:
    rest = record.signs.translate(None, _NOT_PAIRED)
    before = b""
    while rest != before:
        before = rest
        for pair in _PAIRED_SIGNS:
            rest = rest.replace(pair, b"")
    return rest.strip(_END) != b""


def _may_have_half_width(record: RecordText) -> bool:
    return _HALF_SIGNS.search(record.signs) is not None and _MAY_BE_HALF.search(record.whole) is not None


def _may_be_empty(record: RecordText) -> bool:
    return _MAY_BE_EMPTY.search(record.whole) is not None


def _may_have_markup(record: RecordText) -> bool:
    return _MARKUP_SIGNS.search(record.signs) is not None


def _variants(library: Library) -> Words:
    """List the variant spellings of the terms."""
    right = {variant: term.title for _, term in library.of(Term) for variant in term.variants}
    return Words(tuple(right.items()))


def _old_wordings(library: Library) -> Words:
    """List the wordings that the terms say were replaced, with the contexts that they except."""
    wordings = [wording for _, term in library.of(Term) for wording in term.outdated]
    now = {wording.text: wording.now for wording in wordings}
    unless = {wording.text: wording.unless for wording in wordings}
    return Words(tuple(now.items()), tuple(phrase for phrases in unless.values() for phrase in phrases))


RULES = (
    RecordRule(QUOTES, quotes_are_paired, _has_half_pairs),
    RecordRule(HALF_WIDTH, punctuation_is_full_width, _may_have_half_width),
    RecordRule(EMPTY_SECTION, sections_are_not_empty, _may_be_empty),
    RecordRule(RAW_HTML, no_raw_html, _may_have_markup),
    WordRule(VARIANT, _variants, "“{word}”的规范写法是“{now}”"),
    WordRule(OLD_WORDING, _old_wordings, "“{word}”已改为“{now}”"),
)

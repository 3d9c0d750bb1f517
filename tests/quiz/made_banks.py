"""Banks made at random, with texts that are full of the marks of every form, and what has to survive a round trip."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lunxun.quiz.formats.rules import Intake
from lunxun.records.bank import Bank
from lunxun.records.question_types import LETTERS, FillIn

NASTY = (
    *(
        "党",
        "村",
        "会",
        "A",
        "B. ",
        "C、",
        "1. ",
        "（1）",
        "2、",
        "答案：",
        " 难度：3",
        "【单选】",
        "解析:",
        "一、单选题",
    ),
    *(
        "\\",
        "|",
        "→",
        "⏎",
        "=",
        "~",
        "#",
        "{",
        "}",
        ":",
        "；",
        "（",
        "）",
        "(",
        "%",
        "<b>",
        "&amp;",
        "]]>",
        "'",
        '"',
        "$",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\n\n",
        "-",
        "->",
        "//",
        "*",
        "12",
        "题干：",
        "50%",
        "（50%）",
        "（单位：级）",
        "＝",
        "`",
        "`![",
        "\n- ",
    ),
)
_PROSE = st.lists(st.sampled_from(NASTY), min_size=1, max_size=8).map("".join).map(str.strip).filter(bool)
_WORD = st.lists(st.sampled_from(("党", "村", "a", "1", "：", "；", "）")), min_size=1, max_size=3).map("".join)
_SLUG = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
_SCORE = st.integers(1, 100) | st.sampled_from([0.5, 1.5, 2.5])
_MARKING = st.builds(
    lambda answer, texts: {
        "answer": answer,
        "points": [
            {"text": text, "share": 100 - 10 * (len(texts) - 1) if index == 0 else 10}
            for index, text in enumerate(texts)
        ],
    },
    _PROSE,
    st.lists(_PROSE, min_size=1, max_size=4),
)


def _options(texts: list[str], named: dict[int, tuple[str, str | None]]) -> list[Any]:
    return [
        {"text": text, "id": named[index][0], **({"why": named[index][1]} if named[index][1] else {})}
        if index in named
        else text
        for index, text in enumerate(texts)
    ]


_OPTIONS = st.builds(
    _options,
    st.lists(_PROSE, min_size=2, max_size=5),
    st.dictionaries(st.integers(0, 1), st.tuples(_SLUG, st.none() | _PROSE), max_size=2),
)
_BLANK = st.lists(_PROSE, min_size=1, max_size=3) | st.fixed_dictionaries(
    {"accept": st.lists(_PROSE, min_size=1, max_size=3)},
    optional={"unit": _WORD, "tolerance": st.sampled_from([0, 1, 0.5])},
)


def _fill_in(blanks: list[Any], text: str, any_order: bool) -> dict[str, Any]:
    return {"type": "填空", "stem": text + "，____" * len(blanks), "key": blanks, "any_order": any_order}


_KINDS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"type": st.just("单选"), "stem": _PROSE, "options": _OPTIONS, "key": st.sampled_from("AB")}),
    st.fixed_dictionaries({"type": st.just("多选"), "stem": _PROSE, "options": _OPTIONS, "key": st.just("AB")}),
    st.fixed_dictionaries({"type": st.just("判断"), "stem": _PROSE, "key": st.sampled_from("对错")}),
    st.builds(
        _fill_in, st.lists(_BLANK, min_size=1, max_size=3), _PROSE.filter(lambda text: "_" not in text), st.booleans()
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("匹配"),
            "stem": _PROSE,
            "key": st.lists(st.fixed_dictionaries({"left": _PROSE, "right": _PROSE}), min_size=2, max_size=4),
            "extra": st.lists(_PROSE, max_size=2),
        }
    ),
    st.fixed_dictionaries({"type": st.just("排序"), "stem": _PROSE, "key": st.lists(_PROSE, min_size=2, max_size=5)}),
    st.fixed_dictionaries({"type": st.sampled_from(["简答", "论述"]), "stem": _PROSE, "key": _MARKING}),
)
_COMMON = st.fixed_dictionaries(
    {
        "rationale": _PROSE,
        "basis": st.lists(
            st.sampled_from(["some-law@2018#3-2", "grid.count", "term"]), min_size=1, max_size=2, unique=True
        ),
        "difficulty": st.integers(1, 5),
        "level": st.sampled_from(["识记", "理解", "应用", "分析"]),
    },
    optional={
        "topics": st.just(["grid", "party-life"]),
        "enemies": st.just(["other-1"]),
        "retired": st.just({"on": "2026-01", "why": "规定 已改"}),
    },
)
_SIMPLE = st.builds(lambda own, common, score: {**own, **common, "score": score}, _KINDS, _COMMON, _SCORE)
_CASE = st.builds(
    lambda stem, common, parts: {"type": "案例分析", "stem": stem, "case": "grid", **common, "questions": parts},
    _PROSE,
    _COMMON,
    st.lists(_SIMPLE, min_size=1, max_size=2),
)


def _bank(title: str, summary: str, questions: list[dict[str, Any]]) -> Bank:
    named = [
        {"id": f"q-{number}", **one}
        | (
            {"questions": [{"id": f"q-{number}-{n}", **part} for n, part in enumerate(one["questions"])]}
            if "questions" in one
            else {}
        )
        for number, one in enumerate(questions)
    ]
    return Bank.model_validate({"title": title, "summary": summary, "topics": ["grid"], "questions": named})


TITLE = (
    st.lists(st.sampled_from(("党", "题库：", "1. ", "A", " ")), min_size=1, max_size=4)
    .map("".join)
    .map(str.strip)
    .filter(bool)
)
BANKS = st.builds(_bank, TITLE, _PROSE, st.lists(_SIMPLE | _CASE, min_size=1, max_size=4))


def of_bank(bank: Bank) -> list[dict[str, Any]]:
    """Give all that an outside form has to keep of a bank's questions."""
    return [_kept(question.model_dump(), question) for question in bank.questions]


def of_intake(intake: Intake) -> list[dict[str, Any]]:
    """Give the same of what a reader made of a file."""
    data = [read.data for read in intake.questions]
    return of_bank(Bank.model_validate({"title": "t", "summary": "s", "questions": data}))


def _kept(data: dict[str, Any], question: Any) -> dict[str, Any]:
    kept = {name: value for name, value in data.items() if name not in ("review", "origin", "state")}
    if isinstance(question, FillIn):
        kept["key"] = [blank.model_dump() for blank in question.blanks]
    if "options" in kept:
        kept["options"] = [
            {"why": None, **(option if isinstance(option, dict) else {"text": option})}
            | {"id": question.option_ids[index]}
            for index, option in enumerate(kept["options"])
        ]
        assert set(kept["key"]) <= set(LETTERS)
    if "questions" in kept:
        kept["questions"] = [_kept(part, one) for part, one in zip(kept["questions"], question.questions, strict=True)]
    return kept

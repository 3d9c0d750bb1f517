"""A bank with one example of every type, to be overwritten by whoever writes questions in another program."""

from __future__ import annotations

from typing import Any

from lunxun.records.bank import Bank

_COMMON = {"basis": ["basis-to-come"], "difficulty": 2, "level": "识记", "rationale": "写清依据怎么说、错的错在哪里。"}
_MARKING = {
    "answer": "写参考答案。",
    "points": [{"text": "第一个得分点", "share": 60}, {"text": "第二个得分点", "share": 40}],
}
_EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "type": "单选",
        "stem": "写题干，答案的位置写（）。",
        "options": ["选项一", "选项二", "选项三", "选项四"],
        "key": "B",
    },
    {
        "type": "多选",
        "stem": "写题干，正确的有（）。",
        "options": ["选项一", "选项二", "选项三", "选项四"],
        "key": "ABD",
    },
    {"type": "判断", "stem": "写一句要判断对错的话。", "key": "错"},
    {
        "type": "填空",
        "stem": "第一个空 ____，第二个空 ____。",
        "key": [["标准答案", "也算对的写法"], {"accept": ["12", "十二"], "unit": "天", "tolerance": 0}],
    },
    {
        "type": "匹配",
        "stem": "把左项与右项配对。",
        "key": [{"left": "左项一", "right": "右项一"}, {"left": "左项二", "right": "右项二"}],
        "extra": ["多余的右项"],
    },
    {"type": "排序", "stem": "按先后排列。", "key": ["第一步", "第二步", "第三步"]},
    {"type": "简答", "stem": "写问题。", "key": _MARKING},
    {"type": "论述", "stem": "写问题。", "key": _MARKING},
)
_PART = {"type": "判断", "stem": "写针对材料的小题。", "key": "对"}


def template() -> Bank:
    """Give the bank of examples."""
    questions = [{"id": f"example-{number}", **one, **_COMMON} for number, one in enumerate(_EXAMPLES, 1)]
    case = {"type": "案例分析", "stem": "写材料，下面的小题都针对它。", "id": "example-9", **_COMMON}
    questions.append({**case, "questions": [{"id": "example-9-1", **_PART, **_COMMON}]})
    head = {"title": "写题库的标题", "summary": "写这套题考什么、依据什么。", "topics": []}
    return Bank.model_validate({**head, "questions": questions})

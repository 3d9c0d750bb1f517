"""A form with all nine types, as `lunxun paper make` writes forms, small enough to be answered in a test."""

from __future__ import annotations

from typing import Any

from lunxun.quiz.paper_files import FormFile

_SECTIONS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "单选",
        [
            {"id": "one-first", "stem": "下面哪一项最大？", "options": ["甲项", "乙项 <b>&", "丙项", "丁项"]},
            {"id": "one-second", "stem": "再选一项。", "options": ["春", "夏", "秋", "冬"]},
        ],
    ),
    (
        "多选",
        [{"id": "many", "stem": "选出**全部**正确的。", "options": ["东边", "西边", "南边", "北边"]}],
    ),
    ("判断", [{"id": "judged", "stem": "会议应当有记录。"}]),
    ("填空", [{"id": "blanks", "stem": "一年有 ____ 个月， ____ 个季度。", "blanks": 2}]),
    (
        "匹配",
        [
            {
                "id": "pairs",
                "stem": "配对。",
                "lefts": ["左一", "左二", "左三"],
                "rights": ["右一", "右二", "右三", "右四"],
            }
        ],
    ),
    ("排序", [{"id": "steps", "stem": "排好次序。", "steps": ["上报", "提议", "公示", "表决"]}]),
    ("简答", [{"id": "short", "stem": "说说理由。"}]),
    ("论述", [{"id": "essay", "stem": "论一论。"}]),
    (
        "案例分析",
        [
            {
                "id": "case",
                "stem": "材料第一段。\n\n材料第二段。",
                "parts": [
                    {"id": "case-one", "type": "单选", "stem": "选一项。", "options": ["子", "丑", "寅"]},
                    {"id": "case-two", "type": "简答", "stem": "答一答。"},
                ],
            }
        ],
    ),
]


def made_form(minutes: int = 60) -> FormFile:
    """Make the form: questions 1 to 9, and 10-1 and 10-2."""
    number, sections = 0, []
    for kind, questions in _SECTIONS:
        items = []
        for question in questions:
            number += 1
            parts = [{**part, "no": place, "score": 2} for place, part in enumerate(question.get("parts", ()), start=1)]
            items.append({**question, "no": number, "type": kind, "score": 2 * (len(parts) or 1), "parts": parts})
        sections.append(
            {
                "type": kind,
                "count": len(items),
                "score": items[0]["score"],
                "instructions": "照要求作答。",
                "items": items,
            }
        )
    head = {"format": 1, "paper": "all-types", "form": "A", "title": "样卷：九种题型", "mode": "考试"}
    total = sum(item["score"] for section in sections for item in section["items"])
    return FormFile.model_validate({**head, "minutes": minutes, "total": total, "sections": sections})

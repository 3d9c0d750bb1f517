"""What people call the fields of a question, and how they write types, difficulties and yes."""

from __future__ import annotations

import unicodedata

from lunxun.records.question_types import TYPES

LABELS = {
    "题号": "id",
    "题型": "type",
    "题干": "stem",
    "答案": "key",
    "选项说明": "why",
    "选项编号": "option_ids",
    "多余右项": "extra",
    "得分点": "points",
    "不计次序": "any_order",
    "解析": "rationale",
    "依据": "basis",
    "难度": "difficulty",
    "层次": "level",
    "主题": "topics",
    "分值": "score",
    "状态": "state",
    "互斥题": "enemies",
    "停用": "retired",
    "案例": "case",
}
"""The fields by their names in files, in the order in which they are written."""

OTHER_NAMES = {
    "题目编号": "题号",
    "编号": "题号",
    "试题类型": "题型",
    "类型": "题型",
    "题目": "题干",
    "试题": "题干",
    "正确答案": "答案",
    "标准答案": "答案",
    "参考答案": "答案",
    "本题答案": "答案",
    "答": "答案",
    "答案解析": "解析",
    "试题解析": "解析",
    "题目解析": "解析",
    "解答": "解析",
    "详解": "解析",
    "命题依据": "依据",
    "出处": "依据",
    "难度系数": "难度",
    "难易程度": "难度",
    "难易度": "难度",
    "认知层次": "层次",
    "能力层次": "层次",
    "知识点": "主题",
    "考点": "主题",
    "分数": "分值",
    "得分": "分值",
    "评分标准": "得分点",
    "评分要点": "得分点",
    "采分点": "得分点",
    "干扰项": "多余右项",
    "互斥": "互斥题",
}
HEAD_LABELS = {"题库": "title", "简介": "summary", "主题": "topics", "对象": "audiences", "用途": "use"}
"""The fields at the head of a bank."""

_TYPE_WORDS = (
    ("不定项", "多选"),
    ("多项", "多选"),
    ("多选", "多选"),
    ("单项", "单选"),
    ("单选", "单选"),
    ("选择", "单选"),
    ("判断", "判断"),
    ("是非", "判断"),
    ("填空", "填空"),
    ("匹配", "匹配"),
    ("配对", "匹配"),
    ("连线", "匹配"),
    ("排序", "排序"),
    ("案例", "案例分析"),
    ("材料", "案例分析"),
    ("简答", "简答"),
    ("简述", "简答"),
    ("问答", "简答"),
    ("名词解释", "简答"),
    ("论述", "论述"),
)
_DIFFICULTY = {"易": 1, "容易": 1, "简单": 1, "低": 1, "较易": 2, "中": 3, "中等": 3, "一般": 3, "适中": 3}
_DIFFICULTY |= {"较难": 4, "中等偏难": 4, "难": 5, "困难": 5, "高": 5}
_LEVELS = {"了解": "识记", "记忆": "识记", "知道": "识记", "掌握": "理解", "领会": "理解", "熟悉": "理解"}
_LEVELS |= {"运用": "应用", "综合": "分析", "评价": "分析", "创造": "分析"}
_RIGHT = frozenset({"对", "正确", "√", "✓", "✔", "是", "t", "true", "y", "yes", "r", "1"})
_WRONG = frozenset({"错", "错误", "×", "✗", "✘", "x", "否", "不对", "不正确", "f", "false", "n", "no", "w", "0"})


def plain(text: str) -> str:
    """Make full-width letters and figures half-width, and drop the space around."""
    return unicodedata.normalize("NFKC", text).strip()


def label(text: str) -> str | None:
    """Give the usual name of a field that a file calls something like it."""
    name = "".join(plain(text).split())
    name = OTHER_NAMES.get(name, name)
    return name if name in LABELS else None


def type_of(text: str) -> str | None:
    """Give the type that words such as 单项选择题 mean."""
    name = "".join(plain(text).split())
    if name in TYPES:
        return name
    if len(name) > 12:
        return None
    return next((kind for word, kind in _TYPE_WORDS if word in name), None)


def difficulty_of(text: str) -> int | None:
    """Read a difficulty written as a figure or as a word."""
    name = plain(text).removesuffix("级").strip()
    if name in ("1", "2", "3", "4", "5"):
        return int(name)
    stars = name.count("★")
    if stars and 1 <= stars <= 5:
        return stars
    return _DIFFICULTY.get(name)


def level_of(text: str) -> str:
    """Give the cognitive level that a word means; an unknown word stays."""
    name = plain(text)
    return _LEVELS.get(name, name)


def truth_of(text: str) -> str | None:
    """Read 对 or 错 in the ways in which they are written."""
    name = plain(text).rstrip("。.").lower()
    if text.strip().rstrip("。.") in _RIGHT or name in _RIGHT:
        return "对"
    return "错" if text.strip().rstrip("。.") in _WRONG or name in _WRONG else None


def is_yes(text: str) -> bool | None:
    """Read a yes or a no; None where it is neither."""
    name = plain(text).lower()
    if name in ("是", "true", "y", "yes", "√", "1"):
        return True
    return False if name in ("", "否", "false", "n", "no", "×", "0") else None

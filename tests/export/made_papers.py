"""A form with every type of question, its key and its list of items, and texts that want to do harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lunxun.quiz.paper_files import FormFile, KeyFile

# What only the key says; none of it may reach a paper or a card.
SECRETS = ("保密解析", "secret-basis", "保密答案", "保密要点", "保密写法", "secret-order")

HOSTILE = (
    '#eval("1+1") #sys.inputs #import "x.typ"',
    "*粗* _斜_ $x^2$ <标签> @引用 \\u{41} //注释 = 标题",
    "]]> <w:p/> &lt;b&gt; & \"'`",
    "=1+1",
    "{{ x }} {% y %} ${事实}",
)
UNPRINTABLE = "\x00\x01\x0b\x1f\x7f\x85\u202e\u2066\ufffe\uffff\ufdd0"


def question(no: int, kind: str, score: float, stem: str, **more: Any) -> dict[str, Any]:
    """Write a question of a form."""
    return {"no": no, "id": f"q-{no}-{kind.encode().hex()[:6]}", "type": kind, "score": score, "stem": stem, **more}


def section(kind: str, score: float, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Write a section of a form."""
    return {"type": kind, "count": len(items), "score": score, "instructions": f"{kind}的说明。", "items": items}


SECTIONS = [
    section(
        "单选",
        2,
        [
            question(1, "单选", 2, "短选项的题是（）。", options=["甲", "乙", "丙", "丁"]),
            question(2, "单选", 2, "中选项的题（）。", options=[f"{one}是中等长短的一个选项" for one in "甲乙丙丁"]),
            question(3, "单选", 2, "长选项的题。", options=[one + "长" * 30 for one in "甲乙丙丁"]),
        ],
    ),
    section("多选", 3, [question(4, "多选", 3, "几项都对的是（）。", options=["子", "丑", "寅", "卯", "辰"])]),
    section("判断", 1, [question(5, "判断", 1, "这句话对不对。"), question(6, "判断", 1, "第二句。")]),
    section("填空", 2, [question(7, "填空", 2, "每 ____ 召开一次，由 ____ 主持。", blanks=2)]),
    section("匹配", 3, [question(8, "匹配", 3, "配对。", lefts=["左一", "左二"], rights=["右一", "右二", "右三"])]),
    section("排序", 3, [question(9, "排序", 3, "排好次序。", steps=["步骤甲", "步骤乙", "步骤丙"])]),
    section("简答", 6, [question(10, "简答", 6, "简要回答。")]),
    section("论述", 15, [question(11, "论述", 15, "展开论述。")]),
    section(
        "案例分析",
        12,
        [
            question(
                12,
                "案例分析",
                12,
                "材料的第一段。\n\n材料的第二段，**要紧的话**。",
                parts=[
                    question(1, "单选", 2, "材料说的是（）。", options=["此", "彼"]),
                    question(2, "简答", 10, "你怎么看？"),
                ],
            )
        ],
    ),
]


def form_data(**changes: Any) -> dict[str, Any]:
    """Write a form as `lunxun paper make` does."""
    return {
        "format": 1,
        "paper": "made",
        "form": "A",
        "title": "样卷",
        "mode": "考试",
        "minutes": 90,
        "total": 52,
        "notes": ["第一条须知。", "第二条须知。"],
        "sections": SECTIONS,
        **changes,
    }


def key_data(form: dict[str, Any], secret: str = "") -> dict[str, Any]:
    """Write the key of a form; `secret` makes it differ in everything but what it is the key of."""
    items = [_keyed(item, secret) for part in form["sections"] for item in part["items"]]
    head = {name: form[name] for name in ("format", "paper", "form", "title")}
    return {**head, "seed": "7", "items": items}


def _keyed(item: dict[str, Any], secret: str) -> dict[str, Any]:
    told: dict[str, Any] = {"no": item["no"], "id": item["id"], "score": item["score"]}
    if item.get("parts"):
        return {**told, "parts": [_keyed(part, secret) for part in item["parts"]]}
    told |= {"rationale": f"保密解析{secret}", "basis": [f"secret-basis{secret}"]}
    keys = _OTHER_KEYS if secret == "乙" else _KEYS
    return told | (keys.get(item["type"]) or _blanks(item, secret) or _free(item, secret))


_KEYS: dict[str, dict[str, Any]] = {
    "单选": {"key": "B", "order": ["secret-order", "b"]},
    "多选": {"key": "ACE"},
    "判断": {"key": "错"},
    "匹配": {"key": "CA"},
    "排序": {"key": "CAB"},
}


_OTHER_KEYS: dict[str, dict[str, Any]] = {
    "单选": {"key": "A", "order": ["a", "secret-order"]},
    "多选": {"key": "BD"},
    "判断": {"key": "对"},
    "匹配": {"key": "AC"},
    "排序": {"key": "BCA"},
}


def _blanks(item: dict[str, Any], secret: str) -> dict[str, Any]:
    if item["type"] != "填空":
        return {}
    blanks = [{"accept": ["保密答案" + secret, "保密写法"], "unit": "次"}, {"accept": ["3"], "tolerance": 0.5}]
    return {"key": blanks, "any_order": True}


def _free(item: dict[str, Any], secret: str) -> dict[str, Any]:
    return {"key": f"保密答案{secret}\n第二段", "points": [{"text": f"保密要点{secret}", "score": item["score"]}]}


def made_form(**changes: Any) -> FormFile:
    """Make a form as it is read."""
    return FormFile.model_validate_json(json.dumps(form_data(**changes)))


def made_key(form: FormFile, secret: str = "") -> KeyFile:
    """Make its key."""
    return KeyFile.model_validate_json(json.dumps(key_data(form.model_dump(mode="json"), secret)))


def write_folder(folder: Path, letter: str = "A", secret: str = "", **changes: Any) -> Path:
    """Write what `lunxun paper make` would have written for one form."""
    folder.mkdir(exist_ok=True)
    form = form_data(form=letter, **changes)
    (folder / f"form-{letter.lower()}.json").write_text(json.dumps(form), "utf-8")
    (folder / f"key-{letter.lower()}.json").write_text(json.dumps(key_data(form, secret)), "utf-8")
    rows = ["题号,编号,题型,主题,认知层次,难度,分值,题库"]
    for number, item in FormFile.model_validate_json(json.dumps(form)).answered():
        topic, level = ("支部" if item.no % 2 else "网格"), ("识记" if item.no % 3 else "分析")
        rows.append(f"{number},{item.id},{item.type},{topic},{level},{item.no % 5 + 1},{item.score},bank")
    (folder / f"items-{letter.lower()}.csv").write_text("\r\n".join(rows) + "\r\n", "utf-8-sig")
    return folder


def hostile_form() -> FormFile:
    """Make a form whose every text wants to be something else than text."""
    stems = [*HOSTILE, UNPRINTABLE + "看不见的字", "a" * 500, "行\r\n行\n\n\n行"]
    items = [
        question(no, "单选", 1, stem, options=[*HOSTILE, UNPRINTABLE + "末", "b" * 300])
        for no, stem in enumerate(stems, 1)
    ]
    return made_form(title=HOSTILE[0] + UNPRINTABLE, notes=list(HOSTILE), sections=[section("单选", 1, items)])

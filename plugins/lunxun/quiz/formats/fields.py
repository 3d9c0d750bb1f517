"""A question as named texts, as sheets and text files hold it, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lunxun.quiz.formats.cells import as_lines, escaped, lines_of, unescaped
from lunxun.quiz.formats.keys import BLANK, key_text, points_text, read_key, short
from lunxun.quiz.formats.rules import FORM, GUESS, LEFT_OUT, Data, Said
from lunxun.quiz.formats.words import difficulty_of, is_yes, level_of, plain, truth_of, type_of
from lunxun.records.question_types import LETTERS, CaseAnalysis, Choice, FillIn, Matching, Question

_INLINE = re.compile(r"[（(]\s*([A-JＡ-Ｊ](?:[\s,，、]*[A-JＡ-Ｊ])*|[√×✓✗]|对|错|正确|错误|T|F)\s*[)）]")
_EMPTY, _LINE = re.compile(r"[（(]\s*[)）]"), re.compile(r"_{2,}")
_SINGLE_KEYS = 1


def texts_of(question: Question) -> dict[str, str]:
    """Write all of a question but its options and the parts of a case, by the names of the fields."""
    texts = {
        "题号": question.id,
        "题型": question.type,
        "题干": question.stem,
        "答案": key_text(question),
        "选项说明": _of_options(question, "why"),
        "选项编号": _of_options(question, "id"),
        "多余右项": as_lines(escaped(one) for one in question.extra) if isinstance(question, Matching) else "",
        "得分点": points_text(question),
        "不计次序": "是" if isinstance(question, FillIn) and question.any_order else "",
        "解析": question.rationale,
        "依据": "、".join(question.basis),
        "难度": str(question.difficulty),
        "层次": question.level,
        "主题": "、".join(question.topics),
        "分值": "" if isinstance(question, CaseAnalysis) else str(question.score),
        "状态": question.state,
        "互斥题": "、".join(question.enemies),
        "停用": f"{question.retired.on} {question.retired.why}" if question.retired else "",
        "案例": (question.case or "") if isinstance(question, CaseAnalysis) else "",
    }
    return {name: text for name, text in texts.items() if text}


def read_texts(
    texts: Mapping[str, str], options: Sequence[str], kind: str | None = None, has_parts: bool = False
) -> tuple[Data | None, list[Said]]:
    """Read a question from named texts; `kind` is the type that a heading above it gives.

    None where too little is there to tell what is asked.
    """
    stem, says = texts.get("题干", "").strip(), list[Said]()
    if not stem:
        return None, [Said(FORM, "没有题干", field="题干")]
    written = texts.get("题型", "").strip()
    named = type_of(written) if written else None
    if written and named is None:
        return None, [Said(FORM, f"没有题型“{short(written)}”", "用模板里列出的题型。", "题型")]
    answer = texts.get("答案", "")
    if not answer.strip() and (named or kind) not in ("简答", "论述", "填空", "匹配"):
        stem, answer = _inline_key(stem)
    found = named or _heading_kind(kind, answer, options) or _guessed(stem, answer, options, has_parts)
    if named is None and kind is None:
        says.append(Said(GUESS, f"没有写题型，当作{found}", field="题型"))
    if found == "填空" and not re.search(r"(?<!_)_{4}(?!_)", stem):
        stem = (_LINE if "__" in stem else _EMPTY).sub(BLANK, stem)
    data: Data = {"id": texts.get("题号", "").strip() or None, "type": found, "stem": stem}
    if found in ("单选", "多选"):
        says += _add_options(data, texts, options)
    elif options and found != "排序":
        says.append(Said(LEFT_OUT, f"{found}题的 {len(options)} 个选项没有读"))
    if found == "案例分析":
        data["case"] = texts.get("案例", "").strip() or None
        says += [Said(LEFT_OUT, "案例分析题的答案没有读", "答案写在各小题里。")] if answer.strip() else []
    else:
        data["key"], complaints = read_key(found, answer, texts.get("得分点", ""), stem, options)
        says += [replace(one, field="得分点" if "得分点" in one.message else "答案") for one in complaints]
    if found == "匹配":
        data["extra"] = [unescaped(line) for line in lines_of(texts.get("多余右项", ""))]
    says += _add_common(data, texts)
    return {name: value for name, value in data.items() if value not in (None, [], "")}, says


def list_of(text: str) -> list[str]:
    """Read ids that stand in one text, parted by any of the usual marks."""
    return [part for part in re.split(r"[\s、，,；;]+", plain(text)) if part]


def _of_options(question: Question, name: str) -> str:
    if not isinstance(question, Choice):
        return ""
    texts = ((letter, getattr(option, name, None)) for letter, option in zip(LETTERS, question.options, strict=False))
    return as_lines(f"{letter}项：{escaped(text)}" for letter, text in texts if text)


def _inline_key(stem: str) -> tuple[str, str]:
    """Take a key that stands in the brackets of a stem, as in 一般（B）召开一次, out of it."""
    found = list(_INLINE.finditer(stem))
    if len(found) != 1:
        return stem, ""
    match = found[0]
    is_truth = truth_of(match[1]) is not None and match[1] not in LETTERS
    hole = "" if is_truth else "（）"
    return (stem[: match.start()] + hole + stem[match.end() :]).strip(), match[1]


def _heading_kind(kind: str | None, answer: str, options: Sequence[str]) -> str | None:
    # 选择题 may head single and multiple choice alike: several letters make it multiple.
    several = len(re.sub(r"[^A-J]", "", plain(answer).upper())) > _SINGLE_KEYS
    return "多选" if kind == "单选" and options and several else kind


def _guessed(stem: str, answer: str, options: Sequence[str], has_parts: bool) -> str:
    if has_parts:
        return "案例分析"
    if options:
        return _heading_kind("单选", answer, options) or "单选"
    if truth_of(answer):
        return "判断"
    return "填空" if re.search(r"_{2,}", stem) else "简答"


def _add_options(data: Data, texts: Mapping[str, str], options: Sequence[str]) -> list[Said]:
    says = [Said(FORM, f"{data['type']}题没有选项", "一行一项，写成“A. …”。")] if len(options) < 2 else []
    if len(options) > len(LETTERS):
        says.append(Said(FORM, f"选项有 {len(options)} 个，最多 {len(LETTERS)} 个"))
    whys, complaints = _by_letter(texts.get("选项说明", ""), options)
    ids, others = _by_letter(texts.get("选项编号", ""), options)
    data["options"] = [
        {
            "text": text,
            **({"id": ids[index]} if index in ids else {}),
            **({"why": whys[index]} if index in whys else {}),
        }
        if index in ids or index in whys
        else text
        for index, text in enumerate(options)
    ]
    named = [replace(one, field="选项说明") for one in complaints]
    return [*says, *named, *(replace(one, field="选项编号") for one in others)]


def _by_letter(text: str, options: Sequence[str]) -> tuple[dict[int, str], list[Said]]:
    found: dict[int, str] = {}
    says: list[Said] = []
    for line in lines_of(text):
        match = re.match(r"([A-JＡ-Ｊ])\s*项?\s*[：:.、．]\s*(.+)", line)
        index = LETTERS.index(plain(match[1])) if match else len(options)
        if match and index < len(options):
            found[index] = unescaped(match[2])
        else:
            says.append(Said(LEFT_OUT, f"“{short(line)}”不知道说的是哪个选项", "写成“B项：…”。"))
    return found, says


def _add_common(data: Data, texts: Mapping[str, str]) -> list[Said]:
    says: list[Said] = []
    for name, field in (("解析", "rationale"), ("状态", "state")):
        data[field] = texts.get(name, "").strip()
    for name, field in (("依据", "basis"), ("主题", "topics"), ("互斥题", "enemies")):
        data[field] = list_of(texts.get(name, ""))
    if texts.get("难度", "").strip():
        data["difficulty"] = difficulty_of(texts["难度"])
        if data["difficulty"] is None:
            says.append(Said(GUESS, f"难度“{short(texts['难度'])}”不认识，没有读", "写 1 至 5。", "难度"))
    if texts.get("层次", "").strip():
        data["level"] = level_of(texts["层次"])
        if data["level"] != plain(texts["层次"]):
            says.append(Said(GUESS, f"层次“{short(texts['层次'])}”当作{data['level']}", field="层次"))
    if texts.get("分值", "").strip() and data["type"] != "案例分析":
        score = plain(texts["分值"]).removesuffix("分").strip()
        if re.fullmatch(r"\d{1,3}(\.\d{1,4})?", score):
            data["score"] = float(score) if "." in score else int(score)
        else:
            says.append(Said(GUESS, f"分值“{short(score)}”不是数，用默认的分值", field="分值"))
    if texts.get("停用", "").strip():
        on, _, why = texts["停用"].strip().partition(" ")
        data["retired"] = {"on": on, "why": why.strip()}
    any_order = is_yes(texts.get("不计次序", ""))
    if any_order and data["type"] == "填空":
        data["any_order"] = True
    elif any_order is None:
        says.append(Said(GUESS, f"不计次序“{short(texts['不计次序'])}”当作否", "写“是”或“否”。", "不计次序"))
    return says

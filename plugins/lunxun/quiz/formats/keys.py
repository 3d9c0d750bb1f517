"""The key of a question as text that people write, for every type, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lunxun.quiz.formats.cells import as_lines, escaped, lines_of, parted, unescaped
from lunxun.quiz.formats.rules import FORM, GUESS, MISSING, Data, Said
from lunxun.quiz.formats.words import plain, truth_of
from lunxun.records.question_types import LETTERS, FillIn, Matching, Ordering, Question

TO_COME = "待补"
BLANK = "____"
_HOW = re.compile(r"(?<!\\)（(?:单位：(?P<unit>(?:[^；）\\]|\\.)+))?；?(?:误差：(?P<tolerance>[0-9.]+))?）\Z")
_SHARE = re.compile(r"[（(]\s*(\d{1,3}(?:\.\d+)?)\s*([%％分])\s*[)）]\s*\Z")
_NUMBER = re.compile(r"(?:[（(]\d{1,2}[)）]|\d{1,2}\s*[.．、)）](?!\d)|[①-⑩])\s*")
_DASHES = re.compile(r"\s*(?:-{1,2}>|=>|—{1,2}|\t|=|＝)\s*")


def key_text(question: Question) -> str:
    """Write the key of a question; that of a free answer without its points."""
    if isinstance(question, FillIn):
        return as_lines(blank_text(blank.accept, blank.unit, blank.tolerance) for blank in question.blanks)
    if isinstance(question, Matching):
        return pairs_text([(pair.left, pair.right) for pair in question.key])
    if isinstance(question, Ordering):
        return steps_text(question.key)
    key = getattr(question, "key", "")
    return str(getattr(key, "answer", key))


def blank_text(accept: Iterable[str], unit: str | None = None, tolerance: object = None) -> str:
    """Write what may stand in a blank as one line."""
    how = [f"单位：{escaped(unit, '；）')}"] if unit else []
    how += [f"误差：{tolerance}"] if tolerance is not None else []
    text = " | ".join(escaped(one, "|｜（") for one in accept)
    gap = " " if text.endswith("\\") else ""  # or the backslash would escape the bracket
    return text + (f"{gap}（{'；'.join(how)}）" if how else "")


def pairs_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Write pairs, one a line."""
    return as_lines(f"{escaped(left, '→')} → {escaped(right, '→')}" for left, right in pairs)


def steps_text(steps: Iterable[str]) -> str:
    """Write steps in their order, one a line."""
    return as_lines(_unnumbered(escaped(step, "→")) for step in steps)


def points_text(question: Question) -> str:
    """Write what an answer is marked by, one point a line with its share."""
    points = getattr(getattr(question, "key", None), "points", ())
    return as_lines(f"{escaped(point.text)}（{point.share}%）" for point in points)


def read_key(kind: str, text: str, points: str, stem: str, options: Sequence[str]) -> tuple[Any, list[Said]]:
    """Read the key of a question of a type; None where there is none that could be read."""
    if kind in ("简答", "论述"):
        return _marking(text, points)
    if not text.strip():
        return None, [Said(FORM, "没有答案", "加一行“答案：…”。")]
    if kind in ("单选", "多选"):
        return _letters(kind, text, options)
    if kind == "判断":
        truth = truth_of(text)
        return truth, [] if truth else [Said(FORM, f"判断题的答案“{short(text)}”不是对、错", "答案写“对”或“错”。")]
    if kind == "匹配":
        return _pairs(text)
    return _blanks(text, stem) if kind == "填空" else _steps(text, options)


def short(text: str) -> str:
    """Shorten a text for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:24] + "…"


def _letters(kind: str, text: str, options: Sequence[str]) -> tuple[str | None, list[Said]]:
    letters = re.sub(r"[\s,，、;；.。和与]", "", plain(text)).upper()
    if not letters or any(letter not in LETTERS for letter in letters):
        by_text = [index for index, option in enumerate(options) if option.strip() == text.strip()]
        if kind == "单选" and len(by_text) == 1:
            return LETTERS[by_text[0]], [Said(GUESS, f"答案写的是选项的文字，当作 {LETTERS[by_text[0]]}")]
        return None, [Said(FORM, f"答案“{short(text)}”不是选项的字母", "写成“答案：B”“答案：ABD”。")]
    beyond = [letter for letter in letters if LETTERS.index(letter) >= len(options)]
    if beyond:
        return None, [Said(FORM, f"答案里的 {'、'.join(beyond)} 没有这个选项", "核对选项和答案。")]
    if kind == "单选" and len(set(letters)) > 1:
        return None, [Said(FORM, f"单选题有 {len(set(letters))} 个答案“{letters}”", "只留一个，或写明题型是多选。")]
    return "".join(sorted(set(letters))), []


def _blanks(text: str, stem: str) -> tuple[list[Any], list[Said]]:
    lines, wanted, says = lines_of(text), stem.count(BLANK), list[Said]()
    if len(lines) == 1 and wanted > 1:
        for marks in ("；;", "，,、", " 　"):
            parts = [part for part in parted(lines[0], marks) if part]
            if len(parts) == wanted and not _HOW.search(lines[0]):
                lines = parts
                says.append(Said(GUESS, f"一行答案分成了 {wanted} 个空", "一个空写一行最清楚。"))
                break
    if wanted and len(lines) != wanted:
        says.append(
            Said(FORM, f"题干有 {wanted} 个空，答案有 {len(lines)} 项", "一个空写一行答案，几种写法用 | 隔开。")
        )
    return [_blank(line) for line in lines], says


def _blank(line: str) -> Any:
    how = _HOW.search(line)
    if how and not (how["unit"] or how["tolerance"]):
        how = None
    accept = [unescaped(part) for part in parted(line[: how.start()] if how else line, "|｜") if part]
    if how is None:
        return accept
    blank: Data = {"accept": accept}
    if how["unit"]:
        blank["unit"] = unescaped(how["unit"])
    if how["tolerance"]:
        number = float(how["tolerance"]) if how["tolerance"].count(".") <= 1 and how["tolerance"] != "." else 0.0
        blank["tolerance"] = int(number) if number == int(number) and "." not in how["tolerance"] else number
    return blank


def _pairs(text: str) -> tuple[list[Data] | None, list[Said]]:
    pairs: list[Data] = []
    for line in lines_of(text):
        sides = parted(line, "→")
        if len(sides) == 1:
            sides = _DASHES.split(line, maxsplit=1)
        if len(sides) != 2 or not all(sides):
            return None, [Said(FORM, f"匹配题的“{short(line)}”分不出左右", "一对写一行：左项 → 右项。")]
        pairs.append({"left": unescaped(sides[0]), "right": unescaped(sides[1])})
    return pairs, []


def _steps(text: str, options: Sequence[str]) -> tuple[list[str] | None, list[Said]]:
    lines = lines_of(text)
    letters = re.sub(r"[\s,，、→]|-+>", "", plain(text)).upper()
    if options and sorted(letters) == list(LETTERS[: len(options)]):
        return [options[LETTERS.index(letter)] for letter in letters], []
    if len(lines) == 1:
        lines = [part for part in parted(lines[0], "→") if part]
    if len(lines) < 2:
        return None, [Said(FORM, "排序题的答案只有一项", "照正确的次序一步写一行。")]
    if all(_NUMBER.match(line) for line in lines):
        lines = [_NUMBER.sub("", line, count=1) for line in lines]
    return [unescaped(line.removeprefix("\\") if _escaped_number(line) else line) for line in lines], []


def _unnumbered(line: str) -> str:
    return "\\" + line if _NUMBER.match(line) or _escaped_number(line) else line


def _escaped_number(line: str) -> bool:
    return re.match(r"\\+", line) is not None and _NUMBER.match(line.lstrip("\\")) is not None


def _marking(text: str, points: str) -> tuple[Data, list[Said]]:
    says: list[Said] = []
    found = [_point(line) for line in lines_of(points)]
    if not text.strip():
        says.append(Said(MISSING, "没有参考答案", "在题库里补上 answer。"))
    if not found:
        says.append(Said(MISSING, "没有得分点", "在题库里补上 points，占比合计 100。"))
        found = [(f"{TO_COME}：得分点", 100.0)]
    elif sum(share for _, share in found) != 100 or any(not share or share != int(share) for _, share in found):
        says.append(Said(GUESS, "得分点的占比合计不是 100%，按比例折算", "核对各得分点的占比。"))
        found = _scaled(found)
    marking = [{"text": text_of, "share": int(share)} for text_of, share in found]
    return {"answer": text.strip() or f"{TO_COME}：参考答案", "points": marking}, says


def _point(line: str) -> tuple[str, float]:
    share = _SHARE.search(line)
    text = line[: share.start()] if share else line
    return unescaped(text) or line, float(share[1]) if share else 0.0


def _scaled(points: list[tuple[str, float]]) -> list[tuple[str, float]]:
    given = [share for _, share in points]
    weights = given if all(given) else [1.0] * len(given)
    shares = [max(1, int(100 * weight / sum(weights))) for weight in weights]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return [(text, float(share)) for (text, _), share in zip(points, shares, strict=True)]

"""What Moodle has no field for, as tags that Moodle keeps with a question: `难度:3`, `依据:some-law@2018#3`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lunxun.quiz.formats.cells import lines_of
from lunxun.quiz.formats.fields import texts_of
from lunxun.quiz.formats.rules import LEFT_OUT, LOSS, Said
from lunxun.records.question_types import FillIn, Question

MAX_TAG = 50
"""Moodle cuts a tag off behind this many characters."""

OF_CASE = "属于"
_ONE = ("难度", "层次", "停用", "案例", "不计次序", "选项编号")
_MANY = ("依据", "主题", "互斥题")
_BLANK_PARTS = (("单位", "unit"), ("误差", "tolerance"))


def tags_of(question: Question, case: str | None = None) -> list[str]:
    """List the tags of a question; `case` is the id of the case that it is a part of."""
    texts = texts_of(question)
    tags = [f"题型:{question.type}"]
    tags += [f"{name}:{line}" for name in _ONE for line in lines_of(texts.get(name, ""))]
    for name in _MANY:
        tags += [f"{name}:{one}" for one in texts.get(name, "").split("、") if one]
    if isinstance(question, FillIn):
        for number, blank in enumerate(question.blanks, 1):
            for name, field in _BLANK_PARTS:
                value = getattr(blank, field)
                tags += [f"{name}{number}:{value}"] if value is not None else []
    return [*tags, f"{OF_CASE}:{case}"] if case else tags


def loss_of(tags: Iterable[str]) -> list[Said]:
    """Say which tags are too long for Moodle to keep whole."""
    long = [tag for tag in tags if len(tag) > MAX_TAG]
    return [Said(LOSS, f"标签“{'”“'.join(long)}”超过 {MAX_TAG} 字，Moodle 会截断")] if long else []


def texts_in(tags: Sequence[str]) -> tuple[dict[str, str], list[Said]]:
    """Read tags as named texts; a tag that means nothing here is told of."""
    texts: dict[str, list[str]] = {}
    unknown = []
    for tag in tags:
        name, colon, value = tag.partition(":")
        bare = name.rstrip("0123456789")
        if colon and (name in (*_ONE, *_MANY, OF_CASE, "题型", "分值") or (bare != name and bare in ("单位", "误差"))):
            texts.setdefault(name, []).append(value)
        else:
            unknown.append(tag)
    says = [Said(LEFT_OUT, f"标签没有读：{'、'.join(unknown)[:60]}")] if unknown else []
    joined = {name: ("、" if name in _MANY else "\n").join(values) for name, values in texts.items()}
    return joined, says

"""What libyaml complains about, said to an editor in Chinese."""

from __future__ import annotations

import re

import yaml

from lunxun.findings import Finding, Place
from lunxun.library.structure_rules import YAML

_FALLBACK = ("YAML 写法有误", "对照旁边的记录检查这一行和上一行的缩进、冒号和引号。")
_TAB = ("缩进或空白里用了制表符（Tab）", "改成空格，每层缩进两个空格。")

_KNOWN: tuple[tuple[str, str, str], ...] = (
    (r"scanning an alias|undefined alias", "以 * 开头的内容被当作引用", "给整句加引号，或改用 | 写成一段。"),
    (r"scanning an anchor", "以 & 开头的内容被当作锚点", "给整句加引号，或改用 | 写成一段。"),
    (r"(scanning|parsing) a tag", "以 ! 开头的内容被当作标签", "给整句加引号，或改用 | 写成一段。"),
    (r"scanning a block scalar", "| 或 > 后面不能直接写字", "正文另起一行，缩进两个空格。"),
    (
        r"cannot start any token|scanning a directive",
        "这个符号不能放在一句话的开头",
        "给整句加上引号，或改用 | 写成一段。",
    ),
    (
        r"mapping values are not allowed",
        "冒号的位置不对",
        "一行只能有一个“字段: 内容”；正文里的英文冒号改成中文冒号，或给整句加引号。",
    ),
    (
        r"could not find expected ':'",
        "字段名后面缺冒号，或上一行没有写完",
        "写成“字段: 内容”，冒号后空一格；检查上一行的引号是否成对。",
    ),
    (
        r"did not find expected key",
        "缩进不齐，或引号、括号之后还有多余的字",
        "同一层的字段左对齐；句中有引号时给整句换一种引号，或改用 | 写成一段。",
    ),
    (r"did not find expected '-' indicator", "列表的短横没有对齐", "同一个列表的每一项用同样的缩进。"),
    (
        r"did not find expected ',' or '[\]}]'",
        "方括号或花括号没有配对",
        "正文以 [ 或 { 开头时要改用 | 写成一段；列表建议一行一项，以“- ”开头。",
    ),
    (r"found unexpected end of stream", "引号没有配对，直到文件结尾也没有收尾", "补上收尾的引号。"),
    (r"block sequence entries are not allowed", "列表的短横放错了位置", "短横另起一行，缩进两个空格。"),
    (r"found unknown escape character", "双引号里的反斜杠有特殊含义", "改用单引号，或去掉反斜杠。"),
    (
        r"did not find expected <document start>",
        "文件开头或 --- 之后的写法有误",
        "一份文件只写一条记录，从第一个字段写起。",
    ),
)
# libyaml stops far behind what was left open: here the place where it began says more.
_AT_BEGINNING = re.compile(r"could not find expected ':'|did not find expected ','|found unexpected end of stream")


def explain(error: yaml.YAMLError, file: str, text: str) -> Finding:
    """Turn a syntax error into a located finding."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return YAML.at(Place(file), *_FALLBACK)
    problem = f"{error.problem or ''} {error.context or ''}"
    marks = (error.problem_mark, error.context_mark)
    mark = next((mark for mark in (reversed(marks) if _AT_BEGINNING.search(problem) else marks) if mark), None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    if "cannot start any token" in problem and _character(text, place) == "\t":
        return YAML.at(place, *_TAB)
    found = ((message, remedy) for pattern, message, remedy in _KNOWN if re.search(pattern, problem))
    return YAML.at(place, *next(found, _FALLBACK))


def _character(text: str, place: Place) -> str:
    line = "".join(text.split("\n")[place.line - 1 : place.line])
    return line[place.column - 1 : place.column]

"""What libyaml complains about, said to an editor in Chinese."""

from __future__ import annotations

import re

import yaml

from lunxun.findings import Finding, Place
from lunxun.library.structure_rules import YAML

_FALLBACK = ("YAML 写法有误", "对照旁边的记录检查这一行和上一行的缩进、冒号和引号。")

_KNOWN: tuple[tuple[str, str, str], ...] = (
    (r"'\\t'|tab character", "缩进或空白里用了制表符（Tab）", "改成空格，每层缩进两个空格。"),
    (r"cannot start any token", "这个符号不能放在一句话的开头", "给整句加上引号，或改用 | 写成一段。"),
    (r"mapping values are not allowed", "冒号的位置不对", "一行只能有一个“字段: 内容”；正文里的英文冒号改成中文冒号，或给整句加引号。"),
    (r"could not find expected ':'", "字段名后面缺冒号，或上一行没有写完", "写成“字段: 内容”，冒号后空一格；检查上一行的引号是否成对。"),
    (r"did not find expected key", "缩进不齐，或引号、括号之后还有多余的字", "同一层的字段左对齐；句中有引号时给整句换一种引号，或改用 | 写成一段。"),
    (r"did not find expected '-' indicator", "列表的短横没有对齐", "同一个列表的每一项用同样的缩进。"),
    (r"did not find expected ',' or '[\]}]'", "方括号或花括号没有配对", "正文以 [ 或 { 开头时要改用 | 写成一段；列表建议一行一项，以“- ”开头。"),
    (r"found unexpected end of stream", "引号没有配对，直到文件结尾也没有收尾", "补上收尾的引号。"),
    (r"block sequence entries are not allowed", "列表的短横放错了位置", "短横另起一行，缩进两个空格。"),
    (r"found unknown escape character", "双引号里的反斜杠有特殊含义", "改用单引号，或去掉反斜杠。"),
    (r"did not find expected <document start>", "文件开头或 --- 之后的写法有误", "一份文件只写一条记录，从第一个字段写起。"),
    (r"found undefined alias", "以 * 开头的内容被当作引用", "给整句加引号。"),
    (r"nesting|maximum", "嵌套层数太多", "检查括号和缩进。"),
    (r"control characters|special characters", "有看不见的控制字符", "删去这一处的控制字符，常见于从网页或旧文档粘贴。"),
)


def explain(error: yaml.YAMLError, file: str, text: str) -> Finding:
    """Turn a syntax error into a located finding."""
    if isinstance(error, yaml.MarkedYAMLError):
        problem = f"{error.problem or ''} {error.context or ''}"
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    elif isinstance(error, yaml.reader.ReaderError):
        problem = error.reason
        place = _place_of_offset(file, text, error.position)
    else:
        problem, place = str(error), Place(file)
    message, remedy = next(
        ((message, remedy) for pattern, message, remedy in _KNOWN if re.search(pattern, problem)), _FALLBACK
    )
    return YAML.at(place, message, remedy)


def _place_of_offset(file: str, text: str, offset: object) -> Place:
    # libyaml counts bytes of UTF-8 here; the characters before it give line and column.
    count = offset if isinstance(offset, int) and offset >= 0 else 0
    before = text.encode("utf-8", "replace")[:count].decode("utf-8", "ignore")
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)

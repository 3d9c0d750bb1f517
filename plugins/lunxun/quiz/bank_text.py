"""A drafted bank as the text of its file, as editors write it: paragraphs as blocks, gaps named in comments."""

from __future__ import annotations

from typing import Any

import yaml

from lunxun.quiz.formats.rules import Data
from lunxun.quiz.intake import DraftBank

_HEAD = """# yaml-language-server: $schema=../../schemas/bank.schema.json
# 从“{source}”导入，没有人核对过。逐题核对：补上注明“待补”的，改好的把 state 改成“草稿”
# （审定了的改成“已审”并写 review），删去 origin；最后把题库的 state 也改过来。题号不变。
"""
_PARAGRAPHS = ("summary", "rationale", "answer")


class _Block(str):
    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, as records are written."""
        return super().increase_indent(flow, False)


def _as_block(dumper: _Dumper, text: _Block) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")


_Dumper.add_representer(_Block, _as_block)


def bank_text(bank: DraftBank, source: str) -> str:
    """Write a drafted bank; `source` names the file it comes from."""
    head = {name: value for name, value in bank.data.items() if name != "questions"}
    shown = "".join(character for character in source if character.isprintable())
    parts = [_HEAD.format(source=shown), _yaml(head), "questions:"]
    parts += [] if bank.data.get("questions") else [" []"]
    parts.append("\n")
    for data in bank.data.get("questions", ()):
        comment = _comment(data, bank.gaps)
        parts.append((f"  # {comment}\n" if comment else "") + _indented(_yaml([data])) + "\n")
    return "".join(parts).rstrip("\n") + "\n"


def _comment(data: Data, gaps: dict[str, list[str]]) -> str:
    named = [
        (data["id"], gaps.get(data["id"])),
        *((one["id"], gaps.get(one["id"])) for one in data.get("questions", ())),
    ]
    said = [("" if name == data["id"] else f"小题 {name} 的") + "、".join(titles) for name, titles in named if titles]
    return f"待补：{'；'.join(said)}" if said else ""


def _yaml(data: Any) -> str:
    return str(yaml.dump(_blocks(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


def _blocks(node: Any, name: str = "") -> Any:
    if isinstance(node, dict):
        return {key: _blocks(value, key) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_blocks(value) for value in node]
    if isinstance(node, str) and (name in _PARAGRAPHS or "\n" in node):
        return _Block(node + "\n")
    return node


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())

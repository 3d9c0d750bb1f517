"""A small reader of XML from strangers: no DTD, no entities, bounded depth, the line of every element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

MAX_DEPTH = 40
MAX_NODES = 300_000


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, the text directly in it, and the elements in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, tag: str) -> list[Node]:
        """List the elements of a name directly in this one."""
        return [child for child in self.children if child.tag == tag]

    def at(self, *tags: str) -> str:
        """Give the text at the end of a path of first elements; nothing where there is none."""
        node: Node | None = self
        for tag in tags:
            node = next(iter(node.all(tag)), None) if node else None
        return node.text if node else ""


class XmlRefusedError(Exception):
    """The text is no XML that is read here; the message is Chinese, the line counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_tree(text: str) -> Node:
    """Parse a text; raises XmlRefusedError."""
    parser = expat.ParserCreate(encoding="utf-8")
    root = Node("", {}, 1)
    stack = [root]
    count = 0

    def refuse(*_: object) -> NoReturn:
        raise XmlRefusedError("文件里有 DTD 声明，没有读", parser.CurrentLineNumber)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > MAX_DEPTH or count > MAX_NODES:
            raise XmlRefusedError("嵌套太深或者太长，没有读", parser.CurrentLineNumber)
        node = Node(tag, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def data(piece: str) -> None:
        pieces.setdefault(id(stack[-1]), []).append(piece)

    def end(_: str) -> None:
        node = stack.pop()
        node.text = "".join(pieces.pop(id(node), ()))

    pieces: dict[int, list[str]] = {}
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = data
    try:
        parser.Parse(text.encode("utf-8", errors="replace"), True)
    except expat.ExpatError as error:
        raise XmlRefusedError("XML 写得不完整", error.lineno) from None
    return root.children[0]

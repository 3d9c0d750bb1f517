r"""The quick way to read a YAML text that holds nothing doubtful: as the strict reader would, without places.

yaml12 is many times as fast as reading events, but it accepts more than `yaml_reader` does and reads some of it
differently (0x10, True, equal keys, several documents, tags, anchors). So a guard lets through only texts
written in a small part of YAML on which both agree, line by line:

    key: value      - key: value      - value      key: |      # comment      (nothing)

where a value is one line: a plain text that looks like no number, date or word with a meaning, a decimal number
of bounded length, true, false or null, a quoted text without backslashes, or a list or mapping in brackets of
such values. Whatever is written otherwise is read by the strict reader, and is neither better nor worse for it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml12

from lunxun.library.document import Data

MAX_LENGTH = 100_000
"""Characters. Every node takes two of them at least, so that a shorter text has fewer nodes than are allowed."""

# Indentation is at most 8, which with brackets in brackets gives no more than the 16 levels that are allowed.
_UNSEEN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_NAME = "[a-z_][a-z0-9_]{0,63}+"
_KEY = rf"(?:(?!(?:true|false|null):){_NAME}|'{_NAME}'|\"{_NAME}\"):"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,15}+)(?:\.[0-9]{1,10}+)?+"
_TRAP = r"(?i:yes|no|on|off|y|n|true|false|null)"
_QUOTED = rf"'(?:[^'\n{_UNSEEN}]|'')*+'|\"[^\"\\\n{_UNSEEN}]*+\""
_FIRST = rf"[^\s{_UNSEEN}\-?:,\[\]{{}}\#&*!|>'\"%@`0-9.+~<=]"


def _scalar(end: str, rest: str, in_line: str) -> str:
    """Make the pattern of a scalar: what follows it, the characters it may go on with, and those of its line."""
    number = rf"(?:{_NUMBER}|[1-9][0-9]{{0,15}}+(?:-[0-9]{{1,10}}+){{1,3}}+)(?=\ *+{end})"
    word = rf"(?:true|false|null)(?=\ *+{end})"
    # Behind digits a letter other than e, or a character outside ASCII, makes a text of it everywhere.
    named = rf"[1-9][0-9]*+[a-df-zA-DF-Z]{rest}|[0-9](?={in_line}*+[^\x00-\x7f]){rest}"
    return rf"(?:{_QUOTED}|{number}|{word}|(?!{_TRAP}\ *+{end}){_FIRST}{rest}|{named})"


_LINE = rf"[^\n{_UNSEEN}]*+\n"
_ATOM = _scalar(r"\n", rf"(?:[^\n:\#{_UNSEEN}]|:(?![\ \n])|(?<!\ )\#)*+", r"[\x20-\x7e]")
_INNER = _scalar(r"[,\]}]", rf"(?:[^\n:\#,\[\]{{}}{_UNSEEN}]|:(?=[a-z0-9])|(?<!\ )\#)*+", r"[\x20-+\--Z\\^-z|~]")
_LIST = rf"\[\ *+(?:{_INNER}(?:\ *+,\ ++{_INNER})*+)?+\ *+\]"
_FIELD = rf"{_KEY}\ ++(?:{_LIST}|{_INNER})"
_MAPPING = rf"\{{\ *+{_FIELD}(?:\ *+,\ ++{_FIELD})*+\ *+\}}"
_VALUE = rf"(?:{_ATOM}|{_LIST}|{_MAPPING})\ *+\n"


def _block(name: str, deeper: str) -> str:
    """Make the pattern of a block of lines, all of them as deep as the first, which is deeper than its owner."""
    return rf"\|-?\n\n*+(?P<{name}>(?P=indent){deeper}\ ++)(?=[^\n]){_LINE}(?:(?P={name}){_LINE}|\n)*+"


_GUARD = re.compile(
    rf"""(?:\#{_LINE}|\n)*+(?={_KEY})(?:
      (?P<indent>\ {{0,8}}+)(?:
          {_KEY}(?:\n|\ ++(?:{_VALUE}|{_block("under_key", "")}))
        | -\ (?:{_KEY}(?:\n|\ ++(?:{_VALUE}|{_block("under_item_key", "[ ][ ]")}))|{_VALUE}|{_block("under_item", "")})
        | \#{_LINE}
      )
      | \n
    )*+\Z""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"^ *#.*\n", re.MULTILINE)


def read_quickly(text: str) -> Data:
    """Give the data of a text, or None where only the strict reader can tell."""
    if len(text) > MAX_LENGTH or not text.endswith("\n") or not _GUARD.match(text):
        return None
    try:
        # Of several documents the parser would read the first and not even look at the others.
        documents: Any = yaml12.parse_yaml(text, multi=True)
    except ValueError:
        return None
    if len(documents) != 1:
        return None
    data: Data = documents[0]
    # Of two equal keys yaml12 takes the last: only where no key is lost does the text say what the data say.
    keys = _keys(data)
    return data if keys == _colons(text) or keys == _colons(_COMMENT.sub("", text)) else None


def _colons(text: str) -> int:
    """Count what may be keys: each ends in this way, and perhaps a word of the prose too."""
    return text.count(": ") + text.count(":\n")


def _keys(data: Data) -> int:
    """Count the keys of all mappings."""
    total = 0
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if type(item) is dict:
            total += len(item)
            waiting += [value for value in item.values() if type(value) in _COLLECTIONS]
        elif type(item) is list:
            waiting += [value for value in item if type(value) in _COLLECTIONS]
    return total


_COLLECTIONS = (dict, list)

r"""The small part of YAML that the quick reader knows, as expressions.

A text is taken entry by entry, which are lines, but a block of lines is one with its key:

    key: value      - key: value      - value      key: |      # comment      (nothing)

where a value is one line: a plain text that looks like no number, date or word with a meaning, a decimal number
of bounded length, true, false or null, a quoted text without backslashes, or a list or mapping in brackets of
such values.
"""

from __future__ import annotations

import re

# Indentation is at most 8, which with brackets in brackets gives no more than the 16 levels that are allowed.
_UNSEEN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_NAME = "[a-z_][a-z0-9_]{0,63}+"
_KEY = rf"(?:(?!(?:true|false|null):){_NAME}|'{_NAME}'|\"{_NAME}\")"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,15}+)(?:\.[0-9]{1,10}+)?+"
_TRAP = r"(?i:yes|no|on|off|y|n|true|false|null)"
_QUOTED = rf"'(?:[^'\n{_UNSEEN}]|'')*+'|\"[^\"\\\n{_UNSEEN}]*+\""
_FIRST = rf"[^\s{_UNSEEN}\-?:,\[\]{{}}\#&*!|>'\"%@`0-9.+~<=]"


def _scalar(end: str, plain: str, marked: str, in_line: str) -> str:
    """Make the pattern of a scalar: what follows it, its plain characters, marked ones, and those of its line."""
    rest = rf"{plain}*+(?:(?:{marked}){plain}*+)*+"
    number = rf"(?:{_NUMBER}|[1-9][0-9]{{0,15}}+(?:-[0-9]{{1,10}}+){{1,3}}+)(?=\ *+{end})"
    word = rf"(?:true|false|null)(?=\ *+{end})"
    # Behind digits a letter other than e, or a character outside ASCII, makes a text of it everywhere.
    named = rf"[1-9][0-9]*+[a-df-zA-DF-Z]{rest}|[0-9](?={in_line}*+[^\x00-\x7f]){rest}"
    # Most texts begin with a character outside ASCII, and no word that is a trap does.
    return rf"(?:(?:(?=[^\x00-\x7f])|(?!{_TRAP}\ *+{end})){_FIRST}{rest}|{_QUOTED}|{number}|{word}|{named})"


_LINE = rf"[^\n{_UNSEEN}]*+\n"
_ATOM = _scalar(r"\n", rf"[^\n:\#{_UNSEEN}]", r":(?![\ \n])|(?<!\ )\#", r"[\x20-\x7e]")
_INNER = _scalar(r"[,\]}]", rf"[^\n:\#,\[\]{{}}{_UNSEEN}]", r":(?=[a-z0-9])|(?<!\ )\#", r"[\x20-+\--Z\\^-z|~]")
# What may be repeated stands here once, as it takes long to compile: behind it is a comma and the next, or the end.
_LIST = rf"\[\ *+(?:{_INNER}\ *+(?:,\ ++(?!\])|(?=\])))*+\]"
_FIELD = rf"{_KEY}:\ ++(?:{_LIST}|{_INNER})"
_MAPPING = rf"\{{\ *+(?:{_FIELD}\ *+(?:,\ ++(?!\}})|(?=\}})))++\}}"
_VALUE = rf"(?P<value>{_ATOM}|{_LIST}|{_MAPPING})\ *+\n"
# All lines of a block are as deep as the first, or deeper.
_BLOCK = (
    rf"\|(?P<strip>-?)\n(?P<blank>\n*+)(?P<depth>(?P=indent)\ ++)(?=[^\n])"
    rf"(?P<block>{_LINE}(?:(?P=depth){_LINE}|\n)*+)"
)

ENTRY = re.compile(
    rf"""
      (?P<indent>\ {{0,8}}+)(?:
          (?P<dash>-\ )?+(?:(?P<key>{_KEY}):(?:\ ++|(?=\n)))?+(?:(?<=:)\n|{_VALUE}|{_BLOCK})
        | \#{_LINE}
      )
      | \n
      | (?P<odd>[^\n]*+\n)
    """,
    re.VERBOSE,
)
"""Matches anywhere in a text, so that nothing lies between two entries; what is none is odd."""
INNER = re.compile(_INNER)
"""The values in a list in brackets."""
FIELD = re.compile(rf"({_KEY}):\ ++({_LIST}|{_INNER})")
"""The fields of a mapping in brackets, key and value."""
NUMBER = re.compile(rf"{_NUMBER}\Z")

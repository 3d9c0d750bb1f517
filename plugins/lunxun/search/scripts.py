"""The files of the index as classic scripts, each a call that hands its data to the browser's engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lunxun.search.bits import mark

FOLDER = "assets/lunxun/search/"
# Gives the bytes of a file of the earlier build by its address in the site; nothing where there is none.
Read: TypeAlias = Callable[[str], bytes | None]
# Puts files, by their addresses, into the site; a function that can be sent to another process.
Put: TypeAlias = Callable[[Mapping[str, bytes]], None]


class LostFileError(Exception):
    """A file that an earlier build wrote is not there, or is another one: the index must be made anew."""


def script(name: str, data: bytes) -> tuple[str, bytes]:
    """Write data, JSON, as a script that knows its name and its mark; give the mark and the script."""
    signed = mark(data)
    return signed, b'LunxunSearch.take("%s","%s",%s);\n' % (name.encode(), signed.encode(), data)


def address_of(name: str) -> str:
    """Give the address of a file in the site."""
    return f"{FOLDER}{name}.js"


def data_of(written: bytes) -> bytes:
    """Take the data out of a script that was written here; nothing is taken out of others."""
    parts = written.split(b'"', 4)
    return parts[4].removeprefix(b",").removesuffix(b");\n") if len(parts) > 4 else b""

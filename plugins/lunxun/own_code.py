"""The program itself: its code and its templates, summed up."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b
from pathlib import Path


def code_digest(suffixes: Collection[str] = (".py", ".j2")) -> str:
    """Digest the program itself: its code and its templates, or one of both."""
    root = Path(__file__).parent
    digest = blake2b(digest_size=16)
    for path in sorted(root.rglob("*")):
        if path.suffix in suffixes:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()

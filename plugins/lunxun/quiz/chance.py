"""Choices that look random and are the same every time: each is worked out from a text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def number(seed: str, below: int) -> int:
    """Give a number from 0 to below `below`."""
    return int.from_bytes(hashlib.sha256(seed.encode("utf-8", errors="replace")).digest()[:8], "big") % below


def shuffled(seed: str, items: Iterable[T], name: Callable[[T], object] = str) -> list[T]:
    """Give the items in an order that depends on the seed and on their names, not on the order they come in."""
    return sorted(items, key=lambda item: (number(f"{seed}\0{name(item)}", 2**60), str(name(item))))

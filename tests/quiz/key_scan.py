"""Look for anything of a key in the bytes of an exam: as it is, and as somebody might have hidden it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import urllib.parse
from collections.abc import Iterator

from lunxun.quiz.paper_files import FormFile, Keyed, KeyFile

HASHES = ("md5", "sha1", "sha256", "sha512")
_SHORTEST_TEXT = 3
_SHORTEST_ENCODED = 6  # bytes; shorter ones stand in any text by chance
_WINDOW = 10


def found_of_key(page: bytes, form: FormFile, key: KeyFile) -> list[str]:
    """List what of the key is in the bytes; what the form itself asks is no find."""
    seen = _asked_texts(form)
    found = []
    for item in _all(key):
        for text in _secrets(item):
            if any(shape in page for shape in _shapes(text) if shape not in seen):
                found.append(text)
            found += [part for part in _windows(text) if part.encode() in page and part.encode() not in seen]
        for short in _short(item):
            found += [f"{name}({short})" for name, shape in _hashed(short, item) if shape in page]
    letters = "".join(item.key for item in _all(key) if isinstance(item.key, str) and item.key.isascii())
    return found + ([letters] if letters.encode() in page else [])


def _all(key: KeyFile) -> Iterator[Keyed]:
    for item in key.items:
        yield item
        yield from item.parts


def _secrets(item: Keyed) -> Iterator[str]:
    """Yield ids, reasons, bases, model answers, points and accepted texts."""
    yield item.id
    yield from item.basis
    yield from (point.text for point in item.points)
    yield from _short(item)
    if item.rationale:
        yield item.rationale


def _short(item: Keyed) -> Iterator[str]:
    if isinstance(item.key, str):
        yield item.key
    for blank in item.key if isinstance(item.key, tuple) else ():
        yield from blank.accept


def _windows(text: str) -> Iterator[str]:
    yield from (text[at : at + _WINDOW] for at in range(len(text) - _WINDOW + 1))


def _shapes(text: str) -> Iterator[bytes]:
    raw = text.encode()
    if len(text) >= _SHORTEST_TEXT:
        yield raw
        yield text[::-1].encode()
        yield html.escape(text).encode()
    if len(raw) >= _SHORTEST_ENCODED:
        yield json.dumps(text)[1:-1].encode() if not text.isascii() else raw
        yield from (raw.hex().encode(), raw.hex().upper().encode(), raw[::-1].hex().encode())
        yield urllib.parse.quote(text).encode() if not text.isascii() else raw
        # Inside a longer text the base64 of it begins at one of three places.
        for skip in range(3):
            whole = base64.b64encode(bytes(skip) + raw)
            yield whole[(0, 2, 3)[skip] :].rstrip(b"=")[:-1]
        yield base64.b64encode(raw[::-1]).rstrip(b"=")[:-1]


def _hashed(short: str, item: Keyed) -> Iterator[tuple[str, bytes]]:
    for text in (short, f"{item.no}{short}", f"{item.no}:{short}", f"{item.id}{short}", f"{item.id}:{short}"):
        for name in HASHES:
            digest = hashlib.new(name, text.encode()).digest()
            yield name, digest.hex().encode()
            yield name, digest.hex().upper().encode()
            yield name, base64.b64encode(digest).rstrip(b"=")
            yield name, base64.urlsafe_b64encode(digest).rstrip(b"=")


def _asked_texts(form: FormFile) -> bytes:
    """Join all that a learner reads, as it stands in a page."""
    texts = [form.title, *form.notes]
    for section in form.sections:
        for item in section.items:
            for one in (item, *item.parts):
                texts += [one.stem, *one.options, *one.lefts, *one.rights, *one.steps]
    return "\n".join((*texts, *map(html.escape, texts))).encode()

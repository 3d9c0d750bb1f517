"""Answers sealed to a trainer: what the exam page writes, opened again. Needs PyNaCl (the extra `exams`).

A sealed file is JSON: a header that says which form and sitting it is of, and a NaCl box (X25519, XSalsa20-Poly1305)
from a key made for this one file to the trainer's public key. Anybody can seal: a seal keeps answers from being
read or changed on their way, it does not prove who wrote them. Files come from learners' sticks and are taken as
hostile: whatever is wrong becomes a refusal with a name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha512
from importlib.util import find_spec
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, ValidationError

from lunxun.quiz.paper_files import FormLetter
from lunxun.quiz.trainer_keys import KEY_BYTES, KeyId, Keys, as_base64, from_base64, key_id
from lunxun.records.base import Model, Slug

ENDING = ".lxa"
MOST_BYTES = 3 * 1024 * 1024
"""Of a sealed file; what is in it is at most `MOST_INSIDE`."""
MOST_INSIDE = 2 * 1024 * 1024
NOT_INSTALLED = '没有装 PyNaCl。先运行 pip install "lunxun[exams]"，再试一次。'
_BLOCK = 1024
"""Answers are filled up to whole blocks with spaces, so that the length of the file tells little of them."""
_NONCE_BYTES, _MAC_BYTES = 24, 16
_RECEIPT_LENGTH = 8
_SAID_TWICE = ("paper", "form", "digest", "sitting")
_BEGINS = b'{"lunxun_sealed"'
_Text = Annotated[str, StringConstraints(max_length=4 * MOST_INSIDE)]


class Why(Enum):
    """Why a sealed file is refused; the values are Chinese."""

    NOT_SEALED = "不是轮训的答卷文件"
    TRUNCATED = "文件不完整，可能没有存完或没有拷完"
    TOO_LARGE = "文件太大，不像答卷"
    OTHER_KEY = "是封给另一把公钥的，用这把私钥打不开"
    TAMPERED = "封好以后被改动过，或者已经损坏"
    DISAGREES = "封面和里面的内容对不上"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not opened."""

    why: Why

    @property
    def message(self) -> str:
        """Say so in Chinese."""
        return self.why.value


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a sealed file: the answer sheet as JSON, not looked at beyond what the header says of it."""

    text: bytes
    paper: str
    form: str
    digest: str
    sitting: str


class Sealed(Model):
    """A sealed file."""

    lunxun_sealed: Literal[1]
    paper: Slug
    form: FormLetter
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    sitting: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    to: KeyId
    epk: _Text
    nonce: _Text
    box: _Text


def is_there() -> bool:
    """Tell whether PyNaCl is installed."""
    return find_spec("nacl") is not None


def keys() -> Keys:
    """Make a new pair of keys."""
    from nacl.public import PrivateKey  # noqa: PLC0415 - an extra

    secret = PrivateKey.generate()
    return Keys(bytes(secret.public_key), bytes(secret))


def seal(payload: Mapping[str, Any], public: bytes) -> bytes:
    """Seal an answer sheet to a public key, as the exam page does."""
    from nacl.public import Box, PrivateKey, PublicKey  # noqa: PLC0415

    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _BLOCK)
    own = PrivateKey.generate()
    boxed = Box(own, PublicKey(public)).encrypt(text)
    sealed = Sealed(
        lunxun_sealed=1,
        **{name: payload[name] for name in _SAID_TWICE},
        to=key_id(public),
        epk=as_base64(bytes(own.public_key)),
        nonce=as_base64(boxed.nonce),
        box=as_base64(boxed.ciphertext),
    )
    return sealed.model_dump_json().encode()


def open_sealed(raw: bytes, secret: bytes) -> Opened | Refusal:
    """Open a sealed file, or say why not."""
    if len(raw) > MOST_BYTES:
        return Refusal(Why.TOO_LARGE)
    raw = raw.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        sealed = Sealed.model_validate_json(raw)
    except (ValidationError, RecursionError):
        return Refusal(_what_is_wrong(raw))
    if sealed.to != key_id(_public(secret)):
        return Refusal(Why.OTHER_KEY)
    text = _unboxed(sealed, secret)
    return Refusal(Why.TAMPERED) if text is None else _looked_at(sealed, text)


def receipt(raw: bytes) -> str:
    """Give the code by which an invigilator notes a file: the first 8 hexadecimal digits of its SHA-512."""
    return sha512(raw).hexdigest()[:_RECEIPT_LENGTH]


def _looked_at(sealed: Sealed, text: bytes) -> Opened | Refusal:
    """Hold what was inside against what the header says."""
    if len(text) > MOST_INSIDE:
        return Refusal(Why.TOO_LARGE)
    if not _agrees(sealed, text):
        return Refusal(Why.DISAGREES)
    return Opened(text.rstrip(b" "), sealed.paper, sealed.form, sealed.digest, sealed.sitting)


def _what_is_wrong(raw: bytes) -> Why:
    """Tell a damaged file of ours from a foreign one."""
    begins = raw[: len(_BEGINS)]
    if not begins or not _BEGINS.startswith(begins):
        return Why.NOT_SEALED
    return Why.TAMPERED if raw.endswith(b"}") else Why.TRUNCATED


def _public(secret: bytes) -> bytes:
    from nacl.public import PrivateKey  # noqa: PLC0415

    return bytes(PrivateKey(secret).public_key)


def _unboxed(sealed: Sealed, secret: bytes) -> bytes | None:
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.public import Box, PrivateKey, PublicKey  # noqa: PLC0415

    try:
        epk, nonce, box = (
            from_base64(sealed.epk, KEY_BYTES),
            from_base64(sealed.nonce, _NONCE_BYTES),
            from_base64(sealed.box),
        )
        if len(box) < _MAC_BYTES:
            return None
        return Box(PrivateKey(secret), PublicKey(epk)).decrypt(box, nonce)
    except (ValueError, CryptoError, RuntimeError):
        return None


def _agrees(sealed: Sealed, text: bytes) -> bool:
    try:
        inside = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(inside, dict) and all(inside.get(name) == getattr(sealed, name) for name in _SAID_TWICE)

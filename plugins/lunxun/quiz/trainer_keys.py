"""The files of a trainer's two keys: the public one that exams are made for, the secret one that opens answers.

The public key can be read without any extra; for the secret one PyNaCl (the extra `exams`) is needed if it lies under a
passphrase: argon2id makes a key of that, and NaCl's secretbox holds the secret.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from lunxun.records.base import Model

PUBLIC_FILE, SECRET_FILE = "公钥.json", "私钥.json"
KEY_BYTES = 32
_ID_LENGTH = 16
_MOST_BYTES = 4096
_KILOBYTE = 1024
# Argon2id as libsodium calls it "moderate": about a second, and 256 MB, for each guess at a passphrase.
OPERATIONS, MEMORY = 3, 256 * _KILOBYTE
_MOST_OPERATIONS, _MOST_MEMORY = 10, 1024 * _KILOBYTE
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=400)]
KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
M = TypeVar("M", bound=Model)


class KeyFileError(ValueError):
    """A key cannot be read or written; the message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Keys:
    """A pair of keys, 32 bytes each."""

    public: bytes
    secret: bytes


class PublicKeyFile(Model):
    """The file that may be given to anybody."""

    lunxun_public_key: Literal[1]
    id: KeyId
    key: Base64


class Locked(Model):
    """A secret under a passphrase: salt, the cost of a guess (`memory` in KB), nonce, and NaCl's secretbox."""

    salt: Base64
    operations: int = Field(ge=1, le=_MOST_OPERATIONS)
    memory: int = Field(ge=8, le=_MOST_MEMORY)
    nonce: Base64
    box: Base64


class SecretKeyFile(Model):
    """The file that the trainer keeps: the secret under a passphrase, or bare."""

    lunxun_secret_key: Literal[1]
    id: KeyId
    locked: Locked | None = None
    key: Base64 | None = None


def key_id(public: bytes) -> str:
    """Name a public key: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(public).hexdigest()[:_ID_LENGTH]


def as_base64(raw: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str, length: int | None = None) -> bytes:
    """Read base64 as it is written, and nothing else; raise ValueError."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if as_base64(raw) != text or (length is not None and len(raw) != length):
        raise ValueError("not the base64 that is written here")
    return raw


def write_keys(folder: Path, keys: Keys, passphrase: str | None) -> None:
    """Write both files into a folder, where neither may be yet; the secret one for its owner only (mode 600).

    Raises KeyFileError, and has then left nothing behind.
    """
    name = key_id(keys.public)
    locked = None if passphrase is None else _locked(keys.secret, passphrase)
    secret = SecretKeyFile(
        lunxun_secret_key=1, id=name, locked=locked, key=as_base64(keys.secret) if locked is None else None
    )
    public = PublicKeyFile(lunxun_public_key=1, id=name, key=as_base64(keys.public))
    texts = {
        SECRET_FILE: secret.model_dump_json(indent=1, exclude_none=True),
        PUBLIC_FILE: public.model_dump_json(indent=1),
    }
    there = [file for file in texts if os.path.lexists(folder / file)]
    if there:
        raise KeyFileError(f"{folder} 里已经有“{'”“'.join(there)}”。为免盖掉还要用的密钥，请换一个文件夹。")
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            path = folder / file
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if file == SECRET_FILE else 0o644)
            written.append(path)
            with os.fdopen(handle, "wb") as opened:
                opened.write(f"{text}\n".encode())
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise KeyFileError(f"写不进 {folder}（系统错误 {error.errno}）。检查文件夹和权限。") from None


def read_public(path: Path) -> bytes:
    """Read a public key; raise KeyFileError."""
    file = _read(path, PublicKeyFile, "公钥")
    try:
        public = from_base64(file.key, KEY_BYTES)
    except ValueError:
        raise _spoilt(path, "公钥") from None
    if key_id(public) != file.id:
        raise _spoilt(path, "公钥")
    return public


def is_locked(path: Path) -> bool:
    """Tell whether a secret key lies under a passphrase; raise KeyFileError if there is no such key."""
    return _read(path, SecretKeyFile, "私钥").locked is not None


def read_secret(path: Path, passphrase: str | None = None) -> bytes:
    """Read a secret key; raise KeyFileError, also for a wrong passphrase."""
    file = _read(path, SecretKeyFile, "私钥")
    try:
        secret = _unlocked(file.locked, passphrase) if file.locked else from_base64(file.key or "", KEY_BYTES)
    except ValueError:
        raise _spoilt(path, "私钥") from None
    if secret is None:
        raise KeyFileError(f"{path} 的口令不对，打不开私钥。注意大小写和输入法，再试一次。")
    return secret


def _locked(secret: bytes, passphrase: str) -> Locked:
    from nacl.secret import SecretBox  # noqa: PLC0415 - an extra
    from nacl.utils import random  # noqa: PLC0415

    salt = random(16)
    box = SecretBox(_stretched(passphrase, salt, OPERATIONS, MEMORY)).encrypt(secret)
    return Locked(
        salt=as_base64(salt),
        operations=OPERATIONS,
        memory=MEMORY,
        nonce=as_base64(box.nonce),
        box=as_base64(box.ciphertext),
    )


def _unlocked(locked: Locked, passphrase: str | None) -> bytes | None:
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.secret import SecretBox  # noqa: PLC0415

    key = _stretched(passphrase or "", from_base64(locked.salt, 16), locked.operations, locked.memory)
    nonce, box = from_base64(locked.nonce, SecretBox.NONCE_SIZE), from_base64(locked.box, KEY_BYTES + 16)
    try:
        return SecretBox(key).decrypt(box, nonce)
    except CryptoError:
        return None


def _stretched(passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    from nacl.pwhash import argon2id  # noqa: PLC0415

    return argon2id.kdf(KEY_BYTES, passphrase.encode(), salt, opslimit=operations, memlimit=memory * _KILOBYTE)


def _read(path: Path, model: type[M], what: str) -> M:
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise KeyFileError(f"{path} 读不出来（系统错误 {error.errno}）。检查文件名和权限。") from None
    try:
        if len(raw) > _MOST_BYTES:
            raise _spoilt(path, what)
        return model.model_validate_json(raw)
    except ValidationError:
        raise _spoilt(path, what) from None


def _spoilt(path: Path, what: str) -> KeyFileError:
    other = "，不要用私钥" if what == "公钥" else ""
    return KeyFileError(f"{path} 不是轮训的{what}文件，或者已经损坏。用 lunxun paper keys 写出的“{what}.json”{other}。")

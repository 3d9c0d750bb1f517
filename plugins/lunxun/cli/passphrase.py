"""The passphrase of a trainer's secret key: from the environment, or asked for at the terminal."""

from __future__ import annotations

import getpass
import os
import sys

VARIABLE = "LUNXUN_PASSPHRASE"
SHORTEST = 8
_NOBODY_THERE = f"这里问不了口令：请把口令放进环境变量 {VARIABLE}。"


class PassphraseError(ValueError):
    """There is no passphrase to be had; the message (Chinese) says why and what to do."""


def known_passphrase() -> str:
    """Give the passphrase of a key that exists; raise PassphraseError."""
    return _from_environment() or _asked("私钥的口令（输入时不显示）：")


def new_passphrase() -> str:
    """Give a passphrase for a new key, asked for twice; raise PassphraseError."""
    given = _from_environment()
    passphrase = given or _asked(f"给私钥定一个口令，至少 {SHORTEST} 个字（输入时不显示）：")
    if len(passphrase) < SHORTEST:
        raise PassphraseError(f"口令至少 {SHORTEST} 个字。没有写密钥。")
    if not given and _asked("再输入一次：") != passphrase:
        raise PassphraseError("两次输入的口令不一样。没有写密钥，请再运行一次。")
    return passphrase


def _from_environment() -> str:
    return os.environ.get(VARIABLE, "")


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise PassphraseError(_NOBODY_THERE)
    try:
        return getpass.getpass(question)
    except EOFError:
        raise PassphraseError(_NOBODY_THERE) from None

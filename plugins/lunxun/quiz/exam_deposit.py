"""Exams that the site is to hold: a form and a public key in one file of `quizzes/exams`, read as hostile.

What lies there is published with the next build and can be read by everybody who can open the site.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from lunxun.library.files import shown
from lunxun.quiz.paper_files import MOST_BYTES, FormFile
from lunxun.quiz.trainer_keys import KEY_BYTES, Base64, as_base64, from_base64
from lunxun.records.base import Model

FOLDER = "exams"
ENDING = ".json"
_MOST_FILES = 200
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.json\Z")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class ExamDeposit(Model):
    """A form, and the public key that its answers are sealed to."""

    lunxun_exam: Literal[1]
    public: Base64
    form: FormFile

    @property
    def public_key(self) -> bytes:
        """Give the key itself."""
        return from_base64(self.public, KEY_BYTES)


class DepositError(ValueError):
    """A file in the folder of exams is not what belongs there; the message (Chinese) names it."""


def deposit(form: FormFile, public: bytes) -> bytes:
    """Write a deposit."""
    held = ExamDeposit(lunxun_exam=1, public=as_base64(public), form=form)
    return (held.model_dump_json(indent=1) + "\n").encode()


def exam_name(form: FormFile) -> str:
    """Name a form's deposit and its page, without an ending."""
    return f"{form.paper}-{form.form.lower()}"


def read_deposits(quizzes: Path) -> tuple[ExamDeposit, ...]:
    """Read all exams that lie in the folder of quizzes, in the order of their names; raise DepositError."""
    folder = quizzes / FOLDER
    if not folder.is_dir() or folder.is_symlink():
        return ()
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208 - names only
    if len(names) > _MOST_FILES:
        raise DepositError(f"{FOLDER} 文件夹里的考试超过 {_MOST_FILES} 场。移走考完的。")
    return tuple(_read(folder, name) for name in names)


def _read(folder: Path, name: str) -> ExamDeposit:
    said = f"quizzes/{FOLDER}/{shown(name)}"
    remedy = "用 lunxun paper screen --site 重新放一次，或移走这个文件。"
    if not _NAME.match(name):
        raise DepositError(f"{said} 不应放在这里：这里只放考试。{remedy}")
    try:
        with os.fdopen(os.open(folder / name, _FLAGS), "rb") as file:
            raw = file.read(MOST_BYTES + 1)
        held = ExamDeposit.model_validate_json(raw) if len(raw) <= MOST_BYTES else None
        if held is not None and exam_name(held.form) + ENDING == name and held.public_key:
            return held
    except OSError as error:
        raise DepositError(f"{said} 读不出来（系统错误 {error.errno}）。检查权限，不要用链接。") from None
    except (ValidationError, ValueError, RecursionError):
        pass
    raise DepositError(f"{said} 不是考试文件，或者已经损坏。{remedy}")

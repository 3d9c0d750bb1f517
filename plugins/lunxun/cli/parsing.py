"""What the parsers of all verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_content_option(verb: argparse.ArgumentParser) -> None:
    """Let the user name the content folder, and that of the question banks."""
    verb.add_argument(
        "--content", type=Path, default=Path("content"), metavar="文件夹", help="内容文件夹，默认 content"
    )
    verb.add_argument("--quizzes", type=Path, metavar="文件夹", help="题库文件夹，默认是内容文件夹旁边的 quizzes")

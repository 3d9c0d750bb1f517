"""What the parsers of all verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_content_option(verb: argparse.ArgumentParser) -> None:
    """Let the user name the content folder."""
    verb.add_argument(
        "--content", type=Path, default=Path("content"), metavar="文件夹", help="内容文件夹，默认 content"
    )

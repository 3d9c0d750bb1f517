"""An independent judge of the HTML: html-validate on one page of each kind.

Off in htmlvalidate.json are matters of style, and `valid-autocomplete`, which Material's base page breaks.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from node_tools import FOLDER
from tests.browser import pages

CONFIG = Path(__file__).with_name("htmlvalidate.json")


def validate(*files: Path) -> subprocess.CompletedProcess[str]:
    """Run html-validate on files."""
    program = FOLDER / "node_modules" / ".bin" / "html-validate"
    command = [str(program), "--config", str(CONFIG), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_each_kind_of_page_is_valid_html(built_site: Path) -> None:
    done = validate(*pages.page_kinds(built_site).values())
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_judge_can_say_no(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><html lang='zh'><head><title>坏</title></head><body><p><div></p></body></html>", "utf-8"
    )
    assert validate(bad).returncode != 0

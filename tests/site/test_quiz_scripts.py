"""Run the JavaScript tests of the banks' scripts, and see that what was vendored is what its note says."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from environment import ROOT

HERE = Path(__file__).parent / "js"
SCRIPTS = ROOT / "plugins/lunxun/site/theme/assets/lunxun"
VENDOR = SCRIPTS / "vendor"
SECONDS = 120


@pytest.mark.parametrize("name", sorted(file.name for file in HERE.glob("*.test.js")))
def test_in_node(name: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("找不到 node：请用 python3 scripts/test.py 运行，它会说明要装什么。", pytrace=False)
    done = subprocess.run([node, "--test", HERE / name], capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")


@pytest.mark.parametrize(("name", "licence"), [("ts-fsrs", "MIT License"), ("tweetnacl", "public domain")])
def test_vendored_files_are_what_their_note_says(name: str, licence: str) -> None:
    note = (VENDOR / "VENDORED.md").read_text("utf-8")
    digest = hashlib.sha256((VENDOR / f"{name}.js").read_bytes()).hexdigest()
    assert f"sha256 of `{name}.js`: `{digest}`" in note
    assert licence in (VENDOR / f"{name}.LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "file", sorted([*SCRIPTS.glob("quiz-*.js"), *SCRIPTS.glob("exam-*.js")]), ids=lambda file: file.name
)
def test_scripts_never_write_html(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|import\(", text)

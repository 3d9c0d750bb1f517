"""What holds for every test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from environment import QUIET_LIBRARIES

if TYPE_CHECKING:
    from lunxun.library.library import Library

# Set before any test imports MkDocs, which prints advertisements otherwise, and Lunxun, which looks for compiled
# modules: what is tested is what is written. tests/test_compiled.py holds the compiled modules against it.
os.environ.update(QUIET_LIBRARIES)
os.environ.setdefault("LUNXUN_COMPILED", "0")

# A property test must not depend on how fast the machine is, nor on what it found the last time.
settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")


@pytest.fixture
def good_content(tmp_path: Path) -> Path:
    """Copy the good fixture, so that a test can spoil it."""
    from tests.contents import GOOD  # noqa: PLC0415 - it brings Lunxun

    return shutil.copytree(GOOD, tmp_path / "content")


@pytest.fixture(scope="session")
def good_library() -> Library:
    """Load the good fixture once; a Library is never changed."""
    from lunxun.library.load import load  # noqa: PLC0415
    from tests.contents import GOOD  # noqa: PLC0415

    loaded = load(GOOD)
    assert not loaded.findings
    return loaded.library

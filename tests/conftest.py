"""What holds for every test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from environment import QUIET_LIBRARIES
from lunxun.library.library import Library
from lunxun.library.load import load
from tests.contents import GOOD

# Set before any test imports MkDocs, which prints advertisements otherwise.
os.environ.update(QUIET_LIBRARIES)

# A property test must not depend on how fast the machine is, nor on what it found the last time.
settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")


@pytest.fixture
def good_content(tmp_path: Path) -> Path:
    """Copy the good fixture, so that a test can spoil it."""
    return shutil.copytree(GOOD, tmp_path / "content")


@pytest.fixture(scope="session")
def good_library() -> Library:
    """Load the good fixture once; a Library is never changed."""
    loaded = load(GOOD)
    assert not loaded.findings
    return loaded.library

"""The npm lock says what to install, proven by hashes, and not from where."""

from __future__ import annotations

import json

import pytest

from console import ScriptError
from node_tools import LOCK, without_addresses


def test_committed_lock_names_no_address() -> None:
    text = LOCK.read_text("utf-8")
    assert "://" not in text and "resolved" not in text
    lock = json.loads(text)
    assert without_addresses(lock) == lock


def test_addresses_are_left_out_and_hashes_kept() -> None:
    package = {"version": "1.0.0", "resolved": "x", "funding": {"url": "y"}, "integrity": "sha512-z"}
    lock: dict[str, object] = {"lockfileVersion": 3, "packages": {"": {"name": "n"}, "node_modules/a": package}}
    assert without_addresses(lock) == {
        "lockfileVersion": 3,
        "packages": {"": {"name": "n"}, "node_modules/a": {"version": "1.0.0", "integrity": "sha512-z"}},
    }


def test_package_without_a_hash_is_refused() -> None:
    with pytest.raises(ScriptError, match="node_modules/a"):
        without_addresses({"packages": {"node_modules/a": {"version": "1.0.0"}}})

"""The page's search engine in Node: quick to start on a small made-up library."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench_search_site import make_bench_site
from lunxun.search.document import SearchDocument

SCRIPT = Path(__file__).parent / "js" / "serve.js"


class NodeEngine:
    """One Node process, which opens a fresh engine for each request."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            pytest.fail("找不到 node：请用 python3 scripts/test.py 运行，它会说明要装什么。", pytrace=False)
        self._process = subprocess.Popen([node, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def addresses(self, folder: Path, queries: Sequence[str]) -> list[list[str]]:
        """Give all exact results of each query, in the order of addresses."""
        return [sorted(found) for found in self._ask(folder, "addresses", queries)]

    def search(self, folder: Path, queries: Sequence[str]) -> list[Any]:
        """Give what the results page would be given."""
        return self._ask(folder, "search", queries)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, folder: Path, call: str, queries: Sequence[str]) -> list[Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        request = {"folder": str(folder), "call": call, "queries": list(queries)}
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        answers: list[Any] = answer["answers"]
        return answers


def write_index(folder: Path, documents: Sequence[SearchDocument]) -> Path:
    """Write the index and the engine's scripts into a folder, without what was there before."""
    shutil.rmtree(folder, ignore_errors=True)
    make_bench_site(documents, folder)
    return folder

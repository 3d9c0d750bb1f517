"""The engines that ours is compared with: Material's own search with jieba, and a plain scan."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from console import ScriptError, run_quietly, timed
from environment import PIP, ROOT
from judged_queries import Answer
from lunxun.search.document import Part, SearchDocument
from lunxun.text.folding import fold

JIEBA_LOCK = ROOT / "scripts" / "bench" / "requirements.txt"
JIEBA_FOLDER = ROOT / ".cache" / "bench-jieba"
WORKER_RUNNER = ROOT / "scripts" / "bench" / "material_worker.js"
# Weights as in the plain scan that the site had before: title, aliases, summary, the rest; doubled for the whole field.
SCAN_WEIGHTS = (40, 30, 10, 1)


def plain_scan(documents: Sequence[SearchDocument], queries: Sequence[str]) -> list[Answer]:
    """Look for every word in every text, as the site did before."""
    rows = [(document.address, *_scanned(document)) for document in documents]
    answers = []
    for query in queries:
        words = fold(query).split()
        scores = {address: _scan_score(fields, words) for address, *fields in rows}
        hits = sorted((address for address in scores if scores[address]), key=lambda address: -scores[address])
        answers.append(Answer(tuple(hits)))
    return answers


def material(documents: Sequence[SearchDocument], queries: Sequence[str]) -> list[Answer]:
    """Index with Material's plugin and jieba, and search with Material's worker in Node."""
    node = shutil.which("node")
    if node is None:
        raise ScriptError("缺少 Node.js，无法运行 Material 的搜索。")
    with tempfile.TemporaryDirectory() as name:
        index = Path(name) / "search_index.json"
        index.write_text(material_index(documents), "utf-8")
        done = subprocess.run(
            [node, WORKER_RUNNER, _material_worker(), index],
            input=json.dumps(list(queries)).encode(),
            capture_output=True,
            check=False,
        )
    if done.returncode != 0:
        raise ScriptError(f"Material 的搜索没有运行成：{done.stderr.decode('utf-8', 'replace')[-800:]}")
    return [
        Answer(tuple(address for address, _ in hits), tuple(anchor for _, anchor in hits))
        for hits in json.loads(done.stdout)
    ]


def material_index(documents: Sequence[SearchDocument]) -> str:
    """Write the index that Material would write for these pages: an entry a page, and one for each of its places."""
    plugin = _material_plugin()
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1e0}, "tags": {"boost": 1e6}}
    index = plugin.SearchIndex(lang=["zh"], separator=_material_separator(), pipeline=["stemmer"], fields=fields)
    for document in documents:
        for location, title, text in _sections(document):
            cut = [index._segment_chinese(part) for part in (title, text)]
            index.entries.append({"location": location, "title": cut[0], "text": cut[1]})
    return str(index.generate_search_index(None))


def ensure_jieba() -> None:
    """Put jieba into a folder of its own, unless it is there already."""
    if not (JIEBA_FOLDER / "jieba").is_dir():
        target = ("--no-deps", "--no-build-isolation", "--target", str(JIEBA_FOLDER))
        locked = ("--require-hashes", "-r", str(JIEBA_LOCK))
        with timed("安装 jieba（只用于对比）"):
            run_quietly([sys.executable, *PIP, *target, *locked], "jieba 没有装好，请检查网络。", ROOT)
    if str(JIEBA_FOLDER) not in sys.path:
        sys.path.append(str(JIEBA_FOLDER))


def _scanned(document: SearchDocument) -> tuple[str, str, str, str]:
    summary, *rest = document.parts or (Part("", "", ""),)
    text = " ".join((*document.headings, *(part.text for part in rest)))
    return fold(document.title), fold(" ".join(document.aliases)), fold(summary.text), fold(text)


def _scan_score(fields: Sequence[str], words: Sequence[str]) -> int:
    best = [max(_word_scores(fields, word), default=0) for word in words]
    return sum(best) if best and all(best) else 0


def _word_scores(fields: Sequence[str], word: str) -> Iterator[int]:
    for text, weight in zip(fields, SCAN_WEIGHTS, strict=True):
        if word in text:
            yield weight * 2 if text == word else weight


def _sections(document: SearchDocument) -> Iterator[tuple[str, str, str]]:
    """Give location, title and text of the page and of each place on it, as headings with ids would."""
    places: defaultdict[str, list[Part]] = defaultdict(list)
    places[""] = []
    for part in document.parts:
        places[part.anchor].append(part)
    top = " ".join(("、".join(document.aliases), *(part.text for part in places.pop(""))))
    yield document.address, document.title, top
    for anchor, parts in places.items():
        headings = dict.fromkeys(part.heading for part in parts)
        yield f"{document.address}#{anchor}", "、".join(headings), " ".join(part.text for part in parts)


def _material_plugin() -> Any:
    """Import Material's search plugin so that it finds jieba; neither publishes types."""
    ensure_jieba()
    importlib.import_module("jieba").setLogLevel("ERROR")
    return importlib.import_module("material.plugins.search.plugin")


def _material_folder() -> Path:
    found = importlib.util.find_spec("material")
    if found is None or found.origin is None:
        raise ScriptError("没有装 mkdocs-material。")
    return Path(found.origin).parent / "templates"


def _material_worker() -> Path:
    return next((_material_folder() / "assets" / "javascripts" / "workers").glob("search.*.min.js"))


def _material_separator() -> str:
    text = (_material_folder() / "partials" / "languages" / "zh.html").read_text("utf-8")
    found = re.search(r'"search\.config\.separator": ("(?:[^"\\]|\\.)*")', text)
    if found is None:
        raise ScriptError("Material 的中文配置里找不到分隔符。")
    return str(json.loads(found[1]))

"""Folders that hold nothing but a search: the engine, an index, and an empty page to run it on."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console import run_quietly
from environment import ROOT, child_environment
from lunxun.library.load import load
from lunxun.search.document import SearchDocument
from lunxun.search.page_index import build
from lunxun.search.start_file import FacetNames
from lunxun.site.prose import ProseRenderer
from lunxun.site.search_documents import facet_names, search_documents

FOLDER = ROOT / ".cache" / "bench-search"
PAGE = "bench.html"
RESULTS_PAGE = "search.html"
ENGINE = "assets/lunxun/search-engine.js"
THEME_ASSETS = ROOT / "plugins" / "lunxun" / "site" / "theme" / "assets" / "lunxun"
_HTML = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">'


@dataclass(frozen=True, slots=True)
class BenchSite:
    """A folder with a search, and what making it cost."""

    folder: Path
    documents: int
    text_bytes: int
    index_bytes: int
    stored_bytes: int
    """What is kept of the texts for titles and snippets."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Content:
    """What search is given: pages, and the names of what they are classed as."""

    documents: tuple[SearchDocument, ...]
    names: FacetNames


def real_content() -> Content:
    """Read the project's own content as search sees it."""
    library = load(ROOT / "content").library
    return Content(tuple(search_documents(ProseRenderer(library))), facet_names(library))


def make_bench_site(documents: Sequence[SearchDocument], folder: Path, names: FacetNames | None = None) -> BenchSite:
    """Write a folder with the index of these documents; what an earlier one left there is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    files = build(documents, names).files
    seconds = time.perf_counter() - start
    for script in THEME_ASSETS.glob("search*.js"):
        files[f"assets/lunxun/{script.name}"] = script.read_bytes()
    files[PAGE] = _HTML.encode()
    for address, text in files.items():
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    stored = sum(len(text) for address, text in files.items() if is_stored_text(address))
    index = sum(len(text) for address, text in files.items() if is_index(address))
    return BenchSite(folder, len(documents), sum(map(text_bytes, documents)), index, stored, seconds)


def add_results_page(site: BenchSite, built: Path) -> None:
    """Put the results page of a built site into the folder, with the styles it needs, but not that site's index."""
    shutil.copy(built / RESULTS_PAGE, site.folder)
    shutil.copytree(
        built / "assets", site.folder / "assets", dirs_exist_ok=True, ignore=shutil.ignore_patterns("search")
    )


def build_whole_site() -> Path:
    """Build the project's own site."""
    folder = FOLDER / "site"
    command = [sys.executable, "-m", "lunxun", "build", "--output", str(folder)]
    run_quietly(command, "网站没有建成。", ROOT, child_environment())
    return folder


def text_bytes(document: SearchDocument) -> int:
    """Count the bytes of everything that the index covers."""
    texts = [document.title, *document.aliases, *document.headings, *(part.text for part in document.parts)]
    return sum(len(text.encode()) for text in texts)


def is_stored_text(address: str) -> bool:
    """Tell whether a file holds texts to show rather than an index of them."""
    return "/lunxun/search/t/" in address


def is_index(address: str) -> bool:
    """Tell whether a file belongs to the index."""
    return "/lunxun/search/" in address and not is_stored_text(address)

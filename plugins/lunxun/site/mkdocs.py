"""The adapter to MkDocs: the only module that imports it.

The plugin loads and checks the whole Library before MkDocs touches the output, gives it one generated file a
page, and builds into a folder beside the old site, which it replaces only when everything was written.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import config_options
from mkdocs.config.base import Config, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import _TocToken, get_toc

from lunxun.checks.register import check, rule_infos
from lunxun.findings import has_errors, in_order
from lunxun.library.library import Library
from lunxun.library.load import load, quizzes_beside
from lunxun.report.text import as_text
from lunxun.site.page import SitePage
from lunxun.site.stages import stage
from lunxun.site.swap import discard_leftovers, may_replace, swap_in
from lunxun.site.whole import Site, make_site

log = get_plugin_logger("lunxun")

_UNUSED_THEME_FILES = ("assets/javascripts/", "sitemap.xml")
_UNUSED_TEMPLATES = ("sitemap.xml",)


class LunxunConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    content = config_options.Dir(default="content", exists=True)


class LunxunPlugin(BasePlugin[LunxunConfig]):  # type: ignore[no-untyped-call]
    """Compile the content folder into pages of the site."""

    def __init__(self) -> None:
        self._site = Site((), {})
        self._pages: dict[str, SitePage] = {}
        self._target: Path | None = None
        self._command = "build"

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or a server, which keeps its output in a folder of its own."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check everything, and aim the output beside the last site."""
        with stage("读取和检查内容", log.info):
            loaded = load(Path(self.config.content))
            findings = in_order([*loaded.findings, *check(loaded.library)])
        if findings:
            log.info("%s", as_text(findings, rule_infos()))
        if has_errors(findings):
            self._keep_last_site()
        else:
            self._make_site(loaded.library)
        for template in _UNUSED_TEMPLATES:
            config.theme.static_templates.discard(template)
        if self._command == "build":
            self._build_beside(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a generated file for every page, and drop theme files that no page loads."""
        for uri in self._pages:
            files.append(File.generated(config, uri, content=""))
        for address, text in self._site.assets.items():
            files.append(File.generated(config, address, content=text))
        for file in list(files):
            if file.src_uri.startswith(_UNUSED_THEME_FILES):
                files.remove(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its title and description."""
        made = self._pages.get(page.file.src_uri)
        if made is not None:
            # The templates of MkDocs and Material take these for HTML.
            page.meta = {"title": escape(made.title), "description": escape(made.description)}
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its body and its table of contents."""
        made = self._pages.get(page.file.src_uri)
        if made is None:
            return html
        page.toc = get_toc([_toc_token(made)])
        return made.body

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> None:
        """Build again when a record changes."""
        server.watch(self.config.content)
        quizzes = quizzes_beside(Path(self.config.content))
        if quizzes.is_dir():
            server.watch(str(quizzes))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in the place of the old one."""
        if self._target is not None:
            swap_in(Path(config.site_dir), self._target)
            config.site_dir = str(self._target)
            self._target = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing half-made behind."""
        if self._target is not None:
            discard_leftovers(self._target)

    def _make_site(self, library: Library) -> None:
        with stage(f"排出 {len(library.entries)} 条记录的页面", log.info):
            self._site = make_site(library)
        self._pages = {_source_uri(page): page for page in self._site.pages}

    def _keep_last_site(self) -> None:
        """Stop a build; a server goes on showing what it showed, so that the editor can mend and look again."""
        if self._command == "build" or not self._pages:
            raise Abort("内容有错误，没有生成；上一次的网站保持原样。先改正上面的错误，再运行一次。")
        # Not a warning: strict mode would take the server down for it.
        log.info("内容有错误，页面暂不更新；改正后自动重新生成。")

    def _build_beside(self, config: MkDocsConfig) -> None:
        target = Path(config.site_dir)
        if not may_replace(target):
            raise Abort(f"{target} 里有别的东西，没有动它。换一个空文件夹，或先把它清空。")
        self._target = target
        discard_leftovers(target)
        config.site_dir = str(target.with_name(f"{target.name}.building-{os.getpid()}"))


def build(config_file: Path, output: Path | None) -> bool:
    """Build the site as `mkdocs build` does, with Chinese messages; tell whether it was written."""
    _speak_chinese()
    options = {"site_dir": str(output.absolute())} if output else {}
    config = load_config(str(config_file), **options)
    target = config.site_dir
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with stage("生成网站，共用", log.info):
            mkdocs_build(config)
    except MkDocsException as error:
        log.error("%s", error)
        return False
    except OSError as error:
        log.error("网站没有写成（系统错误 %s：%s）。检查磁盘空间和文件夹权限。", error.errno, error.filename or target)
        return False
    finally:
        config.plugins.on_shutdown()
    log.info("已写到 %s", target)
    return True


def serve(config_file: Path, address: str) -> bool:
    """Serve the site as `mkdocs serve` does, with Chinese messages; tell whether it ran."""
    _speak_chinese()
    log.info("打开 http://%s 查看；内容一改就重新生成，按 Ctrl-C 结束。", address)
    try:
        mkdocs_serve(str(config_file), dev_addr=address)
    except MkDocsException as error:
        log.error("%s", error)
        return False
    return True


def _speak_chinese() -> None:
    """Print our own messages as they are, and of MkDocs' English ones only the warnings."""
    # Material says the same of its future on every run; ARCHITECTURE.md has our answer.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    handler = logging.StreamHandler(sys.stdout)
    handler.addFilter(lambda record: record.name == log.logger.name or record.levelno >= logging.WARNING)
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger("mkdocs")
    root.setLevel(logging.INFO)
    root.propagate = False
    root.handlers = [handler]


def _source_uri(page: SitePage) -> str:
    return page.address.removesuffix(".html") + ".md"


def _toc_token(page: SitePage) -> _TocToken:
    headings: list[_TocToken] = [
        {"level": 2, "id": heading.id, "name": escape(heading.title), "children": []} for heading in page.headings
    ]
    return {"level": 1, "id": "top", "name": escape(page.title), "children": headings}

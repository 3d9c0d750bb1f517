"""The adapter to MkDocs: the only module that imports it.

MkDocs renders the theme once for each folder and the hand-written pages: the frame. Records never pass through it. In a
plain `mkdocs build` the plugin puts the records' pages to the frame itself; `lunxun build` does so without MkDocs.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import config_options
from mkdocs.config.base import Config, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import _TocToken, get_toc

from lunxun.library.places import quizzes_beside
from lunxun.site.build import FrameError
from lunxun.site.frame import Frame, Settings, discard_frame, linked_records, save_frame, shell_pages, static_folder
from lunxun.site.making import write_site
from lunxun.site.ready import NotReadyError, Ready, prepare
from lunxun.site.shell import BODY, DESCRIPTION, HEADING, TITLE, ShellError, cut_shell
from lunxun.site.swap import discard_leftovers, folder_beside, foreign_folder, may_replace, swap_in

log = get_plugin_logger("lunxun")

_UNUSED_THEME_FILES = (
    *("assets/javascripts/", "assets/stylesheets/palette.", "sitemap.xml"),
    *("assets/lunxun/exam", "assets/lunxun/vendor/tweetnacl"),  # exams hold them in their own pages
)
_UNUSED_MARKUP = re.compile(
    r"""<input\ class="md-toggle"[^>]*>\s*
    |<label\ class="md-overlay"[^>]*></label>\s*
    |<div\ data-md-component="announce">\s*</div>\s*
    |<div\ class="md-dialog"[^>]*>\s*<div\ class="md-dialog__inner\ md-typeset"></div>\s*</div>\s*
    |<meta\ name="generator"[^>]*>\s*
    |\ data-md-component="[a-z]+"
    """,
    re.VERBOSE,
)
_LINE_END = re.compile(r"[ \t\r]*\n\s*")
_UNUSED_TEMPLATES = ("sitemap.xml",)


class LunxunConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    content = config_options.Dir(default="content", exists=True)


class LunxunPlugin(BasePlugin[LunxunConfig]):  # type: ignore[no-untyped-call]
    """Have MkDocs render shells and hand-written pages, and put the records' pages to them."""

    def __init__(self) -> None:
        self.makes_frame_only = False
        self._shells = {_source_uri(address): name for name, address in shell_pages()}
        self._html: dict[str, str] = {}
        self._linked: tuple[str, ...] = ()
        self._ready: Ready | None = None
        self._target: Path | None = None
        self._command = "build"

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a build or a server, which keeps its output in a folder of its own."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check everything before MkDocs touches the output, and aim the output beside the last site."""
        for template in _UNUSED_TEMPLATES:
            config.theme.static_templates.discard(template)
        if self.makes_frame_only:
            return config
        try:
            self._ready = prepare(Path(self.config.content), _LogReporter())
        except NotReadyError as error:
            self._keep_last_site(str(error))
        if self._command == "build":
            self._build_beside(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of marks, and drop theme files that no page loads."""
        self._linked = linked_records(Path(config.docs_dir), Path(self.config.content))
        for uri in (*self._shells, *self._linked):
            files.append(File.generated(config, uri, content=""))
        for file in list(files):
            if file.src_uri.startswith(_UNUSED_THEME_FILES) or file.src_uri.endswith(".css.map"):
                files.remove(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a page of marks its title and description."""
        if page.file.src_uri in self._shells:
            page.meta = {"title": TITLE, "description": DESCRIPTION}
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a page of marks its body and its table of contents."""
        if page.file.src_uri not in self._shells:
            return html
        page.toc = get_toc([_TOC])
        return BODY

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep a page of marks; MkDocs writes no file for an empty page."""
        name = self._shells.get(page.file.src_uri)
        output = _without_unused(output)
        if name is not None:
            # Blank lines and indentation are an eighth of a page; nothing in a shell is preformatted.
            self._html[name] = _LINE_END.sub("\n", output.strip()) + "\n"
        return "" if name is not None or page.file.src_uri in self._linked else output

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> None:
        """Build again when a record changes."""
        server.watch(self.config.content)
        quizzes = quizzes_beside(Path(self.config.content))
        if quizzes.is_dir():
            server.watch(str(quizzes))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the records' pages, and put the finished site in the place of the old one."""
        if self.makes_frame_only or self._ready is None:
            return
        folder = Path(config.site_dir)
        shells = {name: cut_shell(html) for name, html in self._html.items()}
        write_site(Frame(self.settings(config), shells, folder, ""), self._ready, folder, _LogReporter())
        if self._target is not None:
            swap_in(folder, self._target)
            config.site_dir = str(self._target)
            self._target = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing half-made behind."""
        if self._target is not None:
            discard_leftovers(self._target)

    def settings(self, config: MkDocsConfig) -> Settings:
        """Tell the build what it must know of mkdocs.yml."""
        roots = (Path(config.docs_dir), *_theme_folders(config), *(Path(hook) for hook in config.hooks))
        content = Path(self.config.content).absolute()
        return Settings(content, Path(config.site_dir).absolute(), config.site_description or "", roots, self._linked)

    @property
    def html(self) -> Mapping[str, str]:
        """Give the rendered pages of marks by the names of their shells."""
        return self._html

    def _keep_last_site(self, why: str) -> None:
        """Stop a build; a server goes on showing what it showed, so that the editor can mend and look again."""
        if self._command == "build" or self._ready is None:
            raise Abort(why)
        # Not a warning: strict mode would take the server down for it.
        log.info("内容有错误，页面暂不更新；改正后自动重新生成。")

    def _build_beside(self, config: MkDocsConfig) -> None:
        target = Path(config.site_dir)
        if not may_replace(target):
            raise Abort(foreign_folder(target))
        self._target = target
        discard_leftovers(target)
        config.site_dir = str(folder_beside(target))


class _LogReporter:
    """Speak through the log of MkDocs."""

    def say(self, text: str) -> None:
        log.info("%s", text)

    def progress(self, title: str, done: int, total: int) -> None:
        """Show nothing: MkDocs has no bars."""


def make_frame(config_file: Path, folder: Path) -> Frame:
    """Render the frame into a folder, as `mkdocs build` would; raise FrameError (Chinese) if it cannot be made."""
    speak_chinese()
    discard_frame(folder)
    try:
        config = load_config(str(config_file))
        plugin = cast(LunxunPlugin, config.plugins["lunxun"])
        plugin.makes_frame_only = True
        target = config.site_dir
        config.site_dir = str(static_folder(folder))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
        config.site_dir = target
        return save_frame(folder, plugin.settings(config), plugin.html, config_file)
    except MkDocsException as error:
        raise FrameError(str(error)) from error
    except KeyError as error:
        raise FrameError(f"{config_file} 的 plugins 里没有 lunxun。") from error
    except ShellError as error:
        raise FrameError("主题排出的页面不是预期的样子，没有生成。检查 theme 文件夹里改过的模板。") from error


def speak_chinese() -> None:
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


def _theme_folders(config: MkDocsConfig) -> list[Path]:
    """List the folders whose templates the project brings itself; those of packages have a version."""
    custom = config.theme.custom_dir
    return [Path(custom)] if custom else []


def _without_unused(html: str) -> str:
    """Take out what only Material's script would use: its drawer, its search, its dialogs, its marks."""
    return _UNUSED_MARKUP.sub("", html)


def _source_uri(address: str) -> str:
    return address.removesuffix(".html") + ".md"


_TOC: _TocToken = {
    "level": 1,
    "id": "top",
    "name": TITLE,
    "children": [{"level": 2, "id": HEADING.id, "name": HEADING.title, "children": []}],
}

"""`lunxun serve`: show the site on this machine, and again after every change."""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Callable, Collection
from pathlib import Path

from lunxun.beside import processors
from lunxun.cli.build import CACHE, add_config_option, make_frame
from lunxun.cli.codes import FINE, refuse
from lunxun.cli.parsing import Verbs
from lunxun.cli.progress import Progress
from lunxun.library.files import shown
from lunxun.site.build import Order
from lunxun.site.feed import Feed
from lunxun.site.listening import AddressError
from lunxun.site.live_rebuilder import LiveRebuilder
from lunxun.site.rebuilder import Outcome, Rebuilder
from lunxun.site.server import SiteServer
from lunxun.site.watch import Watcher
from lunxun.workers import InProcess, Processes

DEFAULT_ADDRESS = "127.0.0.1:8000"
_ADDRESS = re.compile(r"(?:(?P<host>[^\s:\[\]]+|\[[0-9A-Fa-f:.%]+\]):)?(?P<port>[0-9]{1,5})")
_NAMES, _LINES = 3, 60
# What takes longer waits until nobody has saved for so long.
_PAUSE_SECONDS = 0.4


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "serve", help="边改边看", description="在本机打开网站，内容一改，打开的网页就自动更新。按 Ctrl-C 结束。"
    )
    add_config_option(verb)
    verb.add_argument(
        "--address",
        type=_address,
        default=DEFAULT_ADDRESS,
        metavar="地址",
        help=f"默认 {DEFAULT_ADDRESS}；端口写 0 就选一个空的",
    )
    verb.set_defaults(run=_run)


def _address(text: str) -> tuple[str, int]:
    """Read host and port; a port alone is one of this machine."""
    found = _ADDRESS.fullmatch(text)
    if not found or int(found["port"]) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}”不是地址，写成 {DEFAULT_ADDRESS} 的样子，端口不超过 65535")
    return (found["host"] or "127.0.0.1").strip("[]"), int(found["port"])


def _run(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        return refuse(f"没有网站配置 {options.config}。请在项目的顶层文件夹里运行。")
    config_file = options.config.absolute()
    log = _Log(config_file.parent)
    workers = Processes(processors()) if processors() > 1 else InProcess()
    order = Order(config_file, None, config_file.parent / CACHE, make_frame, workers, log.progress)
    rebuilder, feed = LiveRebuilder(order), Feed()
    host, port = options.address
    try:
        server = SiteServer(host, port, rebuilder.file, feed)
    except AddressError as error:
        return refuse(str(error))
    try:
        _serve(rebuilder, feed, server, log)
    except KeyboardInterrupt:
        log.progress.say("\n已停止。")
    return FINE


def _serve(rebuilder: Rebuilder, feed: Feed, server: SiteServer, log: _Log) -> None:
    """Make the site, serve it, and make it again whenever something changes; ends by KeyboardInterrupt."""
    begun_ns = time.time_ns()
    # Before any thread is begun: processes for the work are made by fork.
    first = _attempt(rebuilder.start)
    feed.publish(first)
    with server.running(), Watcher(log.progress.say) as watcher:
        watcher.watch(rebuilder.watched)
        watcher.add_changed_since(begun_ns)
        log.started(first, server)
        while True:
            changed = watcher.take(_PAUSE_SECONDS if rebuilder.is_unfinished else None)
            outcome = _attempt(lambda: rebuilder.refresh(changed) if changed else rebuilder.finish())  # noqa: B023
            feed.publish(outcome)
            log.refreshed(changed, outcome)
            watcher.watch(rebuilder.watched)


def _attempt(make: Callable[[], Outcome]) -> Outcome:
    """Make the site; a mistake in the program leaves the last good one, as one in the content does."""
    begun = time.perf_counter()
    try:
        return make()
    except Exception as error:
        said = f"程序出了意外：{type(error).__name__}：{error}\n    → 用 lunxun build 再试；还不行就告诉开发者。"
        return Outcome(ok=False, said=said, changed=frozenset(), seconds=time.perf_counter() - begun)


class _Log:
    """Tells what happens, a line for each change; times count from the start."""

    def __init__(self, home: Path) -> None:
        self.progress = Progress()
        self._home, self._begun = home, time.monotonic()
        self._said = ""

    def started(self, outcome: Outcome, server: SiteServer) -> None:
        """Tell what came of the first time, and where it can be seen."""
        how = "网站已生成" if outcome.ok else "内容有错误，还没有可以显示的网站，改好后自动显示"
        self.progress.say(f"{how}，用 {outcome.seconds:.1f} 秒。")
        self._say_findings(outcome.said)
        if not server.is_local:
            self.progress.say("同一网络里的其他电脑也能打开这个网站；只给自己看，--address 写 127.0.0.1。")
        self.progress.say(f"打开 {server.address} 查看；内容一改，打开的网页自动更新。按 Ctrl-C 结束。")

    def refreshed(self, changed: Collection[Path], outcome: Outcome) -> None:
        """Tell what changed, and what was made again."""
        pages = sum(address.endswith(".html") for address in outcome.changed)
        others = len(outcome.changed) - pages
        if not outcome.ok:
            result = "内容有错误，仍显示改错之前的网站"
        elif outcome.changed:
            result = f"更新网页 {pages} 个、其他文件 {others} 个"
        else:
            result = "网站没有变化"
        time_of_day = f"[{time.monotonic() - self._begun:.1f} 秒]"
        what = f"{self._names(changed)}有改动" if changed else "列表、相关内容和搜索"
        self.progress.say(f"{time_of_day} {what}：{result}，用 {outcome.seconds:.2f} 秒。")
        self._say_findings(outcome.said)

    def _names(self, changed: Collection[Path]) -> str:
        # What has gone and has no suffix was most likely the temporary file of an editor.
        named = [path for path in changed if path.suffix or path.exists()] or changed
        names = sorted(shown(os.path.relpath(path, self._home)) for path in named)
        more = f"等 {len(names)} 处" if len(names) > _NAMES else ""
        return f"{'、'.join(names[:_NAMES])} {more}"

    def _say_findings(self, said: str) -> None:
        """Say findings, if they are others than the last time."""
        if said and said != self._said:
            lines = said.splitlines()
            more = [f"……还有 {len(lines) - _LINES} 行，用 lunxun check 看全部。"] if len(lines) > _LINES else []
            self.progress.say("\n".join([*lines[:_LINES], *more]))
        self._said = said

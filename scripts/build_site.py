"""Do the work of `build.py`: environment, build, and what to open next."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console import ScriptError, exit_code, make_output_safe, say, seconds
from environment import ROOT, Lock, child_environment, prepare
from serving import SiteServer

USAGE = """用法：python3 scripts/build.py [--serve] [--port 端口] [-- 传给 lunxun build 的参数]

  --serve      建成后在本机用浏览器查看，按 Ctrl-C 结束
  --port 端口  查看时用的端口，不写时用 8000，被占用则另选
  -h, --help   显示本说明"""
DEFAULT_PORT = 8000
MAX_PORT = 65535


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    serve: bool = False
    port: int | None = None
    extra: tuple[str, ...] = ()


def main(arguments: Sequence[str]) -> int:
    """Build the site, show it if asked to, and return the exit code."""
    make_output_safe()
    if {"-h", "--help"} & set(_ours(arguments)):
        say(USAGE)
        return 0
    return exit_code(lambda: _run(read_options(arguments)))


def read_options(arguments: Sequence[str]) -> Options:
    """Read the arguments; argparse would complain in English."""
    ours = list(_ours(arguments))
    extra = tuple(arguments[len(ours) + 1 :])
    serve, port = False, None
    while ours:
        name, equals, value = ours.pop(0).partition("=")
        if name == "--serve" and not equals:
            serve = True
        elif name == "--port":
            port = _port(value if equals else ours.pop(0) if ours else "")
        else:
            raise ScriptError(f"不认识的参数：{name}{equals}{value}\n\n{USAGE}")
    return Options(serve, port, extra)


def output_folder(extra: Sequence[str], root: Path = ROOT) -> Path:
    """Find where `lunxun build` writes, given the arguments passed on to it."""
    folder = "site"
    for position, text in enumerate(extra):
        name, equals, value = text.partition("=")
        if name == "--output":
            folder = value if equals else "".join(extra[position + 1 : position + 2])
    return root / folder


def _ours(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MAX_PORT):
        raise ScriptError(f"--port 后面写一个端口号，1 至 {MAX_PORT}，例如 --port 8000。")
    return int(text)


def _run(options: Options) -> int:
    start = time.monotonic()
    python = prepare(Lock.BUILD)
    say(f"准备环境：{seconds(start)}")
    built = time.monotonic()
    command = [str(python), "-m", "lunxun", "build", *options.extra]
    code = subprocess.run(command, cwd=ROOT, env=child_environment(), check=False).returncode
    say(f"生成网站：{seconds(built)}")
    home = output_folder(options.extra) / "index.html"
    if code != 0:
        say("没有生成新的网站，请按上面的提示修改后重试。" + ("上一次生成的网站没有改动。" if home.exists() else ""))
        return code
    say(f"全部完成，共 {seconds(start)}。用浏览器打开：{home}")
    if options.serve:
        _serve(home.parent, options.port)
    return code


def _serve(folder: Path, port: int | None) -> None:
    with _server(folder, port) as server:
        say(f"正在本机提供网站：{server.address}（按 Ctrl-C 结束）")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("\n已结束。")


def _server(folder: Path, port: int | None) -> SiteServer:
    try:
        return SiteServer(folder, port or DEFAULT_PORT)
    except OSError as error:
        if port is not None:
            raise ScriptError(f"端口 {port} 用不了（{error}），请换一个。") from error
        return SiteServer(folder, 0)

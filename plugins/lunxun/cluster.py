"""A Dask cluster as workers: for collections that one machine takes too long for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from lunxun.own_code import code_digest
from lunxun.workers import Remote, Workers

_TIMEOUT_SECONDS = 10
_RETRIES = 3


class ClusterError(Exception):
    """The cluster cannot be used; the message (Chinese) says why."""


@contextmanager
def connect(url: str) -> Iterator[Workers]:
    """Connect to a scheduler (`tcp://…`); its workers must have the same Lunxun installed."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise ClusterError(
            "这里没有安装 distributed，不能用 --executor。运行：pip install 'lunxun[distributed]'"
        ) from error
    try:
        client = distributed.Client(url, timeout=_TIMEOUT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"连不上 {url}（{error}）。检查地址，并确认调度程序已经启动。") from error
    with client:
        yield _workers(client, url)


def _workers(client: Any, url: str) -> Workers:
    try:
        digests: dict[str, str] = client.run(code_digest)
    except ModuleNotFoundError as error:
        raise ClusterError(f"{url} 的工作机上没有安装轮训。在每台工作机上装好同一个版本再试。") from error
    if not digests:
        raise ClusterError(f"{url} 还没有工作机。先启动 dask worker 再试。")
    others = sorted(address for address, digest in digests.items() if digest != code_digest())
    if others:
        raise ClusterError(f"这些工作机上的轮训与本机版本不同：{'、'.join(others)}。装好同一个版本再试。")

    def publish(packed: bytes) -> Any:
        # On every worker, so that none that dies takes the only copy with it.
        return client.scatter(packed, broadcast=True, direct=False)

    return Remote(client.get_executor(retries=_RETRIES, pure=False), len(digests), publish)

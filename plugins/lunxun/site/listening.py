"""Where a server may listen, and by which names it may be called."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
from contextlib import suppress

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::\d{0,5})?")


class AddressError(Exception):
    """The server cannot listen at an address; the message (Chinese) says why and what to do."""


def is_local_name(host: str) -> bool:
    """Tell whether the Host of a request names this machine, with whatever port: a tunnel may have changed that."""
    found = _HOST.fullmatch(host)
    name = (found[1] or found[2]).lower() if found else ""
    with suppress(ValueError):
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    return False


def why_not(host: str, port: int, error: Exception) -> str:
    """Say in Chinese why a server cannot listen at an address."""
    if not isinstance(error, OSError) or isinstance(error, socket.gaierror):  # no name at all, or one of no machine
        return f"找不到地址 {host}。--address 写本机的地址，如 127.0.0.1:{port}。"
    number = error.errno
    host = f"[{host}]" if ":" in host else host
    if number in (errno.EADDRINUSE, 10048):
        return f"端口 {port} 已被别的程序占用。先关掉它，或者换一个端口，如 --address {host}:{port % 65535 + 1}。"
    if number in (errno.EACCES, 10013):
        return f"没有使用端口 {port} 的权限。换一个大于 1023 的端口，如 --address {host}:8000。"
    if number == errno.EADDRNOTAVAIL:
        return f"{host} 不是本机的地址。--address 写本机的地址，如 127.0.0.1:{port}。"
    return f"不能在 {host}:{port} 提供网站（系统错误 {number}）。换一个地址。"

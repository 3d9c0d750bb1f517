"""A small web server of the newest good site, for the person who writes it.

It knows no file system: an address is looked up among those of the site, so that no path leads anywhere else. Pages
get a script that shows them again after a change; nothing is added to what is built.
"""

from __future__ import annotations

import ipaddress
import posixpath
import selectors
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from lunxun.site.feed import Feed
from lunxun.site.listening import AddressError, is_local_name, why_not
from lunxun.site.live import CHANGES, LIVE_SCRIPT, as_json, live_script, no_site, with_script

MAX_CONNECTIONS, MAX_LISTENERS = 128, 48
_IDLE_SECONDS = 15
_LOOK_SECONDS = 0.5
_HTML = "text/html; charset=utf-8"
# Windows takes these from its registry, where other programs may have spoilt them.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": _HTML,
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_SAID = {
    HTTPStatus.BAD_REQUEST: "请求写法有误。",
    HTTPStatus.FORBIDDEN: "只接受用本机名称打开的网址，如 http://127.0.0.1 或 http://localhost。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这里只能读，不能写。",
    HTTPStatus.NOT_FOUND: "没有这个页面。",
    HTTPStatus.SERVICE_UNAVAILABLE: "打开的连接太多，请关掉几个页面。",
}


class SiteServer(ThreadingHTTPServer):
    """Serves what `file` gives by address, and tells pages what the feed says."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows "reuse" means that two servers may listen on one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int, file: Callable[[str], bytes | None], feed: Feed) -> None:
        """Take the port, or any free one if it is 0; raise AddressError if it cannot be had."""
        self.file, self.feed = file, feed
        self.listeners = threading.BoundedSemaphore(MAX_LISTENERS)
        self._connections = threading.BoundedSemaphore(MAX_CONNECTIONS)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Handler)
        except (OSError, UnicodeError, TypeError) as error:
            raise AddressError(why_not(host, port, error)) from error
        bound = str(self.server_address[0])
        self.is_local = ipaddress.ip_address(bound).is_loopback
        shown = f"[{bound}]" if ":" in bound else bound
        self.address = f"http://{shown}:{self.server_port}/"

    def server_bind(self) -> None:
        """Take the port without asking name servers for our name, which may take long where there are none."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve in the background; at the end nobody is waited for."""
        thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.feed.close()
            self.shutdown()
            self.server_close()

    def accepts(self, host: str | None) -> bool:
        """Tell whether a browser may call us so: a foreign name that leads to this machine is an attack."""
        return not self.is_local or is_local_name(host or "")

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin to answer a client, unless there are too many."""
        if not self._connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread could be started
            self._connections.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a client to the end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent when a client has left in the middle."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    # Head and body leave together, and at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a page, an asset or the feed."""
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # what is sent to us is never read
        path, _, query = self.path.partition("?")
        try:
            address = unquote(path, errors="strict").removeprefix("/")
        except UnicodeDecodeError:
            address = "\0"  # no page is called so
        if not self.server.accepts(self.headers.get("Host")):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif address == LIVE_SCRIPT:
            self._send(HTTPStatus.OK, _TYPES[".js"], live_script())
        elif address == CHANGES:
            self._listen(parse_qs(query).get("since", [""])[0])
        else:
            self._send_page(address)

    do_HEAD = do_GET  # noqa: N815 - named so by the base class

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in a Chinese line."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self.close_connection = True
        said = _SAID.get(status, _SAID[HTTPStatus.BAD_REQUEST])
        self._send(status, _TYPES[".txt"], f"{said}\n".encode())

    def log_message(self, format: str, *arguments: Any) -> None:
        """Stay silent."""

    def version_string(self) -> str:
        """Tell nobody which Python this is."""
        return "lunxun"

    def _send_page(self, address: str) -> None:
        now = self.server.feed.now  # before the page is read: what changes in between is told afterwards
        if not self.server.feed.has_site:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, _HTML, no_site(self.server.feed.said, address))
            return
        if address == "" or address.endswith("/"):
            address += "index.html"
        data = self.server.file(address)
        if data is not None:
            kind = _TYPES.get(posixpath.splitext(address)[1].lower(), "application/octet-stream")
            self._send(HTTPStatus.OK, kind, with_script(data, address, now) if kind == _HTML else data)
        elif self.server.file(f"{address}/index.html") is not None:
            self._send(HTTPStatus.FOUND, _HTML, b"", Location=f"/{quote(address)}/")
        elif (page_of_site := self.server.file("404.html")) is not None:
            self._send(HTTPStatus.NOT_FOUND, _HTML, with_script(page_of_site, address, now))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, **more: str) -> None:
        self.send_response(status)
        self._send_headers(kind, {"Content-Length": str(len(data)), **more})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_headers(self, kind: str, more: dict[str, str]) -> None:
        headers = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            # A page of another site could otherwise load our scripts, and with them texts of the search.
            "Cross-Origin-Resource-Policy": "same-origin",
            **more,
        }
        if self.close_connection:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _listen(self, since: str) -> None:
        """Tell a page what changes, as long as it is open."""
        self.close_connection = True
        if not self.server.listeners.acquire(blocking=False):
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            self.send_response(HTTPStatus.OK)
            self._send_headers("text/event-stream", {})
            if self.command != "HEAD":
                self._tell(since)
        finally:
            self.server.listeners.release()

    def _tell(self, since: str) -> None:
        feed = self.server.feed
        while not feed.is_closed:
            moment = feed.now
            news = feed.news(since)
            since = news.at
            self.wfile.write(f"data: {as_json(news)}\n\n".encode())
            self.wfile.flush()
            while not feed.wait(moment, _LOOK_SECONDS):
                if _has_left(self.connection):
                    return


def _has_left(connection: socket.socket) -> bool:
    """Tell whether a client that has nothing more to say has closed its end."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        if not selector.select(0):
            return False
    with suppress(OSError):
        return not connection.recv(1024)
    return True

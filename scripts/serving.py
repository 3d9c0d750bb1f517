"""Serve a built site on this computer only: for a look at it, and for the browser tests."""

from __future__ import annotations

import io
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

# Windows takes these from its registry, where other programs may have spoilt them.
TYPES = {".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".svg": "image/svg+xml"}


class SiteServer(ThreadingHTTPServer):
    """A plain http server of one folder under a path such as / or /a/b/."""

    daemon_threads = True
    # On Windows "reuse" means that two servers may listen on one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, folder: Path, port: int = 0, prefix: str = "/") -> None:
        """Take the port, or any free one if it is 0."""
        super().__init__(("127.0.0.1", port), partial(_Handler, directory=str(folder), prefix=prefix))
        self.address = f"http://127.0.0.1:{self.server_port}{prefix}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: a browser that leaves in the middle of a page is no error."""


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012 -- typed so by the base class

    def __init__(self, *arguments: object, directory: str, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer below the prefix only, so that a link which leaves the site is seen to be broken."""
        path = urlsplit(self.path).path
        if path == "/favicon.ico" and self.prefix != "/":
            self.send_response(HTTPStatus.NO_CONTENT)  # asked for by the browser, not by a page
            self.end_headers()
            return None
        if not path.startswith(self.prefix):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.path = self.path[len(self.prefix) - 1 :]
        return super().send_head()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for what is not there, as a web server set up for the site does."""
        own = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not own.is_file():
            super().send_error(code, message, explain)
            return
        body = own.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Keep nothing: the next build must be seen at once."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Stay silent."""

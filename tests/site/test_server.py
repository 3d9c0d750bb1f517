"""The server of `lunxun serve`: only what the site has, only for this machine, and every change told once."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from lunxun.site.feed import Feed, News
from lunxun.site.listening import AddressError
from lunxun.site.live import CHANGES, LIVE_SCRIPT
from lunxun.site.rebuilder import Outcome, Rebuilder
from lunxun.site.server import MAX_CONNECTIONS, MAX_LISTENERS, SiteServer

LIMIT = 20.0
HOME, CASE, STYLE = b"<html><body>home</body></html>", b"<html><body>case</body></html>", b"a{}"
FILES = {
    "index.html": HOME,
    "cases/index.html": b"cases",
    "cases/x.html": CASE,
    "404.html": b"<body>gone</body>",
    "assets/site.css": STYLE,
    "assets/odd.bin": b"\0",
    "a b/\u7f51.html": b"spaced",
}


class FakeRebuilder:
    """A site in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = dict(files)
        self.watched: tuple[Path, ...] = ()

    def start(self) -> Outcome:
        return Outcome(ok=True, said="", changed=frozenset(self.files), seconds=0.0)

    def refresh(self, changed: Collection[Path]) -> Outcome:
        return Outcome(ok=True, said="", changed=frozenset(), seconds=0.0)

    is_unfinished = False

    def finish(self) -> Outcome:
        return self.refresh(())

    def file(self, address: str) -> bytes | None:
        return self.files.get(address)


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Served:
    """A server of a fake, and a client of it."""

    def __init__(self, server: SiteServer, rebuilder: FakeRebuilder, clients: ExitStack) -> None:
        self.server, self.rebuilder, self._clients = server, rebuilder, clients

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        with closing(self.connect()) as connection, _asked(connection, path, method, headers) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read())

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=LIMIT)

    def open_stream(self, since: str) -> http.client.HTTPResponse:
        """Ask for changes as a page does, and leave the answer open until the end of the test."""
        connection = self._clients.enter_context(closing(self.connect()))
        return self._clients.enter_context(_asked(connection, f"/{CHANGES}?since={since}", "GET", {}))

    def listen(self, since: str) -> Iterator[News]:
        """Ask for changes, and give what is told."""
        answer = self.open_stream(since)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
        for line in answer:
            if line.startswith(b"data: "):
                told = json.loads(line[6:])
                changed = None if told["changed"] is None else frozenset(told["changed"])
                yield News(told["at"], changed, told["said"])


def _asked(
    connection: http.client.HTTPConnection, path: str, method: str, headers: Mapping[str, str]
) -> http.client.HTTPResponse:
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()


@contextmanager
def serving(*, starts: bool = True) -> Iterator[Served]:
    rebuilder, feed = FakeRebuilder(FILES), Feed()
    typed: Rebuilder = rebuilder
    if starts:
        feed.publish(typed.start())
    server = SiteServer("127.0.0.1", 0, typed.file, feed)
    with ExitStack() as clients, server.running():
        yield Served(server, rebuilder, clients)


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as one:
        yield one


def outcome(*changed: str, ok: bool = True, said: str = "") -> Outcome:
    return Outcome(ok, said, frozenset(changed), 0.0)


# what is served


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/cases/", "text/html; charset=utf-8"),
        ("/cases/x.html?page=2", "text/html; charset=utf-8"),
        ("/a%20b/%E7%BD%91.html", "text/html; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/odd.bin", "application/octet-stream"),
    ],
)
def test_what_the_site_has_is_served_and_not_kept(served: Served, path: str, kind: str) -> None:
    answer = served.ask(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_folder_leads_to_its_index(served: Served) -> None:
    answer = served.ask("/cases")
    assert (answer.status, answer.headers["Location"]) == (302, "/cases/")


@pytest.mark.parametrize(
    "path",
    ["/nowhere.html", "/../pyproject.toml", "/%2e%2e/x", "/cases/..%2f..%2fetc/passwd", "/cases\\x.html", "/%00",
     "/%ff", "//cases/x.html/", "/cases/x.html/", "/__lunxun__/", "/" + "a" * 5000],
)  # fmt: skip
def test_any_other_address_is_the_page_for_what_is_not_there(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status == 404
    assert b"gone" in answer.body


def test_without_such_a_page_a_line_says_so(served: Served) -> None:
    del served.rebuilder.files["404.html"]
    answer = served.ask("/nowhere.html")
    assert (answer.status, answer.text) == (404, "没有这个页面。\n")


def test_a_page_gets_the_script_and_nothing_else_does(served: Served) -> None:
    tag = f'<script src="/{LIVE_SCRIPT}" data-page="cases/x.html" data-at="{served.server.feed.now}"></script>'
    assert served.ask("/cases/x.html").body == CASE.replace(b"</body>", tag.encode() + b"</body>")
    assert served.ask("/assets/site.css").body == STYLE
    assert b"EventSource" in served.ask(f"/{LIVE_SCRIPT}").body
    assert served.rebuilder.files == FILES


def test_an_address_cannot_break_out_of_the_script(served: Served) -> None:
    body = served.ask("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body
    assert b"<script>alert" not in body


@pytest.mark.parametrize("path", ["/", "/assets/site.css", "/nowhere", f"/{LIVE_SCRIPT}", f"/{CHANGES}"])
def test_head_gives_no_body(served: Served, path: str) -> None:
    answer = served.ask(path, "HEAD")
    assert answer.status == (404 if path == "/nowhere" else 200)
    assert answer.body == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "X"])
def test_nothing_can_be_sent(served: Served, method: str) -> None:
    answer = served.ask("/", method)
    assert (answer.status, answer.text) == (405, "这里只能读，不能写。\n")


def test_a_body_is_not_taken_for_the_next_request(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.server.server_port), LIMIT) as connection:
        inner = b"GET /cases/x.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
        head = f"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(inner)}\r\n\r\n"
        connection.sendall(head.encode() + inner)
        with http.client.HTTPResponse(connection) as answer:
            answer.begin()
            assert answer.headers["Connection"] == "close"
            assert b"home" in answer.read()


def test_one_connection_serves_many_requests(served: Served) -> None:
    with closing(served.connect()) as connection:
        connection.request("GET", "/")
        with connection.getresponse() as first:
            first.read()
        kept = connection.sock
        connection.request("GET", "/cases/x.html")
        with connection.getresponse() as second:
            assert b"case" in second.read()
        assert connection.sock is kept is not None


# for whom


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "127.0.0.9:1", "[::1]:8000", "[::1]"])
def test_names_of_this_machine_are_accepted(served: Served, host: str) -> None:
    assert served.ask("/", Host=host).status == 200


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost.evil.example", "evil.example:127", "10.0.0.1", "[::2]", "127.0.0.1@evil",
             "127.0.0.1.evil.example", "localhost:8000:9", "::1"],
)  # fmt: skip
def test_a_foreign_name_that_leads_here_is_refused(served: Served, host: str) -> None:
    for path in ("/", f"/{CHANGES}"):
        answer = served.ask(path, Host=host)
        assert (answer.status, "本机" in answer.text) == (403, True)


def test_a_server_for_others_does_not_mind_its_name() -> None:
    with SiteServer("0.0.0.0", 0, FakeRebuilder(FILES).file, Feed()) as server:
        assert not server.is_local
        assert server.accepts("training.example")


def test_a_port_in_use_is_told(served: Served) -> None:
    with pytest.raises(AddressError, match=r"端口 \d+ 已被别的程序占用"):
        SiteServer("127.0.0.1", served.server.server_port, served.rebuilder.file, Feed())


@pytest.mark.parametrize("host", ["192.0.2.1", "x" * 300, "\udcff"])
def test_an_address_of_no_machine_or_another_is_told(host: str) -> None:
    with pytest.raises(AddressError, match="本机的地址"):
        SiteServer(host, 0, FakeRebuilder(FILES).file, Feed())


# before there is a site


def test_what_cannot_be_shown_yet_is_told_and_comes_by_itself() -> None:
    with serving(starts=False) as served:
        answer = served.ask("/cases/x.html")
        assert (answer.status, "正在生成" in answer.text) == (503, True)
        served.server.feed.publish(outcome(ok=False, said="第 3 行写错了"))
        assert "内容有错误" in served.ask("/").text
        told = served.listen("")
        assert next(told) == News("", frozenset(), "第 3 行写错了")
        served.server.feed.publish(outcome("index.html"))
        assert next(told).changed is None


# changes


def test_a_page_is_told_what_changes_from_when_it_was_served(served: Served) -> None:
    feed = served.server.feed
    at = feed.now
    feed.publish(outcome("cases/x.html"))  # between serving the page and its question
    told = served.listen(at)
    first = next(told)
    assert first == News(feed.now, frozenset({"cases/x.html"}), "")
    feed.publish(outcome("index.html", "assets/site.css"))
    assert next(told) == News(feed.now, frozenset({"index.html", "assets/site.css"}), "")
    assert next(served.listen(first.at)).changed == frozenset({"index.html", "assets/site.css"})
    assert next(served.listen(feed.now)).changed == frozenset()


def test_findings_come_and_go(served: Served) -> None:
    feed = served.server.feed
    told = served.listen(feed.now)
    assert next(told).said == ""
    feed.publish(outcome(ok=False, said="<b>第 3 行</b>"))
    assert next(told).said == "<b>第 3 行</b>"
    assert next(served.listen(feed.now)).said == "<b>第 3 行</b>"
    feed.publish(outcome(ok=True, said="提醒一处"))
    assert next(told).said == ""


def test_very_long_findings_are_cut(served: Served) -> None:
    served.server.feed.publish(outcome(ok=False, said="错" * 100_000))
    said = next(served.listen("")).said
    assert len(said) < 10_000
    assert said.endswith("（太长，其余见终端。）")


@pytest.mark.parametrize("since", ["", "other.3", "%FF", "x" * 3000, "RUN.", "RUN.x", "RUN.-1", "RUN.%C2%B2"])
def test_a_moment_of_another_server_means_that_anything_may_have_changed(served: Served, since: str) -> None:
    run = served.server.feed.now.partition(".")[0]
    assert next(served.listen(since.replace("RUN", run))).changed is None


def test_a_listener_that_leaves_makes_room(served: Served) -> None:
    for _ in range(MAX_LISTENERS + 3):
        with served.open_stream("x") as answer:
            assert answer.readline().startswith(b"data: ")
        while not _has_room(served):
            served.server.feed.wait(served.server.feed.now, 0.01)


def test_too_many_listeners_are_refused(served: Served) -> None:
    kept = [served.open_stream("x") for _ in range(MAX_LISTENERS)]
    answer = served.ask(f"/{CHANGES}")
    assert (answer.status, "太多" in answer.text) == (503, True)
    assert served.ask("/").status == 200
    assert {one.status for one in kept} == {200}


def test_too_many_connections_are_turned_away(served: Served) -> None:
    port = served.server.server_port
    idle = [socket.create_connection(("127.0.0.1", port), LIMIT) for _ in range(MAX_CONNECTIONS + 50)]
    try:
        with pytest.raises((OSError, http.client.HTTPException)):
            served.ask("/")
    finally:
        for one in idle:
            one.close()


def test_the_end_waits_for_nobody() -> None:
    before = threading.active_count()
    with serving() as served:
        idle = socket.create_connection(("127.0.0.1", served.server.server_port), LIMIT)
        told = served.listen("x")
        next(told)
    assert list(told) == []  # over, not broken off
    idle.close()
    until = time.monotonic() + LIMIT
    while threading.active_count() > before + 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() <= before + 1  # at most the one that waits for the idle client


def _has_room(served: Served) -> bool:
    """Tell whether a listener more would be served."""
    room = served.server.listeners.acquire(blocking=False)
    if room:
        served.server.listeners.release()
    return room

"""Firefox ESR, driven over WebDriver BiDi without a driver program in between."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests.browser.visit import AT_REST, Visit

START_SECONDS = 60.0
ANSWER_SECONDS = 60.0
STOP_SECONDS = 10.0
EVENTS = ("log.entryAdded", "network.beforeRequestSent")

# The first two matter most: remote control would otherwise relax the rules for file:// and tests would pass falsely.
PREFERENCES: dict[str, bool | int | str] = {
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "startup.homepage_welcome_url": "about:blank",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class BidiError(Exception):
    """Carry what Firefox refused, or the exception a script of ours ran into."""


class Firefox:
    """One tab of a headless Firefox with a profile of its own, which records what each page does."""

    def __init__(self, executable: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="lunxun-firefox-"))
        self._stderr = self._folder / "stderr.txt"
        self._visit = Visit("", "")
        self._closed: set[str] = set()
        self._last_id = 0
        self._connection = contextlib.ExitStack()
        self._process = self._start(executable)
        try:
            # Messages may be large: a page's whole text can come back as a value.
            connecting = connect(f"{self._address()}/session", max_size=None, proxy=None, max_queue=None)
            self._socket = self._connection.enter_context(connecting)
            self._command("session.new", capabilities={})
            self._command("session.subscribe", events=list(EVENTS))
            self._tab = self._command("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self._connection.close()
            self._stop()
            raise

    def open(self, url: str, base: str) -> Visit:
        """Open a page, wait until it is at rest, and return what happened."""
        # What the last page still has to say comes out now, and is not laid to this one.
        self._navigate("about:blank")
        self._visit = Visit(url, base)
        self._navigate(url)
        self.evaluate(AT_REST)
        return self._visit

    def evaluate(self, javascript: str) -> object:
        """Evaluate an expression in the open page, waiting for a promise."""
        answer = self._command(
            "script.evaluate", expression=javascript, target={"context": self._tab}, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise BidiError(answer["exceptionDetails"]["text"])
        return plain(answer["result"])

    def change_tab(self) -> None:
        """Go on in another tab: what the earlier one says late is known by its tab, and left out."""
        earlier, self._tab = self._tab, self._command("browsingContext.create", type="tab")["context"]
        self._closed.add(earlier)
        self._command("browsingContext.close", context=earlier)

    def close(self) -> None:
        """End the session and the browser, and remove the profile."""
        # Whatever state it is in, it is about to be stopped.
        with contextlib.suppress(Exception):
            self._command("browser.close")
        with contextlib.suppress(Exception):
            self._connection.close()
        self._stop()

    def _start(self, executable: str) -> subprocess.Popen[bytes]:
        profile = self._folder / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("".join(lines), "utf-8")
        # Firefox refuses to run as root in the home of another user, as containers have it.
        environment = {**os.environ, "HOME": str(self._folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
        command = [executable, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
        with self._stderr.open("wb") as stderr:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=environment,
                start_new_session=True,
            )

    def _address(self) -> str:
        """Wait until Firefox has written to stderr where it listens."""
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit and self._process.poll() is None:
            found = re.search(r"WebDriver BiDi listening on (ws://\S+)", self._said())
            if found:
                return found[1]
            time.sleep(0.05)
        raise BidiError(f"Firefox 没有启动：{self._said()[-500:]}")

    def _said(self) -> str:
        return self._stderr.read_text("utf-8", "replace")

    def _navigate(self, url: str) -> None:
        self._command("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def _command(self, method: str, **parameters: object) -> Any:
        """Send a command and return its result; events that come before it are recorded."""
        self._last_id += 1
        self._socket.send(json.dumps({"id": self._last_id, "method": method, "params": parameters}))
        limit = time.monotonic() + ANSWER_SECONDS
        while True:
            message = json.loads(self._socket.recv(timeout=max(0.0, limit - time.monotonic())))
            if message["type"] == "event":
                self._record(message["method"], message["params"])
            elif message.get("id") == self._last_id:
                if message["type"] == "error":
                    raise BidiError(f"{method}：{message['error']}：{message['message']}")
                return message["result"]

    def _record(self, event: str, details: Any) -> None:
        tab = details.get("context") or details.get("source", {}).get("context")
        if tab is None or tab in self._closed:
            return
        if event == "log.entryAdded" and details["level"] == "error":
            kept = self._visit.page_errors if details["type"] == "javascript" else self._visit.console_errors
            kept.append(str(details["text"]))
        elif event == "network.beforeRequestSent":
            self._visit.requests.append(details["request"]["url"])

    def _stop(self) -> None:
        """Wait for a browser that was asked to close, then insist; its helper processes go with it."""
        for stop in (_terminate, _kill):
            try:
                self._process.wait(STOP_SECONDS)
                break
            except subprocess.TimeoutExpired:
                stop(self._process)
        self._process.wait(STOP_SECONDS)
        _kill(self._process)
        shutil.rmtree(self._folder, ignore_errors=True)


def _terminate(process: subprocess.Popen[bytes]) -> None:
    process.terminate()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group, which is ours since the start of the session."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def plain(value: Any) -> object:
    """Turn a BiDi value into a Python one."""
    kind, inner = value["type"], value.get("value")
    if kind in ("array", "set", "nodelist", "htmlcollection"):
        return [plain(item) for item in inner]
    if kind in ("object", "map"):
        return {key if isinstance(key, str) else plain(key): plain(item) for key, item in inner}
    if kind == "number" and isinstance(inner, str):
        return float(inner.replace("Infinity", "inf"))
    return inner

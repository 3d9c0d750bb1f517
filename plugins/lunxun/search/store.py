"""Where an index lies on the disk, and the proof that this machine wrote it.

An index folder holds a manifest and one folder of files, a generation. The manifest names the files with their sizes
and SHA-256 sums, and begins with an HMAC over all of that under the key of the machine (`machine_key.py`). Nothing is
parsed, let alone unpickled, before the HMAC and the sums have been checked; the bytes that were checked are the bytes
that are opened. A new generation is written beside the old one, and takes its place by replacing the manifest: a
writer that is killed leaves the last index as it was.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

MANIFEST = "manifest.json"
LOCK = "lock"
_MAX_MANIFEST = 256 * 1024 * 1024
_MAC_LENGTH = 64

Names = dict[str, dict[str, str]]


class UnusableIndexError(Exception):
    """What lies there was not written by this machine, or is no longer what it wrote; the message says which."""


@dataclass(frozen=True, slots=True)
class FileMark:
    """The size and the sum of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index is of: the state of the content, its documents, the names of classes, and the files."""

    stamp: str
    digests: dict[str, str]
    names: Names
    removed: int = 0
    generation: str = ""
    files: dict[str, FileMark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """An index as it was found: every byte is proved."""

    manifest: Manifest
    folder: Path
    files: Mapping[str, bytes]


class Store:
    """One index folder."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key

    def read(self) -> Checked | None:
        """Read and check the index; None where there is none."""
        try:
            with (self.folder / MANIFEST).open("rb") as file:
                written = file.read(_MAX_MANIFEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnusableIndexError("索引读不出来") from error
        manifest = self._proved(written)
        folder = self.folder / manifest.generation
        return Checked(manifest, folder, {name: _proved_file(folder / name, m) for name, m in manifest.files.items()})

    def write(self, manifest: Manifest, fill: Callable[[Path], None]) -> None:
        """Make a new generation, let `fill` write its files, and put it in the place of the old one."""
        generation = f"g-{secrets.token_hex(8)}"
        folder = self.folder / generation
        folder.mkdir(mode=0o700)
        try:
            fill(folder)
            marks = {path.name: _mark(path) for path in sorted(folder.iterdir()) if path.suffix != ".lock"}
            self.put(replace(manifest, generation=generation, files=marks))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def put(self, manifest: Manifest) -> None:
        """Replace the manifest and clear away what it does not name."""
        body = json.dumps(asdict(manifest), ensure_ascii=False, separators=(",", ":")).encode()
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".manifest-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self._mac(body).encode() + b"\n" + body)
            Path(name).replace(self.folder / MANIFEST)
        finally:
            Path(name).unlink(missing_ok=True)
        self._clear(manifest.generation)

    def _proved(self, written: bytes) -> Manifest:
        mac, body = written[:_MAC_LENGTH], written[_MAC_LENGTH + 1 :]
        if len(written) > _MAX_MANIFEST or not hmac.compare_digest(mac, self._mac(body).encode()):
            raise UnusableIndexError("索引不是本机写的，或者被改动过")
        data = json.loads(body)
        return Manifest(**{**data, "files": {name: FileMark(**mark) for name, mark in data["files"].items()}})

    def _mac(self, body: bytes) -> str:
        # The name of the folder says format, engine and content: a manifest is good for no other folder.
        place = f"{self.folder.parent.name}/{self.folder.name}".encode()
        return hmac.new(self._key, place + b"\0" + body, "sha256").hexdigest()

    def _clear(self, generation: str) -> None:
        for path in self.folder.iterdir():
            if path.name not in (generation, MANIFEST, LOCK):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def _mark(path: Path) -> FileMark:
    data = path.read_bytes()
    return FileMark(len(data), hashlib.sha256(data).hexdigest())


def _proved_file(path: Path, mark: FileMark) -> bytes:
    try:
        if path.stat().st_size != mark.size:
            raise UnusableIndexError(f"索引文件 {path.name} 已损坏")
        data = path.read_bytes()
    except OSError as error:
        raise UnusableIndexError(f"索引文件 {path.name} 读不出来") from error
    if hashlib.sha256(data).hexdigest() != mark.sha256:
        raise UnusableIndexError(f"索引文件 {path.name} 已损坏，或者被改动过")
    return data

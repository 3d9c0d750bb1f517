"""A snapshot that is being written: files as they are read, so that their records need not wait for it in memory."""

from __future__ import annotations

import hmac
import os
import pickle
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from lunxun.library.kept_files import kept_files
from lunxun.library.reading import ReadFile

MAC_LENGTH = 32
_LENGTH = 8
_ROWS = 1_000


class Draft:
    """A file beside the snapshot that it is to become: room for a proof, which is written last, then frames.

    A frame is some bytes behind their length. Files have two for many of them: what is kept of each, and the records.
    A draft may be begun in one process and finished in another that was forked from it.
    """

    def __init__(self, folder: Path, proof: hmac.HMAC, prefix: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        handle, self._name = tempfile.mkstemp(dir=folder, prefix=".records-")  # mode 600
        self._file = os.fdopen(handle, "wb")
        self._file.write(bytes(MAC_LENGTH))
        self._proof = proof
        self._prefix = prefix
        self._has_failed = False
        self._end = MAC_LENGTH
        self._waiting: list[tuple[ReadFile, bytes | memoryview]] = []
        self.count = 0
        """How many files were put in so far."""

    def put(self, files: Sequence[ReadFile], packed: Sequence[bytes | memoryview]) -> None:
        """Write some more files with their records; if that fails, nothing will come of the draft."""
        self.count += len(files)
        self._waiting += zip(files, packed, strict=True)
        if len(self._waiting) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits, so that a process that is forked later does not write it again."""
        files, packed = [file for file, _ in self._waiting], [record for _, record in self._waiting]
        self._waiting.clear()
        try:
            if files:
                self._write(pickle.dumps(kept_files(files, packed, self._prefix), protocol=5))
                self._write(b"".join(packed))
            self._file.flush()
            self._end = self._file.tell()
        except OSError:
            self._has_failed = True

    def finish(self, frames: Sequence[bytes], snapshot: Path) -> bool:
        """Write the last frames, and let the file become the snapshot; tell whether it did."""
        self.flush()
        try:
            if self._has_failed:
                return False
            self._file.seek(self._end)  # a process that was killed may have begun with this
            for frame in frames:
                self._write(frame)
            self._file.truncate()
            self._file.seek(0)
            self._file.write(self._proof.digest())
            self._file.close()
            Path(self._name).replace(snapshot)
        except OSError:
            return False
        finally:
            self.discard()
        return True

    def discard(self) -> None:
        """Leave nothing behind, unless it has become the snapshot."""
        with suppress(OSError):  # what was left in the buffer could not be written
            self._file.close()
        with suppress(OSError):
            Path(self._name).unlink(missing_ok=True)

    def _write(self, frame: bytes) -> None:
        for part in (len(frame).to_bytes(_LENGTH, "big"), frame):
            self._proof.update(part)
            self._file.write(part)


def frames_of(body: memoryview) -> list[memoryview]:
    """Take the frames out of the bytes behind the proof."""
    at, frames = 0, []
    while at < len(body):
        first = at + _LENGTH
        at = first + int.from_bytes(body[at:first], "big")
        frames.append(body[first:at])
    return frames

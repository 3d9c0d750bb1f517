"""Files of a site are written whole, and so are the folders above them."""

from __future__ import annotations

from io import FileIO
from pathlib import Path

import pytest

from lunxun.site import output
from lunxun.site.output import write_file


class _Slow(FileIO):
    """A file that takes three bytes at a time, as a disk that is nearly full does."""

    def write(self, data: bytes | memoryview, /) -> int:  # type: ignore[override]
        return super().write(data[:3])


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    write_file(f"{tmp_path}/cases/一/a.html", "甲乙丙")
    write_file(tmp_path / "cases" / "b.html", b"abc")
    write_file(tmp_path / "cases" / "b.html", "")
    assert (tmp_path / "cases" / "一" / "a.html").read_text("utf-8") == "甲乙丙"
    assert (tmp_path / "cases" / "b.html").read_bytes() == b""


def test_a_file_that_is_taken_in_parts_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "FileIO", _Slow)
    write_file(tmp_path / "a.html", "甲乙丙丁")
    assert (tmp_path / "a.html").read_text("utf-8") == "甲乙丙丁"

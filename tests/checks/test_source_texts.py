"""Raw texts are read with care and compared with their hash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lunxun.checks.source_texts import MAX_BYTES
from tests.checks.small_library import RAW_FILE, SOURCE, Small, reload, small_library


def test_a_text_is_read_raw_and_clean(tmp_path: Path) -> None:
    small = small_library(tmp_path, "事業(yè)發(fā)展,黨建鑄魂。\r\n第二行")
    text = small.texts[SOURCE]
    assert small.findings == ()
    assert text.raw == ("事業(yè)發(fā)展,黨建鑄魂。", "第二行")
    assert (text.line(1), text.line(2)) == ("事业发展,党建铸魂。", "第二行")
    assert text.line(0) is text.line(3) is None


def test_a_missing_text_is_a_finding_at_the_name_of_the_file(tmp_path: Path) -> None:
    small_library(tmp_path, "原文")
    (tmp_path / "sources" / RAW_FILE).unlink()
    small = reload(tmp_path)
    assert not small.texts
    assert _only(small) == "原文文件夹里没有 000.txt"
    assert small.findings[0].place.file == "content/sources/src-a.yml"
    assert small.findings[0].place.line > 1


def test_a_changed_text_is_a_finding_and_is_still_read(tmp_path: Path) -> None:
    small_library(tmp_path, "原文")
    (tmp_path / "sources" / RAW_FILE).write_text("改过的原文", encoding="utf-8")
    small = reload(tmp_path)
    assert "与登记时不同" in _only(small)
    assert small.texts[SOURCE].line(1) == "改过的原文"


def test_a_body_beyond_the_text_is_a_finding(tmp_path: Path) -> None:
    small_library(tmp_path, "一\n二")
    path = tmp_path / "content/sources/src-a.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  - 2\n", "  - 9\n"), encoding="utf-8")
    assert "正文行写的是 1 到 9" in _only(reload(tmp_path))


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xd0\xc2\xb8\xca", "不是 UTF-8"), (b" " * (MAX_BYTES + 1), "超过 4 MB")],
)
def test_a_text_that_cannot_be_used_is_a_finding(tmp_path: Path, content: bytes, message: str) -> None:
    small_library(tmp_path, "原文")
    (tmp_path / "sources" / RAW_FILE).write_bytes(content)
    assert message in _only(reload(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and named pipes")
@pytest.mark.parametrize("trick", ["link", "pipe", "folder"])
def test_only_a_plain_file_of_the_folder_is_read(tmp_path: Path, trick: str) -> None:
    small_library(tmp_path, "原文")
    path = tmp_path / "sources" / RAW_FILE
    path.unlink()
    if trick == "link":
        (tmp_path / "elsewhere.txt").write_text("原文", encoding="utf-8")
        path.symlink_to(tmp_path / "elsewhere.txt")
    elif trick == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    small = reload(tmp_path)
    assert not small.texts
    assert RAW_FILE in _only(small)


def _only(small: Small) -> str:
    (finding,) = small.findings
    assert finding.rule == "source-file"
    return finding.message

"""A build replaces only what a build made: never somebody's folder."""

from __future__ import annotations

from pathlib import Path

from lunxun.site.swap import may_replace


def test_an_absent_or_empty_folder_may_be_used(tmp_path: Path) -> None:
    assert may_replace(tmp_path / "new")
    assert may_replace(tmp_path)


def test_a_site_built_before_may_be_replaced(tmp_path: Path) -> None:
    mark = tmp_path / "assets" / "lunxun" / "root.js"
    mark.parent.mkdir(parents=True)
    mark.write_text("// root", "utf-8")
    assert may_replace(tmp_path)


def test_other_folders_and_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "家庭相册.txt").write_text("不能丢", "utf-8")
    assert not may_replace(tmp_path)
    assert not may_replace(tmp_path / "家庭相册.txt")

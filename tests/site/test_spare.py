"""Two folders take turns: whatever lies in the spare one, the new site has the right files and no others."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lunxun.site.output import write_file
from lunxun.site.spare import complete, keep_aside, trim

ADDRESSES = ("index.html", "a/x.html", "a/y.html", "b/x.html", "b/c/x.js", "b/c/y.js")
FILES = st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(("一", "二")))


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir()
    for address, text in files.items():
        write_file(folder / address, text)


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


@given(FILES, FILES, FILES, st.sets(st.sampled_from(ADDRESSES)), st.sets(st.sampled_from(ADDRESSES)))
def test_a_spare_folder_makes_no_difference(
    site: dict[str, str], spare: dict[str, str], new: dict[str, str], shared: set[str], staying: set[str]
) -> None:
    stays = [address for address in site if address in staying - new.keys()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "site", site)
        _write(folder / "spare", {address: text for address, text in spare.items() if address not in shared})
        for address in shared & site.keys():
            (folder / "spare" / address).parent.mkdir(parents=True, exist_ok=True)
            os.link(folder / "site" / address, folder / "spare" / address)
        _write(folder / "made", new)
        complete(folder / "made", folder / "site", stays, folder / "spare", trim(folder / "spare", folder / "site"))
        assert _read(folder / "made") == {**{address: site[address] for address in stays}, **new}
        assert _read(folder / "site") == site
        assert sorted(path.name for path in folder.iterdir()) == ["made", "site"]
        assert all(any(path.iterdir()) for path in (folder / "made").rglob("*") if path.is_dir())


def test_without_a_spare_folder_files_are_linked(tmp_path: Path) -> None:
    _write(tmp_path / "site", {"index.html": "一", "a/x.html": "一"})
    _write(tmp_path / "made", {"index.html": "二"})
    complete(tmp_path / "made", tmp_path / "site", ["a/x.html"], tmp_path / "spare", frozenset())
    assert _read(tmp_path / "made") == {"index.html": "二", "a/x.html": "一"}


def test_what_cannot_be_kept_is_deleted(tmp_path: Path) -> None:
    _write(tmp_path / "old", {"index.html": "一"})
    keep_aside(tmp_path / "old", tmp_path / "nowhere" / "spare")
    assert list(tmp_path.iterdir()) == []

"""The folder of the site before the last one, kept aside: nearly all files of the next site are in it already.

An edit leaves most files alone. To link ten thousand of them into a new folder and to delete the old one takes
longer than to make the few that differ, so two folders take turns. A file in the spare one is right where it is the
very file of the last site (the same inode); nothing else is taken for granted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from lunxun.site.output import link_files


def trim(spare: Path, site: Path) -> frozenset[str]:
    """Leave only those files in the spare folder that are of the last site, and list them.

    It takes longer than all else here, and can be done before anybody knows what is to change.
    """
    try:
        found = list(_inodes(str(spare)))
    except OSError:  # there is none yet
        return frozenset()
    right = dict(_inodes(str(site)))
    kept = frozenset(address for address, inode in found if right.get(address) == inode)
    _delete(spare, [address for address, _ in found if address not in kept])
    return kept


def complete(folder: Path, site: Path, addresses: Collection[str], spare: Path, kept: Collection[str]) -> None:
    """Give a folder with what is new the files of the last site that stay; the spare folder, if any, is used up.

    `kept` are the files that the spare folder has, all of the last site.
    """
    full = folder.with_name(f"{folder.name}-full")
    try:
        spare.rename(full)
    except OSError:  # there is none yet, or it is on another disk
        link_files(site, folder, addresses)
        return
    new = [address for address, _ in _inodes(str(folder))]
    for address in new:
        _move(folder / address, full / address)
    _delete(full, set(kept).difference(addresses, new))
    link_files(site, full, [address for address in addresses if address not in kept])
    shutil.rmtree(folder)
    full.rename(folder)


def keep_aside(folder: Path, spare: Path) -> None:
    """Keep the folder that was replaced for the next time; where it cannot be kept it is deleted."""
    try:
        folder.rename(spare)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def _delete(folder: Path, addresses: Collection[str]) -> None:
    """Delete files, and the folders that held nothing else."""
    for address in addresses:
        Path(f"{folder}/{address}").unlink()
    emptied = {above for address in addresses for above in Path(address).parents[:-1]}
    for name in sorted(emptied, reverse=True):
        with suppress(OSError):  # it is not empty
            (folder / name).rmdir()


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True)
        source.replace(target)


def _inodes(folder: str, before: str = "") -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _inodes(entry.path, f"{before}{entry.name}/")
        else:
            yield f"{before}{entry.name}", entry.inode()

"""Files of posting lists of an earlier build, opened as far as an edit needs them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lunxun.search.binding import heads_of
from lunxun.search.bits import GROUP, Row, begins, ends, from_characters, mark, places
from lunxun.search.ledger import Ledger
from lunxun.search.scripts import LostFileError, Read, address_of, data_of
from lunxun.search.shelf import Shelf, heavy_name, name_of
from lunxun.search.stretches import Heap


class OpenedLists:
    """Tells where in a heap of bits the lists of an earlier build are, once their files are opened."""

    def __init__(self, folder: str, shelf: Shelf, ledger: Ledger, read: Read) -> None:
        self._folder, self._shelf, self._ledger, self._read = folder, shelf, ledger, read
        self.heap = Heap()
        self.is_heavy = np.isin(ledger.keys, shelf.heavy, assume_unique=True)
        self.file_of: Row = np.where(
            self.is_heavy,
            np.searchsorted(shelf.heavy, ledger.keys),
            np.searchsorted(shelf.lows, ledger.keys, "right") - 1,
        )
        self.starts = np.full(len(ledger.keys), -1, np.int64)
        """Where each list begins; -1 if its file is not opened."""

    def open(self, lists: Row) -> None:
        """Open the files of some lists."""
        closed = lists[self.starts[lists] < 0]
        heavy = closed[self.is_heavy[closed]]
        self._open_light(np.unique(self.file_of[closed[~self.is_heavy[closed]]]))
        self._open_heavy(heavy)

    def _open_light(self, files: Row) -> None:
        if not len(files):
            return
        is_opened = np.zeros(len(self._shelf.lows), np.bool_)
        is_opened[files] = True
        lists = np.flatnonzero(~self.is_heavy & is_opened[np.where(self.is_heavy, 0, self.file_of)])
        firsts = begins(self.file_of[lists])
        lows = self._shelf.lows[files]
        heads = heads_of(self._ledger.keys[lists], lows, firsts).lengths()
        starts = self._starts([name_of(self._folder, low) for low in lows.tolist()], self._shelf.marks[files])
        self.starts[lists] = places(self._ledger.weights[lists], firsts, starts + heads)

    def _open_heavy(self, lists: Row) -> None:
        if len(lists):
            names = [heavy_name(self._folder, key) for key in self._ledger.keys[lists].tolist()]
            self.starts[lists] = self._starts(names, self._shelf.heavy_marks[self.file_of[lists]])

    def _starts(self, names: Sequence[str], marks: NDArray[np.str_]) -> Row:
        """Read files; tell where each begins in the heap."""
        data = [self._data(name, known) for name, known in zip(names, marks.tolist(), strict=True)]
        sizes = np.array([len(one) // 2 * GROUP for one in data], np.int64)
        return self.heap.add(from_characters(b"".join(data))) + ends(sizes) - sizes

    def _data(self, name: str, known: str) -> bytes:
        script = self._read(address_of(name))
        data = data_of(script) if script is not None else b""
        if mark(data) != known:
            raise LostFileError(name)
        return data[1:-1]

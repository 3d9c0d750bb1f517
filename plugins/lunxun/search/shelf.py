"""What is known of files of posting lists without reading them: where they begin, what they weigh, their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lunxun.search.bits import Row, column, size_of, whole_list

Chosen: TypeAlias = Row | NDArray[np.bool_] | slice
_KILOBYTE = 10


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files in the order of the keys that they hold."""

    lows: Row
    """For each file of many lists, the lowest key that may be in it."""
    marks: NDArray[np.str_]
    heavy: Row
    """For each file of one list, the key of that list."""
    heavy_weights: Row
    heavy_marks: NDArray[np.str_]

    @staticmethod
    def empty() -> Shelf:
        """Make one without files."""
        numbers, marks = np.zeros(0, np.int64), np.zeros(0, "U2")
        return Shelf(numbers, marks, numbers, numbers, marks)

    @staticmethod
    def joined(shelves: Sequence[Shelf]) -> Shelf:
        """Put the files of several shelves into one order."""
        rows: Any = [np.concatenate([getattr(shelf, row) for shelf in shelves]) for row in Shelf.__slots__]
        whole = Shelf(*rows)
        return whole.picked(np.argsort(whole.lows), np.argsort(whole.heavy))

    def picked(self, files: Chosen, heavy: Chosen) -> Shelf:
        """Give some of the files, or all in another order."""
        return Shelf(
            self.lows[files],
            self.marks[files],
            self.heavy[heavy],
            self.heavy_weights[heavy],
            self.heavy_marks[heavy],
        )

    def names(self, folder: str) -> set[str]:
        """Name all files."""
        return {*(name_of(folder, low) for low in self.lows), *(heavy_name(folder, key) for key in self.heavy)}

    def directory(self, span: int) -> dict[str, Any]:
        """Tell the browser how far positions go, where files begin, their marks, the kilobytes of heavy lists."""
        return {
            "span": span,
            "firsts": whole_list(self.lows),
            "marks": "".join(self.marks),
            "heavy": whole_list(self.heavy),
            "heavySizes": column(size_of(self.heavy_weights) >> _KILOBYTE),
            "heavyMarks": "".join(self.heavy_marks),
        }


def name_of(folder: str, low: int) -> str:
    """Name a file of lists: hexadecimal, for other digits could make the name of a device."""
    return f"{folder}/{low:x}"


def heavy_name(folder: str, key: int) -> str:
    """Name the file of one heavy list."""
    return f"{folder}/heavy/{key:x}"

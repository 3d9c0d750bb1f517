"""Rows of numbers kept in one file: read in one go, with a sum that shows damage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_SUM = 4
# Every row begins at a multiple of this, as the processor likes it.
_GRAIN = 8


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep rows of numbers in one file, replaced in one step."""
    rows = {name: np.ascontiguousarray(row) for name, row in arrays.items()}
    head = json.dumps([[name, row.dtype.str, row.shape] for name, row in rows.items()]).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    found = 0
    with beside.open("wb") as file:
        for part in (np.array([len(head)]), np.frombuffer(head, np.uint8), *rows.values()):
            for data in (part.reshape(-1).view(np.uint8).data, bytes(-part.nbytes % _GRAIN)):
                file.write(data)
                found = crc32(data, found)
        file.write(found.to_bytes(_SUM, "little"))
    beside.replace(path)


def load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read them; raises OSError or ValueError where the file is not whole."""
    data = np.fromfile(path, np.uint8)
    whole, known = data[:-_SUM], data[-_SUM:].tobytes()
    if len(whole) < _GRAIN or crc32(whole.data).to_bytes(_SUM, "little") != known:
        raise ValueError(path)
    at = _GRAIN + int(whole[:_GRAIN].view(np.int64)[0])
    rows: dict[str, NDArray[Any]] = {}
    for name, kind, shape in json.loads(whole[_GRAIN:at].tobytes()):
        at += -at % _GRAIN
        size = np.dtype(kind).itemsize * int(np.prod(shape))
        rows[name] = whole[at : at + size].view(kind).reshape(shape)
        at += size
    return rows

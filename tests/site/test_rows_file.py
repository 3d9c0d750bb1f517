"""Rows of numbers come back from their file as they were, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lunxun.site.rows_file import load_arrays, save_arrays

ROWS: dict[str, NDArray[Any]] = {
    "numbers": np.arange(9, dtype=np.uint16),
    "none": np.zeros(0, np.int64),
    "marks": np.array(["ab", " ~"], "U2"),
    "table": np.arange(12).reshape(3, 4)[:, ::2],
}


def test_rows_come_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rows"
    save_arrays(path, ROWS)
    save_arrays(path, ROWS)
    found = load_arrays(path)
    assert list(found) == list(ROWS) and [one.name for one in path.parent.iterdir()] == ["rows"]
    for name, row in ROWS.items():
        assert found[name].dtype == row.dtype and np.array_equal(found[name], row)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_is_noticed(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "rows"
    save_arrays(path, ROWS)
    written = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(written) - 1))
    if data.draw(st.booleans()):
        written[at] ^= data.draw(st.integers(1, 255))
    else:
        del written[at:]
    path.write_bytes(written)
    with pytest.raises(ValueError, match="rows"):
        load_arrays(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="rows"):
        load_arrays(tmp_path / "rows")

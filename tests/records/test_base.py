"""What all records have in common."""

from __future__ import annotations

import pickle

import pytest
from pydantic import ValidationError

from lunxun.records.base import Model


class _Part(Model):
    name: str
    note: str = ""


class _Whole(Model):
    parts: tuple[_Part, ...]


def test_a_pickled_value_is_the_same_value() -> None:
    whole = _Whole(parts=(_Part(name="一"), _Part(name="二", note="注")))
    again: _Whole = pickle.loads(pickle.dumps(whole))
    assert again == whole
    assert hash(again) == hash(whole)
    assert repr(again) == repr(whole)
    assert again.model_dump_json() == whole.model_dump_json()
    assert again.model_copy(update={"parts": ()}) == _Whole(parts=())
    with pytest.raises(ValidationError):
        setattr(again, "parts", ())  # noqa: B010 - mypy knows that it is frozen

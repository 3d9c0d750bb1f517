"""The signs of a text are those of its characters that are signs, in their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.text.signs import PAIRED, WIDE_DIGITS, as_signs, signs_of

_SIGNS = "".join(map(chr, range(128))) + PAIRED + WIDE_DIGITS


@given(st.text(st.sampled_from(_SIGNS) | st.characters(), max_size=60))
def test_signs_are_picked_out_of_any_text(text: str) -> None:
    assert signs_of(text) == b"".join(as_signs(character) for character in text if character in _SIGNS)


def test_every_sign_has_a_byte_of_its_own() -> None:
    assert len(set(as_signs(_SIGNS))) == len(_SIGNS)
    assert as_signs("<a href=0>") == b"<a href=0>"


@pytest.mark.parametrize("text", ["网", "a网", "é", "\ufffe", "\ud800", "\U00020000"])
def test_what_is_no_sign_is_not_taken_for_one(text: str) -> None:
    assert signs_of(text) in (b"", b"a")
    with pytest.raises(UnicodeEncodeError):
        as_signs(text)

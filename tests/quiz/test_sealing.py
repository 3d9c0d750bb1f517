"""Sealing: both ways between Python and the page's scripts, and every way in which a file can be wrong."""

from __future__ import annotations

import base64
import json
import shutil
import string
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from environment import ROOT
from lunxun.quiz.sealing import MOST_BYTES, Opened, Refusal, Why, keys, open_sealed, receipt, seal
from lunxun.quiz.trainer_keys import Keys, as_base64, key_id

SCRIPT = ROOT / "tests/site/js/seal.js"
SECONDS = 60


@pytest.fixture(scope="module")
def trainer() -> Keys:
    return keys()


def sheet(**changes: Any) -> dict[str, Any]:
    """Make an answer sheet."""
    whole: dict[str, Any] = {
        "format": 1,
        "paper": "all-types",
        "form": "A",
        "digest": "ab" * 32,
        "sitting": "0123456789abcdef0123456789abcdef",
        "learner": {"name": "某某", "unit": "", "number": "7"},
        "started": "2026-11-22T09:00:00",
        "handed": "2026-11-22T10:20:00",
        "seconds": 4800,
        "answers": {"1": "B", "39": ["书记", ""], "46": "第一，\n第二。"},
    }
    return whole | changes


def in_node(asked: dict[str, Any]) -> Any:
    """Ask the page's scripts."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("找不到 node：请用 python3 scripts/test.py 运行，它会说明要装什么。", pytrace=False)
    done = subprocess.run(
        [node, SCRIPT], input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout)


def why(raw: bytes, secret: bytes) -> Why:
    """Say why a file is refused."""
    found = open_sealed(raw, secret)
    assert isinstance(found, Refusal), "was opened"
    return found.why


def test_what_was_sealed_is_opened(trainer: Keys) -> None:
    found = open_sealed(seal(sheet(), trainer.public), trainer.secret)
    assert isinstance(found, Opened)
    assert json.loads(found.text) == sheet()
    assert (found.paper, found.form, found.digest, found.sitting) == tuple(
        sheet()[name] for name in ("paper", "form", "digest", "sitting")
    )


def test_the_page_seals_what_python_opens(trainer: Keys) -> None:
    exam = {"to": key_id(trainer.public), "public": as_base64(trainer.public)}
    long = sheet(answers={"1": "B", "46": "长" * 20_000})
    for one in (sheet(), long):
        made = in_node({"seal": one, "exam": exam})
        raw = made["text"].encode()
        found = open_sealed(raw, trainer.secret)
        assert isinstance(found, Opened)
        assert json.loads(found.text) == one
        assert receipt(raw) == made["receipt"]


def test_python_seals_what_the_page_library_opens(trainer: Keys) -> None:
    sealed = json.loads(seal(sheet(), trainer.public))
    text = in_node({"open": sealed, "secret": as_base64(trainer.secret)})["text"]
    assert json.loads(text) == sheet()


def test_the_length_tells_little_and_no_two_files_are_alike(trainer: Keys) -> None:
    one, other = seal(sheet(), trainer.public), seal(sheet(answers={}), trainer.public)
    assert len(one) == len(other)
    assert one != seal(sheet(), trainer.public)
    assert "某某".encode() not in one


@pytest.mark.parametrize("field", ["epk", "nonce", "box"])
def test_a_changed_box_is_tampered(trainer: Keys, field: str) -> None:
    sealed = json.loads(seal(sheet(), trainer.public))
    raw = bytearray(base64.b64decode(sealed[field]))
    for place in (0, len(raw) // 2, len(raw) - 2):
        spoilt = bytearray(raw)
        spoilt[place] ^= 0x10
        text = json.dumps({**sealed, field: base64.b64encode(spoilt).decode()}).encode()
        assert why(text, trainer.secret) is Why.TAMPERED


@pytest.mark.parametrize(
    ("field", "value"),
    [("paper", "other-paper"), ("form", "B"), ("digest", "cd" * 32), ("sitting", "f" * 32)],
)
def test_a_changed_header_disagrees(trainer: Keys, field: str, value: str) -> None:
    sealed = json.loads(seal(sheet(), trainer.public))
    assert why(json.dumps({**sealed, field: value}).encode(), trainer.secret) is Why.DISAGREES


def test_a_changed_receiver_and_a_foreign_key_are_told(trainer: Keys) -> None:
    raw = seal(sheet(), trainer.public)
    assert why(raw, keys().secret) is Why.OTHER_KEY
    assert why(json.dumps({**json.loads(raw), "to": "0" * 16}).encode(), trainer.secret) is Why.OTHER_KEY
    # A header that names our key over a box for another one.
    posed = {**json.loads(seal(sheet(), keys().public)), "to": key_id(trainer.public)}
    assert why(json.dumps(posed).encode(), trainer.secret) is Why.TAMPERED


def test_a_file_that_is_cut_off_is_told_at_every_length(trainer: Keys) -> None:
    raw = seal(sheet(), trainer.public)
    assert why(b"", trainer.secret) is Why.NOT_SEALED
    for length in range(1, len(raw)):
        assert why(raw[:length], trainer.secret) is Why.TRUNCATED


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04", b"[1]", b"null", b"{}", b"\xff\xfe{", b'{"lunxun_public_key":1}', b"[" * 100_000, b'{"a":' * 9_000],
)
def test_other_files_are_no_sealed_files(trainer: Keys, raw: bytes) -> None:
    assert why(raw, trainer.secret) is Why.NOT_SEALED


def test_extra_fields_and_other_versions_are_refused(trainer: Keys) -> None:
    sealed = json.loads(seal(sheet(), trainer.public))
    for spoilt in ({**sealed, "note": "x"}, {**sealed, "lunxun_sealed": 2}, {**sealed, "nonce": "AA=="}):
        assert why(json.dumps(spoilt, separators=(",", ":")).encode(), trainer.secret) is Why.TAMPERED


def test_too_large_is_told_before_it_is_read(trainer: Keys) -> None:
    raw = seal(sheet(), trainer.public)
    assert why(raw + b" " * MOST_BYTES, trainer.secret) is Why.TOO_LARGE
    assert why(seal(sheet(answers={"1": "x" * (2 * 1024 * 1024)}), trainer.public), trainer.secret) is Why.TOO_LARGE


def test_a_point_of_small_order_opens_nothing(trainer: Keys) -> None:
    sealed = json.loads(seal(sheet(), trainer.public))
    for point in (bytes(32), b"\x01" + bytes(31)):
        assert why(json.dumps({**sealed, "epk": as_base64(point)}).encode(), trainer.secret) is Why.TAMPERED


def test_what_mail_and_editors_add_does_no_harm(trainer: Keys) -> None:
    raw = b"\xef\xbb\xbf" + seal(sheet(), trainer.public) + b"\r\n"
    assert isinstance(open_sealed(raw, trainer.secret), Opened)


_TEXTS = st.text(max_size=60)
_ANSWERS = st.dictionaries(st.integers(1, 99).map(str), st.one_of(_TEXTS, st.lists(_TEXTS, max_size=4)), max_size=12)


@settings(deadline=None, max_examples=60)
@given(answers=_ANSWERS, name=_TEXTS)
def test_any_answers_come_out_as_they_went_in(trainer: Keys, answers: dict[str, Any], name: str) -> None:
    whole = sheet(answers=answers, learner={"name": name, "unit": "", "number": ""})
    found = open_sealed(seal(whole, trainer.public), trainer.secret)
    assert isinstance(found, Opened)
    assert json.loads(found.text) == whole


@settings(deadline=None, max_examples=300)
@given(place=st.floats(0, 1, exclude_max=True), sign=st.sampled_from(string.printable))
def test_no_changed_character_goes_unnoticed(trainer: Keys, place: float, sign: str) -> None:
    raw = seal(sheet(), trainer.public)
    at = int(place * len(raw))
    spoilt = raw[:at] + sign.encode() + raw[at + 1 :]
    found = open_sealed(spoilt, trainer.secret)
    assert spoilt == raw or isinstance(found, Refusal) or spoilt.split() == raw.split()


@settings(deadline=None, max_examples=200)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_refused_without_a_traceback(trainer: Keys, raw: bytes) -> None:
    assert isinstance(open_sealed(raw, trainer.secret), Refusal)

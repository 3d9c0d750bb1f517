"""The files of a trainer's keys, and the verb that writes them."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from lunxun.cli.main import main
from lunxun.cli.passphrase import VARIABLE
from lunxun.quiz import sealing, trainer_keys
from lunxun.quiz.trainer_keys import PUBLIC_FILE, SECRET_FILE, KeyFileError, is_locked, read_public, read_secret

PASSPHRASE = "正确的马电池订书钉"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let guesses be cheap: the cost stands in the file, so that nothing else is another way."""
    monkeypatch.setattr(trainer_keys, "OPERATIONS", 1)
    monkeypatch.setattr(trainer_keys, "MEMORY", 8)


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None = PASSPHRASE) -> int:
    """Run the verb."""
    monkeypatch.setenv(VARIABLE, passphrase or "")
    return main(["paper", "keys", "-o", str(folder), *([] if passphrase else ["--no-passphrase"])])


@pytest.mark.parametrize("passphrase", [PASSPHRASE, None])
def test_the_keys_fit_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], passphrase: str | None
) -> None:
    assert made(tmp_path / "keys", monkeypatch, passphrase) == 0
    said = capsys.readouterr().out
    assert "自己保管" in said and ("私钥没有口令" in said) == (passphrase is None)
    public = read_public(tmp_path / "keys" / PUBLIC_FILE)
    secret = read_secret(tmp_path / "keys" / SECRET_FILE, passphrase)
    assert is_locked(tmp_path / "keys" / SECRET_FILE) == (passphrase is not None)
    sheet = {"paper": "p", "form": "A", "digest": "0" * 64, "sitting": "0" * 32}
    assert isinstance(sealing.open_sealed(sealing.seal(sheet, public), secret), sealing.Opened)
    text = (tmp_path / "keys" / SECRET_FILE).read_text("utf-8")
    assert (trainer_keys.as_base64(secret) in text) == (passphrase is None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_secret_key_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, monkeypatch)
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600


def test_keys_are_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path, monkeypatch)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made(tmp_path, monkeypatch) == 2
    assert "已经有" in capsys.readouterr().err
    (tmp_path / SECRET_FILE).unlink()
    assert made(tmp_path, monkeypatch) == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {PUBLIC_FILE: before[PUBLIC_FILE]}


def test_a_short_passphrase_and_nobody_to_ask_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made(tmp_path / "k", monkeypatch, "short") == 2
    assert "至少" in capsys.readouterr().err
    monkeypatch.delenv(VARIABLE)
    assert main(["paper", "keys", "-o", str(tmp_path / "k")]) == 2
    assert VARIABLE in capsys.readouterr().err
    assert not (tmp_path / "k").exists()


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sealing, "is_there", lambda: False)
    assert made(tmp_path / "k", monkeypatch) == 2
    assert "lunxun[exams]" in capsys.readouterr().err


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, monkeypatch)
    for wrong in (PASSPHRASE + "。", "", None):
        with pytest.raises(KeyFileError, match="口令不对"):
            read_secret(tmp_path / SECRET_FILE, wrong)


def test_files_are_not_taken_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, monkeypatch)
    with pytest.raises(KeyFileError, match="公钥"):
        read_public(tmp_path / SECRET_FILE)
    with pytest.raises(KeyFileError, match="私钥"):
        read_secret(tmp_path / PUBLIC_FILE, PASSPHRASE)
    with pytest.raises(KeyFileError, match="读不出来"):
        read_public(tmp_path / "none.json")


def test_spoilt_and_greedy_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, monkeypatch)
    public = json.loads((tmp_path / PUBLIC_FILE).read_text("utf-8"))
    secret = json.loads((tmp_path / SECRET_FILE).read_text("utf-8"))
    spoilt_public = [{**public, "id": "0" * 16}, {**public, "key": "AA=="}, {**public, "key": "!"}, {}]
    for number, data in enumerate(spoilt_public):
        path = tmp_path / f"p{number}.json"
        path.write_text(json.dumps(data), "utf-8")
        with pytest.raises(KeyFileError, match="不是轮训的公钥"):
            read_public(path)
    # A file must not be able to ask for all memory there is.
    greedy = {**secret, "locked": {**secret["locked"], "memory": 10**9}}
    short = {**secret, "locked": {**secret["locked"], "salt": "AA=="}}
    nothing = {"lunxun_secret_key": 1, "id": "0" * 16}
    spoilt_secret: list[object] = [greedy, short, nothing, []]
    for number, held in enumerate(spoilt_secret):
        path = tmp_path / f"s{number}.json"
        path.write_text(json.dumps(held), "utf-8")
        with pytest.raises(KeyFileError, match="不是轮训的私钥"):
            read_secret(path, PASSPHRASE)

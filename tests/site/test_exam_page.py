"""The page of an exam: nothing of the key in any byte, nothing loaded, made of form and public key alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from lunxun.cli.main import main
from lunxun.quiz import sealing
from lunxun.quiz.exam_deposit import DepositError, deposit, read_deposits
from lunxun.quiz.paper_files import FormFile, read_form, read_key
from lunxun.quiz.trainer_keys import PUBLIC_FILE, write_keys
from lunxun.site.exam_page import exam_page
from tests.quiz.key_scan import found_of_key
from tests.quiz.made_forms import made_form

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the project's own paper, and the keys of a trainer."""
    folder = tmp_path_factory.mktemp("exam") / "forms"
    content = str(ROOT / "content")
    assert main(["paper", "make", "township-final", "--content", content, "--solver", "search", "-o", str(folder)]) == 0
    write_keys(folder, sealing.keys(), None)
    return folder


def screened(folder: Path, letter: str, target: Path) -> bytes:
    """Make the page by the command line."""
    form, public = folder / f"form-{letter}.json", folder / PUBLIC_FILE
    assert main(["paper", "screen", str(form), "--to", str(public), "-o", str(target)]) == 0
    return target.read_bytes()


@pytest.mark.parametrize("letter", ["a", "b"])
def test_no_byte_of_the_key_is_in_the_exam(paper: Path, tmp_path: Path, letter: str) -> None:
    form, key = read_form(paper / f"form-{letter}.json"), read_key(paper / f"key-{letter}.json")
    assert found_of_key(screened(paper, letter, tmp_path / "考试.html"), form, key) == []


def test_the_scan_can_find_a_key(paper: Path) -> None:
    form, key = read_form(paper / "form-a.json"), read_key(paper / "key-a.json")
    page = exam_page(form, bytes(32)).encode()
    essay = next(item for item in key.items if item.points)
    blank = next(item for item in key.items if isinstance(item.key, tuple))
    assert isinstance(blank.key, tuple)
    accepted = blank.key[0].accept[0]
    hidden = [
        key.items[0].id,
        key.items[0].rationale,
        key.items[0].rationale[5:17],
        key.items[0].basis[0],
        key.items[0].id[::-1],
        essay.points[0].text,
        json.dumps(essay.points[0].text),
        essay.points[0].text.encode().hex(),
        base64.b64encode(("x" + key.items[0].rationale).encode()).decode(),
        base64.b64encode(("xy" + key.items[0].rationale).encode()).decode(),
        hashlib.sha256(accepted.encode()).hexdigest(),
        hashlib.md5(f"{key.items[0].no}{key.items[0].key}".encode()).hexdigest(),
        base64.b64encode(hashlib.sha1(accepted.encode()).digest()).decode(),
    ]
    for text in hidden:
        assert found_of_key(page.replace(b"</main>", text.encode() + b"</main>"), form, key), text


def test_the_page_is_made_of_the_form_alone(paper: Path, tmp_path: Path) -> None:
    apart = tmp_path / "apart"
    apart.mkdir()
    for name in ("form-a.json", PUBLIC_FILE):
        (apart / name).write_bytes((paper / name).read_bytes())
    assert screened(apart, "a", tmp_path / "one.html") == screened(paper, "a", tmp_path / "two.html")


def test_ids_and_scores_of_other_forms_change_no_byte_but_the_digest() -> None:
    form = made_form()
    renamed = FormFile.model_validate(json.loads(form.model_dump_json().replace('"one-first"', '"quite-another"')))
    page = exam_page(form, bytes(32))
    assert renamed.digest != form.digest
    assert page.replace(form.digest, renamed.digest) == exam_page(renamed, bytes(32))


def test_nothing_is_loaded_and_only_our_scripts_may_run() -> None:
    page = exam_page(made_form(), bytes(32))
    assert not re.search(r"""(?:src|action|poster|srcset)=|url\(|@import|https?://|//[a-z]+\.""", _without_vendor(page))
    assert re.findall(r'href="([^#"]*)"', page) == ["data:,"]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None and "default-src &#39;none&#39;" in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(scripts) > 5 and len(styles) == 1
    for text in (*scripts, *styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"&#39;sha256-{digest}&#39;" in policy[1]


def _without_vendor(page: str) -> str:
    return re.sub(r"<script>[^<]*nacl.*?</script>", "", page, count=1, flags=re.DOTALL)


def test_texts_of_a_form_stay_texts() -> None:
    evil = '"><script>alert(1)</script><!--\u2028'
    data = json.loads(made_form().model_dump_json())
    data["title"] = data["sections"][0]["items"][0]["stem"] = evil
    data["sections"][0]["items"][0]["options"][0] = evil
    data["notes"] = [evil]
    page = exam_page(FormFile.model_validate_json(json.dumps(data)), bytes(32))
    plain = exam_page(made_form(), bytes(32))
    assert "alert(1)" in page and "<script>alert" not in page
    assert page.count("<script") == plain.count("<script") and "<!--" not in page


def test_blanks_of_a_stem_that_disagrees_stand_below_it() -> None:
    data = json.loads(made_form().model_dump_json())
    data["sections"][3]["items"][0]["blanks"] = 3
    page = exam_page(FormFile.model_validate_json(json.dumps(data)), bytes(32))
    assert [f'name="q5-b{place}"' in page for place in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_deposit_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "exams").mkdir()
    (tmp_path / "exams" / "all-types-a.json").write_bytes(deposit(made_form(), bytes(range(32))))
    (read,) = read_deposits(tmp_path)
    assert (read.form, read.public_key) == (made_form(), bytes(range(32)))
    assert read_deposits(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("all-types-a.json", b"{"),
        ("all-types-a.json", b"[" * 100_000),
        ("all-types-a.json", b"\xff"),
        ("all-types-b.json", None),
        ("key-a.json", b'{"format": 1}'),
        ("All.json", None),
        ("all-types-a.html", None),
    ],
)
def test_what_does_not_belong_among_the_exams_is_refused(tmp_path: Path, name: str, text: bytes | None) -> None:
    (tmp_path / "exams").mkdir()
    (tmp_path / "exams" / name).write_bytes(deposit(made_form(), bytes(32)) if text is None else text)
    with pytest.raises(DepositError, match=re.escape(name)):
        read_deposits(tmp_path)


def test_a_key_or_a_link_is_no_exam(tmp_path: Path, paper: Path) -> None:
    (tmp_path / "exams").mkdir()
    held = json.loads(deposit(made_form(), bytes(32)))
    held["key"] = json.loads((paper / "key-a.json").read_text("utf-8"))
    path = tmp_path / "exams" / "all-types-a.json"
    path.write_text(json.dumps(held), "utf-8")
    with pytest.raises(DepositError):
        read_deposits(tmp_path)
    path.unlink()
    path.symlink_to(paper / "form-a.json")
    with pytest.raises(DepositError):
        read_deposits(tmp_path)


def test_the_verb_refuses_in_chinese(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, public, target = str(paper / "form-a.json"), str(paper / PUBLIC_FILE), tmp_path / "x.html"
    assert main(["paper", "screen", form, "--to", public]) == 2
    assert "-o" in capsys.readouterr().err
    assert main(["paper", "screen", str(paper / "key-a.json"), "--to", public, "-o", str(target)]) == 2
    assert "不是试卷" in capsys.readouterr().err
    assert main(["paper", "screen", form, "--to", form, "-o", str(target)]) == 2
    assert "公钥" in capsys.readouterr().err
    assert not target.exists()
    target.write_text("mine")
    assert main(["paper", "screen", form, "--to", public, "-o", str(target)]) == 2
    assert "已经存在" in capsys.readouterr().err and target.read_text() == "mine"


def test_the_verb_puts_an_exam_beside_the_banks(paper: Path, tmp_path: Path) -> None:
    form, public = str(paper / "form-b.json"), str(paper / PUBLIC_FILE)
    (tmp_path / "content").mkdir()
    (tmp_path / "quizzes").mkdir()
    asked = ["paper", "screen", form, "--to", public, "--site", "--content", str(tmp_path / "content")]
    assert main(asked) == 0
    (read,) = read_deposits(tmp_path / "quizzes")
    assert read.form == read_form(paper / "form-b.json")
    assert main(asked) == 2

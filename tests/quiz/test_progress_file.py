"""The file of progress is to Python what it is to the page, and reviews are what another FSRS computes."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lunxun.cli import main
from lunxun.quiz.progress_file import ProgressFileError, day_of, end_of, read_progress

MEMORY = Path(__file__).parents[1] / "site/js/memory.js"
DAY = 86_400_000
NOW = int(datetime(2026, 1, 5, 8, tzinfo=UTC).timestamp() * 1000)
Output = pytest.CaptureFixture[str]


def _page(**asked: Any) -> dict[str, Any]:
    """Ask the page's own scripts."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("找不到 node：请用 python3 scripts/test.py 运行，它会说明要装什么。", pytrace=False)
    text = json.dumps({"until": NOW, **asked})
    done = subprocess.run([node, MEMORY], input=text.encode(), capture_output=True, timeout=120, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _practised() -> str:
    """Give the file of a learner who answered forty questions, each up to eight times."""
    chance = random.Random(7)
    questions = {}
    for number in range(40):
        days = sorted(chance.sample(range(-60, 1), chance.randint(1, 8)))
        questions[f"q-{number}"] = [(chance.choice(["right", "partly", "wrong"]), NOW + day * DAY) for day in days]
    text: str = _page(questions=questions)["practised"]
    return text


@pytest.fixture(scope="module")
def practised() -> str:
    return _practised()


def _written(folder: Path, text: str) -> Path:
    path = folder / "records.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def test_what_the_page_saved_says_the_same_here(practised: str, tmp_path: Path) -> None:
    (there,) = _page(files=[practised])["read"]
    assert there["error"] == ""
    (bank,) = read_progress(_written(tmp_path, "\ufeff" + practised)).banks
    assert len(bank.questions) == 40
    assert {"bank": bank.bank, "due": bank.due(NOW), "book": bank.in_book()} == there["banks"][0]
    assert 0 < len(bank.due(NOW)) < 40
    raw = json.loads(practised)["banks"][0]["questions"]
    for id_, known in bank.questions.items():
        assert known.model_dump() == raw[id_]


def _spoilt() -> dict[str, Callable[[Any], None]]:
    """Name ways in which a file may be damaged; each changes the data of one."""

    def question(**fields: Any) -> Callable[[Any], None]:
        return lambda data: data["banks"][0]["questions"]["q-1"].update(fields)

    def card(**fields: Any) -> Callable[[Any], None]:
        return lambda data: data["banks"][0]["questions"]["q-1"]["card"].update(fields)

    def bank(**fields: Any) -> Callable[[Any], None]:
        return lambda data: data["banks"][0].update(fields)

    def whole(**fields: Any) -> Callable[[Any], None]:
        return lambda data: data.update(fields)

    def named(id_: str) -> Callable[[Any], None]:
        return lambda data: data["banks"][0]["questions"].update({id_: data["banks"][0]["questions"]["q-1"]})

    many: dict[str, Any] = {f"q-{number}": {} for number in range(5001)}
    return {
        "nothing": whole(),
        "more": whole(more=1),
        "more of a bank": bank(more=[]),
        "more of a question": question(more={}),
        "format": whole(format="anki"),
        "version": whole(version=2),
        "version as text": whole(version="1"),
        "banks": whole(banks={}),
        "no banks": whole(banks=[]),
        "saved": whole(saved=7),
        "a bank": whole(banks=[7]),
        "too many banks": lambda data: data.update(banks=[{"bank": "a", "title": "", "questions": {}}] * 501),
        "path": bank(bank="../x"),
        "number as bank": bank(bank=7),
        "long bank": bank(bank="a" * 101),
        "title": bank(title=None),
        "long title": bank(title="长" * 201),
        "questions": bank(questions=[]),
        "too many": bank(questions=many),
        "attempt": bank(attempt={"seed": 1}),
        "markup": named("<b>"),
        "prototype": named("__proto__"),
        "newline": named("q-1\n"),
        "constructor": named("constructor"),
        "negative": question(tries=-1),
        "huge": question(tries=10**6),
        "fraction": question(tries=1.5),
        "as text": question(tries="3"),
        "true": question(tries=True),
        "more wrong than tried": question(wrong=99),
        "last": question(last="yes"),
        "stem": question(stem="长" * 161),
        "no stem": question(stem=None),
        "type": question(type="长" * 11),
        "book": question(book=1),
        "time": question(at=-1),
        "no time": question(at=None),
        "late": question(at=8.64e15),
        "no card": question(card=None),
        "card": question(card=[]),
        "due": card(due="明天"),
        "due late": card(due=1e300),
        "state": card(state=9),
        "state as text": card(state="2"),
        "odd stability": card(stability=None),
        "review": card(last_review=-5),
    }


def test_python_refuses_what_the_page_refuses(practised: str, tmp_path: Path) -> None:
    texts = dict.fromkeys(("", "{", "[]", "null", "{}", "7", '"x"', "[" * 100000, practised[:200]), "")
    texts = {text[:20]: text for text in texts}
    for name, change in _spoilt().items():
        data = json.loads(practised)
        change(data)
        texts[name] = json.dumps(data, ensure_ascii=False)
    verdicts = _page(files=list(texts.values()))["read"]
    taken = 0
    for (name, text), there in zip(texts.items(), verdicts, strict=True):
        try:
            read_progress(_written(tmp_path, text))
            here = ""
            taken += 1
        except ProgressFileError as error:
            here = str(error)
        assert bool(here) == bool(there["error"]), (name, here, there["error"])
        if here:
            kinds = [word for word in ("读不懂", "不是轮训", "另一版本", "损坏") if word in there["error"]]
            assert kinds[0] in here, name
            assert "records.json" in here
            assert "重新“保存到文件”" in here
    assert 5 < taken < len(texts) / 3


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(ProgressFileError, match="读不出来"):
        read_progress(tmp_path / "none.json")
    with pytest.raises(ProgressFileError, match="读不出来"):
        read_progress(tmp_path)
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(ProgressFileError, match="超过 12 MB"):
        read_progress(huge)
    huge.write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(ProgressFileError, match="读不懂"):
        read_progress(huge)


def test_days_are_those_of_this_computer() -> None:
    for day in (date(2000, 1, 1), date(2026, 10, 25), date(2026, 12, 31)):
        assert day_of(end_of(day)) == day
        assert day_of(end_of(day) + 1) == day + timedelta(days=1)
    assert day_of(8e15).year == 9999


# reviews


def test_reviews_are_those_of_another_implementation() -> None:
    """Whole days apart, py-fsrs remembers the same; only, a better answer always waits a day longer."""
    fsrs = pytest.importorskip("fsrs", reason="py-fsrs is in the locks of the tests")
    # Without steps of minutes, and without the limit by which these lower what is left after a lapse (parameter 17).
    weights = [0.0 if place == 17 else weight for place, weight in enumerate(fsrs.Scheduler().parameters)]
    other = fsrs.Scheduler(weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    ratings = {"wrong": fsrs.Rating.Again, "partly": fsrs.Rating.Hard, "right": fsrs.Rating.Good}
    chance = random.Random(11)
    reviews = []
    for _ in range(150):
        days = [0]
        for _ in range(chance.randint(0, 14)):
            days.append(days[-1] + chance.choice([1, 2, 3, 7, 30, 200]))
        reviews.append([(chance.choice(list(ratings)), NOW + day * DAY) for day in days])
    for answers, cards in zip(reviews, _page(reviews=reviews)["cards"], strict=True):
        theirs = fsrs.Card()
        for (state, now), ours in zip(answers, cards, strict=True):
            at = datetime.fromtimestamp(now / 1000, UTC)
            after = {name: other.review_card(theirs, rating, at)[0] for name, rating in ratings.items()}
            again, hard, good = ((after[name].due - at).days for name in ratings)
            again = min(again, hard)
            hard = max(hard, again + 1)
            wait = {"wrong": again, "partly": hard, "right": max(good, hard + 1)}[state]
            theirs = after[state]
            assert ours["stability"] == pytest.approx(theirs.stability, rel=1e-5)
            assert ours["difficulty"] == pytest.approx(theirs.difficulty, rel=1e-5)
            assert (ours["due"] - now, ours["scheduled_days"]) == (wait * DAY, wait)
            assert (ours["state"], ours["last_review"]) == (2, now)


# the verb


def _run(*arguments: str | Path) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def test_the_verb_tells_what_is_due_and_what_goes_wrong(practised: str, tmp_path: Path, capsys: Output) -> None:
    path = _written(tmp_path, practised)
    assert _run("quiz", "progress", path, "--on", "2026-01-05", "--most", "3") == 0
    told = capsys.readouterr().out
    (bank,) = read_progress(path).banks
    due = bank.due(end_of(date(2026, 1, 5)))
    assert "2026-01-05 存下的记录：1 个题库，做过 40 题" in told
    assert "组织生活（party-life）：做过 40 题" in told
    assert f"该复习 {len(due)} 题" in told
    first, _, rest = told.partition("  常错（没有全对 2 次以上）：")
    assert [line.split("　")[0].strip() for line in first.splitlines()[4:7]] == due[:3]
    assert f"还有 {len(due) - 3} 题。" in first
    assert [line.split("　")[0].strip() for line in rest.splitlines()[1:4]] == bank.often_wrong()[:3]


def test_the_verb_shows_nothing_that_moves_a_terminal(practised: str, tmp_path: Path, capsys: Output) -> None:
    path = _written(tmp_path, practised.replace("题目 ", "\\u001b[31m\\n\\u202e"))
    assert _run("quiz", "progress", path, "--on", "2026-01-05", "--most", "99") == 0
    told = capsys.readouterr().out
    assert "[31m" in told
    assert not [sign for sign in told if not sign.isprintable() and sign not in "\n\u3000"]


def test_the_verb_refuses(practised: str, tmp_path: Path, capsys: Output) -> None:
    path = _written(tmp_path, practised)
    for arguments, said in [
        ((path, "--on", "明天"), "2026-01-08"), ((path, "--on", "0001-01-01"), "--on"),
        ((path, "--most", "0"), "--most"),
        ((tmp_path / "none.json",), "读不出来"),
    ]:  # fmt: skip
        assert _run("quiz", "progress", *arguments) == 2
        assert said in capsys.readouterr().err
    empty = _written(tmp_path, json.dumps({"format": "lunxun-quiz-progress", "version": 1, "banks": []}))
    assert _run("quiz", "progress", empty) == 0
    assert "还没有做过的题" in capsys.readouterr().out

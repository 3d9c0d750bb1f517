"""Our exports as others read them: GIFT by gift-pegjs, Moodle XML by a schema and a reader that know nothing of us."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from environment import ROOT
from lunxun.library.load import load
from lunxun.quiz.formats.gift_write import gift_problem, write_gift
from lunxun.quiz.formats.moodle_write import write_moodle
from lunxun.quiz.spoken import spoken
from lunxun.records.bank import Bank
from node_tools import MODULES
from tests.quiz.made_banks import BANKS
from tests.quiz.told_questions import Told, blanked, pair, told

etree: Any = pytest.importorskip("lxml.etree", reason="it comes with python-docx, for office forms")
HERE = Path(__file__).parent
FREE = ("简答", "论述")
# A blank of Moodle's embedded answers: a weight, a type, and answers up to a brace that is not escaped.
CLOZE = re.compile(r"\{([0-9]*):([A-Z]+):((?:\\.|[^\\}])*)\}", re.DOTALL)


@pytest.fixture(scope="module")
def banks() -> tuple[Bank, ...]:
    """Give all banks of the project, as they are exported."""
    library = load(ROOT / "content").library
    return tuple(spoken(library, entry.key, bank, "")[0] for entry, bank in library.of(Bank))


def test_all_questions_of_the_project_are_looked_at(banks: tuple[Bank, ...]) -> None:
    assert sum(1 for bank in banks for _ in told(bank)) > 600


# GIFT


def _in_gift(texts: list[str]) -> list[Any]:
    node = shutil.which("node")
    if node is None or not (MODULES / "gift-pegjs").is_dir():
        pytest.fail("缺少 gift-pegjs：请用 python3 scripts/test.py 运行，它会先装好。", pytrace=False)
    command: list[str | Path] = [node, HERE / "gift_questions.js", MODULES]
    done = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, timeout=120, check=True)
    found: list[Any] = json.loads(done.stdout)
    return found


def _gift_told(found: dict[str, Any]) -> Told:
    """Understand a question of gift-pegjs; that of a learner's free answer has its key in the feedback."""
    kinds = {
        "MC": "单选",
        "TF": "判断",
        "Short": "填空",
        "Matching": "匹配",
        "Essay": "简答",
        "Description": "案例分析",
    }
    kind = kinds[found["type"]]
    feedback = (found.get("globalFeedback") or {}).get("text", "")
    choices = [(one["text"]["text"], one["isCorrect"], float(one["weight"] or 0)) for one in found.get("choices", ())]
    right = tuple(text for text, is_right, share in choices if is_right or share > 0)
    others = tuple(text for text, is_right, share in choices if not is_right and share <= 0)
    if kind == "单选" and not any(is_right for _, is_right, _ in choices):
        kind = "多选"
        assert sum(share for _, _, share in choices if share > 0) == pytest.approx(100, abs=0.001)
        assert {share for _, _, share in choices if share <= 0} <= {-100.0}
    if kind == "判断":
        right = ("对" if found["isTrue"] else "错",)
    if kind == "填空":
        right = ("｜".join(right),)
    pairs = [(one["subquestion"]["text"], one["subanswer"]) for one in found.get("matchPairs", ())]
    if kind == "匹配":
        right = tuple(pair(left, side) for left, side in pairs if left)
        others = tuple(pair(left, side) for left, side in pairs if not left)
    return Told(found["title"], kind, blanked(found["stem"]["text"]), right, others, feedback)


def _without_key(one: Told) -> Told:
    """Leave out what GIFT has no place for: the key of a free answer, and what a case teaches."""
    if one.type in FREE:
        return one._replace(type="简答", right=(), rationale="")
    return one._replace(rationale="") if one.type == "案例分析" else one


def _lost(bank: Bank) -> set[str]:
    """Name the questions that an export to GIFT leaves out, as it says."""
    every = [one for top in bank.questions for one in (top, *getattr(top, "questions", ()))]
    return {one.id for one in every if gift_problem(one)}


def test_another_parser_of_gift_finds_the_same_questions(banks: tuple[Bank, ...]) -> None:
    written = [write_gift(bank) for bank in banks]
    found = _in_gift([data.decode() for data, _ in written])
    counted = 0
    for bank, (_, findings), one in zip(banks, written, found, strict=True):
        assert "error" not in one, (bank.title, one)
        category, *questions = one["questions"]
        assert (category["type"], category["title"]) == ("Category", f"$course$/top/{bank.title}")
        lost = _lost(bank)
        ours = [question for question in told(bank) if question.id not in lost]
        theirs = [_gift_told(question) for question in questions]
        assert [_without_key(question) for question in theirs] == [_without_key(question) for question in ours]
        for mine, other, raw in zip(ours, theirs, questions, strict=True):
            assert f"题型:{mine.type}" in raw["tags"]
            if mine.type in FREE:
                assert all(text in other.rationale for text in (mine.rationale, *mine.right))
        for name in lost:
            assert any(said.message.startswith(f"{name}：GIFT") and "没有导出" in said.message for said in findings)
        counted += len(ours)
    assert counted + sum(len(_lost(bank)) for bank in banks) == sum(1 for bank in banks for _ in told(bank))
    assert counted > 500


@settings(max_examples=25, deadline=None)
@given(st.lists(BANKS, min_size=1, max_size=8))
def test_marks_in_texts_mean_nothing_to_another_parser(made: list[Bank]) -> None:
    found = _in_gift([write_gift(bank)[0].decode() for bank in made])
    for bank, one in zip(made, found, strict=True):
        assert "error" not in one, one
        theirs = [_gift_told(question) for question in one["questions"][1:]]
        ours = [question for question in told(bank) if question.id not in _lost(bank)]
        assert [(each.id, each.type) for each in theirs] == [
            (each.id, "简答" if each.type in FREE else each.type) for each in ours
        ]


# Moodle XML


@pytest.fixture(scope="module")
def schema() -> Any:
    """Read what Moodle's import asks of a file."""
    return etree.RelaxNG(etree.parse(HERE / "moodle.rng"))


def _in_moodle(data: bytes, schema: Any) -> Iterator[Told]:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert schema.validate(root), schema.error_log
    numbers = [one.findtext("idnumber") for one in root if one.get("type") != "category"]
    assert len(set(numbers)) == len(numbers)
    for question in root:
        if question.get("type") != "category":
            yield _moodle_told(question)


def _moodle_told(question: Any) -> Told:
    tags = [tag.text for tag in question.iterfind("tags/tag/text")]
    (kind,) = (tag.removeprefix("题型:") for tag in tags if tag.startswith("题型:"))
    stem = question.findtext("questiontext/text") or ""
    answers = [(one.findtext("text") or "", float(one.get("fraction"))) for one in question.iterfind("answer")]
    right = tuple(text for text, share in answers if share > 0)
    others = tuple(text for text, share in answers if share <= 0)
    moodle = question.get("type")
    if moodle == "multichoice":
        assert sum(share for _, share in answers if share > 0) == pytest.approx(100, abs=0.001)
        assert kind == ("单选" if question.findtext("single") == "true" else "多选")
    elif moodle == "truefalse":
        right, others = ({"true": "对", "false": "错"}[right[0]],), ()
    elif moodle == "matching":
        subs = [(one.findtext("text") or "", one.findtext("answer/text")) for one in question.iterfind("subquestion")]
        right = tuple(pair(left, side) for left, side in subs if left)
        others = tuple(pair(left, side) for left, side in subs if not left)
    elif moodle == "cloze":
        right = tuple(_blank(found) for found in CLOZE.finditer(stem))
        stem = CLOZE.sub("____", stem)
    elif moodle == "essay":
        marking = question.findtext("graderinfo/text") or ""
        right = tuple(line for line in marking.split("\n") if line and line != "得分点：")
        right = tuple(re.sub(r"（[0-9]+%）$", "", line) for line in right)
    elif moodle == "description":
        assert kind == "案例分析"
    return Told(
        question.findtext("name/text"), kind, blanked(stem), right, others, question.findtext("generalfeedback/text")
    )


def _blank(found: re.Match[str]) -> str:
    """Read the accepted answers of a blank, each wholly right."""
    assert found[2] in ("SHORTANSWER", "SA", "MW")
    answers = re.split(r"(?<!\\)((?:\\\\)*)~", found[3])
    texts = ["".join(pieces) for pieces in zip(answers[::2], [*answers[1::2], ""], strict=True)]
    assert all(text.startswith("=") for text in texts)
    return "｜".join(re.sub(r"\\(.)", r"\1", text[1:], flags=re.DOTALL) for text in texts)


def test_another_reader_of_moodle_xml_finds_the_same_questions(banks: tuple[Bank, ...], schema: Any) -> None:
    for bank in banks:
        assert list(_in_moodle(write_moodle(bank)[0], schema)) == list(told(bank))


@settings(max_examples=60, deadline=None)
@given(BANKS)
def test_made_banks_keep_to_moodles_structure(bank: Bank) -> None:
    rules = etree.RelaxNG(etree.parse(HERE / "moodle.rng"))
    assert len(list(_in_moodle(write_moodle(bank)[0], rules))) == len(list(told(bank)))


def test_the_schema_refuses_what_moodle_would(banks: tuple[Bank, ...], schema: Any) -> None:
    data = next(write_moodle(bank)[0] for bank in banks if "样题" in bank.title)
    for old, new in [
        (b'fraction="100"', b'fraction="99"'),
        (b"<single>true</single>", b"<single>yes</single>"),
        (b"<name>", b"<title>"),
        (b"ABSOLUTE_POSITION", b"SOMEHOW"),
        (b'type="essay"', b'type="esay"'),
    ]:
        spoilt = data.replace(old, new).replace(b"</name>", b"</title>" if new == b"<title>" else b"</name>")
        assert spoilt != data
        assert not schema.validate(etree.fromstring(spoilt)), new

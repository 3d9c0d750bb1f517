"""Which sittings count: copies, later hand-ins, and learners who come twice."""

from __future__ import annotations

from typing import Any

from lunxun.quiz.answer_sheet import Learner
from lunxun.quiz.sittings import Sitting, numbers, settle


def _one(ident: str, name: str = "张某", unit: str = "东乡", number: str = "", **more: Any) -> Sitting:
    given = {"origin": f"{ident}.lxa", "handed": "2026-11-22T10:00:00", "answers": {"1": "A"}, **more}
    return Sitting(id=ident, form="A", learner=Learner(name=name, unit=unit, number=number), is_screen=True, **given)


def _settled(*sittings: Sitting, keep: Any = None) -> tuple[list[str], dict[str, str]]:
    kept, refused = settle(sittings, keep)
    return [one.origin for one in kept], {one.name: one.reason for one in refused}


def test_a_copy_counts_once() -> None:
    kept, refused = _settled(_one("a"), _one("a", origin="a 副本.lxa"), _one("b", "李某"))
    assert sorted(kept) in (["a.lxa", "b.lxa"], ["a 副本.lxa", "b.lxa"])
    (reason,) = refused.values()
    assert "相同" in reason


def test_the_same_sitting_counts_as_it_was_handed_in_last() -> None:
    later = _one("a", origin="后.lxa", handed="2026-11-22T10:05:00", answers={"1": "B"})
    kept, refused = _settled(later, _one("a"))
    assert kept == ["后.lxa"]
    assert "较早" in refused["a.lxa"]


def test_two_sittings_of_one_learner_are_both_refused_by_name() -> None:
    kept, refused = _settled(_one("a"), _one("b"), _one("c", "李某"))
    assert kept == ["c.lxa"]
    assert "张某" in refused["a.lxa"]
    assert "b.lxa" in refused["a.lxa"]
    assert "a.lxa" in refused["b.lxa"]


def test_the_trainer_may_say_which_to_keep() -> None:
    first, last = _one("a"), _one("b", handed="2026-11-22T11:00:00")
    assert _settled(first, last, keep="先交")[0] == ["a.lxa"]
    kept, refused = _settled(first, last, keep="后交")
    assert kept == ["b.lxa"]
    assert "--keep 后交" in refused["a.lxa"]
    paper = _one("c", origin="登分表 第 4 行", handed="")
    assert _settled(first, paper, keep="后交")[0] == []


def test_one_sitting_under_two_names_is_refused() -> None:
    kept, refused = _settled(_one("a"), _one("a", "李某", origin="改名.lxa", handed="2026-11-22T12:00:00"))
    assert kept == []
    assert set(refused) == {"a.lxa", "改名.lxa"}


def test_namesakes_with_numbers_are_two_people_and_the_nameless_are_many() -> None:
    assert len(_settled(_one("a", number="1"), _one("b", number="2"))[0]) == 2
    assert len(_settled(_one("a", ""), _one("b", ""))[0]) == 2
    assert _settled(_one("a", number="1"), _one("b", "张 某", number="１"))[0] == []
    assert _settled(_one("a", number="1"), _one("b"))[0] == []
    assert len(_settled(_one("a", unit="东乡"), _one("b", unit="西乡"))[0]) == 2


def test_numbers_are_lasting_and_need_the_secret() -> None:
    sittings = [_one(f"{place:032x}") for place in range(300)]
    found = numbers(sittings, b"key")
    assert len(set(found.values())) == 300
    assert numbers(sittings[:100], b"key") == {one.id: found[one.id] for one in sittings[:100]}
    assert not set(numbers(sittings, b"other").values()) & set(found.values())

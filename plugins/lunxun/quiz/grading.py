"""Sittings become results: objective answers by key, free ones by what markers wrote, all by the ids of questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lunxun.quiz.answer_sheet import Answer, is_empty
from lunxun.quiz.asked import in_points
from lunxun.quiz.marking import Rules, mark, worth
from lunxun.quiz.marks import RULE, Marked, Marks, points_of
from lunxun.quiz.paper_set import Asking, PaperSet
from lunxun.quiz.results import Question, Results, Scored, Scores
from lunxun.quiz.sittings import Sitting

ON_PAPER = "（见纸质答卷）"


@dataclass(frozen=True, slots=True)
class ToMark:
    """A free answer that a marker has to look at; `marked` is what was written beside it so far."""

    asking: Asking
    form: str
    number: str
    text: str
    marked: Marked


def grade(
    paper: PaperSet, sittings: Sequence[Sitting], numbers: Mapping[str, str], rules: Rules, marks: Marks
) -> Results:
    """Grade all sittings; `numbers` gives the number of each sitting by its id."""
    scores = [_scores(paper, sitting, numbers[sitting.id], rules, marks) for sitting in sittings]
    return Results(
        format=1,
        paper=paper.paper,
        title=paper.title,
        total=next(iter(paper.forms.values())).form.total,
        rules=(*rules.told, f"主观题：{RULE}"),
        questions=tuple(_questions(paper)),
        sittings=tuple(sorted(scores, key=lambda one: one.number)),
    )


def to_mark(
    paper: PaperSet, sittings: Sequence[Sitting], numbers: Mapping[str, str], marks: Marks
) -> dict[str, list[ToMark]]:
    """List the free answers by question, in the order of the paper and then of the sittings' numbers."""
    found: dict[str, list[ToMark]] = {asking.asked.id: [] for _, asking in paper.askings() if not asking.is_objective}
    for sitting in sorted(sittings, key=lambda one: numbers[one.id]):
        for asking in paper.forms[sitting.form].askings.values():
            if asking.is_objective or asking.number in sitting.given:
                continue
            answer = sitting.answers.get(asking.number)
            if sitting.is_screen and is_empty(answer):
                continue
            number = numbers[sitting.id]
            text = str(answer) if sitting.is_screen else ON_PAPER
            marked = marks.get((asking.asked.id, number), Marked())
            found[asking.asked.id].append(ToMark(asking, sitting.form, number, text, marked))
    return found


def _scores(paper: PaperSet, sitting: Sitting, number: str, rules: Rules, marks: Marks) -> Scores:
    answers = {
        asking.asked.id: _scored(asking, sitting, rules, marks.get((asking.asked.id, number)))
        for asking in paper.forms[sitting.form].askings.values()
    }
    return Scores(
        number=number, form=sitting.form, is_screen=sitting.is_screen, seconds=sitting.seconds, answers=answers
    )


def _scored(asking: Asking, sitting: Sitting, rules: Rules, marked: Marked | None) -> Scored:
    answer = sitting.answers.get(asking.number)
    if asking.is_objective:
        found = mark(asking.asked, asking.keyed, answer, rules)
        points = in_points(worth(found.share, asking.asked.score))
        return Scored(
            points=points, is_omitted=is_empty(answer), chosen=tuple(_chosen(asking, answer)), hits=found.hits
        )
    if asking.number in sitting.given:
        return Scored(points=sitting.given[asking.number])
    if sitting.is_screen and is_empty(answer):
        return Scored(points=0, is_omitted=True)
    return Scored(points=points_of(marked, asking.asked.score))


def _chosen(asking: Asking, answer: Answer | None) -> Iterator[str]:
    """Name what was chosen by its lasting id, the same in every form."""
    if not isinstance(answer, str) or asking.asked.type not in ("单选", "多选", "判断"):
        return
    yield from sorted(asking.lasting.get(letter, letter) for letter in answer)


def _questions(paper: PaperSet) -> Iterator[Question]:
    places: dict[str, dict[str, Asking]] = {}
    for letter, asking in paper.askings():
        places.setdefault(asking.asked.id, {})[letter] = asking
    for name, by_form in places.items():
        first = next(iter(by_form.values()))
        options = (
            {"对": "对", "错": "错"}
            if first.asked.type == "判断"
            else dict(sorted(zip(first.keyed.order, first.asked.options, strict=False)))
        )
        key = _chosen(first, first.keyed.key if isinstance(first.keyed.key, str) else None)
        yield Question(
            id=name,
            type=first.asked.type,
            section=first.asked.type if not first.material else "案例分析",
            score=first.asked.score,
            stem=first.asked.stem,
            options=options,
            key=tuple(key),
            numbers={letter: asking.number for letter, asking in by_form.items()},
        )

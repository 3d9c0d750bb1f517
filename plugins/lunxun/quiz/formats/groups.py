"""Questions that come one after the other, with tags that say which are parts of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lunxun.findings import Place
from lunxun.quiz.formats.fields import read_texts
from lunxun.quiz.formats.plain_read import MAX_QUESTIONS
from lunxun.quiz.formats.rules import FORM, GUESS, Intake, Read, Said, is_sound, placed
from lunxun.quiz.formats.tags import OF_CASE


def add_question(
    intake: Intake, place: Place, name: str, texts: Mapping[str, str], options: Sequence[str], said: Sequence[Said]
) -> None:
    """Add a question that was read as named texts to an intake, to the case that it belongs to where there is one."""
    if len(intake.questions) == MAX_QUESTIONS:
        if not any("最多" in one.message for one in intake.findings):
            intake.findings.append(FORM.at(place, f"一个题库最多 {MAX_QUESTIONS} 题，从这里起没有读", "分成几个文件。"))
        return
    data, says = read_texts(texts, options)
    says = [*said, *says]
    case_id = texts.get(OF_CASE)
    index = next((at for at, one in enumerate(intake.questions) if case_id and one.data.get("id") == case_id), None)
    if case_id and index is None:
        says.append(Said(GUESS, f"没有找到它所属的案例“{case_id[:40]}”，当作单独的题"))
    intake.findings += placed(says, place, name)
    if data is None:
        return
    sound = is_sound(says)
    if index is None or data["type"] == "案例分析":
        intake.questions.append(Read(data, place, (), name, sound))
        return
    case = intake.questions[index]
    parts = [*case.data.get("questions", ()), data]
    places = (*case.parts, place)
    intake.questions[index] = Read(
        {**case.data, "questions": parts}, case.place, places, case.name, sound and case.is_sound
    )

"""Questions from elsewhere made into a draft bank: ids given, gaps marked, every question held against the model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from lunxun.findings import Finding, Place
from lunxun.library.basis import digest
from lunxun.library.impact import Target, find_target
from lunxun.library.library import Library, Link
from lunxun.quiz.formats.keys import TO_COME
from lunxun.quiz.formats.rules import FORM, GUESS, LEFT_OUT, MISSING, Data, Intake, Read
from lunxun.quiz.formats.template import template
from lunxun.records.bank import Bank
from lunxun.records.base import Slug
from lunxun.records.question import LEVELS, Origin
from lunxun.records.question_types import Question

RULE = "import"
NO_BASIS = "basis-to-come"
"""Stands for a basis that the file does not give: no record has this id, so that the checks complain of it."""

_SLUG: TypeAdapter[str] = TypeAdapter(Slug)
_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
_HEAD_TITLES = {"title": "标题", "summary": "简介", "topics": "主题", "audiences": "对象", "use": "用途"}
_NOWHERE_ELSE = ("review", "origin")
_ORDER = (
    *("id", "type", "case", "stem", "options", "key", "any_order", "extra", "rationale", "basis", "difficulty"),
    *("level", "topics", "score", "state", "retired", "enemies", "origin", "questions"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks of an import: the id of the bank, and what questions get that do not say it themselves."""

    bank: str
    basis: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class DraftBank:
    """A bank as plain data, what has to be said about it, and by question id the fields still to be written."""

    data: Data
    findings: tuple[Finding, ...]
    gaps: dict[str, list[str]]


def as_draft(intake: Intake, wanted: Wanted, library: Library, taken: Collection[str], file: str) -> DraftBank:
    """Make a bank of which each question is valid and waits for an editor.

    `taken` are the ids of all questions that exist. A question that the model refuses is left out, with an error.
    """
    maker = _Maker(wanted, library, set(taken))
    examples = {one.id: one.stem for one in template().questions}
    kept = [read for read in intake.questions if examples.get(read.data.get("id", "")) != read.data["stem"]]
    if len(kept) < len(intake.questions):
        maker.findings.append(LEFT_OUT.at(Place(file), f"模板自带的 {len(intake.questions) - len(kept)} 道例题没有读"))
    questions = [data for read in kept if read.is_sound and (data := maker.question(read)) is not None]
    maker.rename_enemies(questions)
    maker.say_what_is_missing()
    head = {
        "title": wanted.title or intake.head.get("title") or f"导入的题：{wanted.bank}",
        "summary": intake.head.get("summary") or f"{TO_COME}：这套题考什么、依据什么。",
        "topics": list(wanted.topics) or intake.head.get("topics", []),
        "audiences": intake.head.get("audiences", []),
        "state": "待核",
        "use": intake.head.get("use", "练习"),
        "questions": questions,
    }
    said = list(_of_head(head, file))
    filled = {name: value for name, value in head.items() if value}
    return DraftBank(filled, (*intake.findings, *maker.findings, *said), maker.gaps)


class _Maker:
    def __init__(self, wanted: Wanted, library: Library, taken: set[str]) -> None:
        self.wanted, self.library, self.taken = wanted, library, taken
        self.findings: list[Finding] = []
        self.missing: dict[str, list[tuple[str, Place]]] = {}
        self.gaps: dict[str, list[str]] = {}
        self.renamed: dict[str, str] = {}
        self.count = 0

    def question(self, read: Read) -> Data | None:
        """Complete a question and its parts, or say why it cannot be one."""
        before = len(self.findings)
        data = self._completed(read.data, read.place, read.name)
        if "questions" in read.data:
            places = (*read.parts, *[read.place] * len(read.data["questions"]))
            parts = zip(read.data["questions"], places, strict=False)
            data["questions"] = [
                self._completed(part, place, f"{read.name}（{number}）", data["basis"])
                for number, (part, place) in enumerate(parts, 1)
            ]
        self.findings += _complaints(data, read)
        is_refused = any(finding.rule == FORM.id for finding in self.findings[before:])
        return None if is_refused else _in_order(data)

    def _completed(self, given: Data, place: Place, name: str, of_case: Sequence[str] = ()) -> Data:
        data = {field: value for field, value in given.items() if field not in _NOWHERE_ELSE}
        data["id"] = self._id(given.get("id"), place, name)
        data["state"] = "待核"
        if not data.get("rationale"):
            data["rationale"] = f"{TO_COME}：解析"
            self._miss("解析", data["id"], name, place)
        if not data.get("basis"):
            data["basis"] = list(self.wanted.basis or of_case) or [NO_BASIS]
        if data["basis"] == [NO_BASIS]:
            self._miss("依据", data["id"], name, place)
        for field, title, value in (("difficulty", "难度", 3), ("level", "层次", LEVELS[0])):
            if data.get(field) is None:
                data[field] = value
                self._miss(title, data["id"], name, place)
        links = _links(self.library, data["basis"])
        if links is None and data["basis"] != [NO_BASIS]:
            named = "、".join(data["basis"])[:60]
            self.findings.append(
                MISSING.at(place, f"{name}：依据“{named}”在资料里找不到", "换成记录、条款或数据的编号。")
            )
        elif links is not None:
            data["origin"] = Origin(rule=RULE, digest=digest(self.library, links)).model_dump()
        return data

    def _id(self, given: str | None, place: Place, name: str) -> str:
        if given is not None:
            try:
                _SLUG.validate_python(given)
            except ValidationError:
                self.findings.append(
                    GUESS.at(place, f"{name}：题号“{given[:40]}”不合写法，另编了题号", "题号只用小写字母、数字和短横。")
                )
            else:
                if given not in self.taken:
                    self.taken.add(given)
                    return given
                self.findings.append(
                    GUESS.at(
                        place,
                        f"{name}：题号“{given}”已经有题在用，另编了题号",
                        "若是同一道题，改原来的题库，不要再收一份。",
                    )
                )
        while True:
            self.count += 1
            made = f"{self.wanted.bank[:56]}-{self.count}"
            if made not in self.taken:
                break
        self.taken.add(made)
        if given is not None:
            self.renamed.setdefault(given, made)
        return made

    def rename_enemies(self, questions: Sequence[Data]) -> None:
        """Let enemies name questions of this file by their new ids."""
        for data in _all(questions):
            if "enemies" in data:
                data["enemies"] = [self.renamed.get(enemy, enemy) for enemy in data["enemies"]]

    def _miss(self, title: str, question: str, name: str, place: Place) -> None:
        self.gaps.setdefault(question, []).append(title)
        self.missing.setdefault(title, []).append((name, place))

    def say_what_is_missing(self) -> None:
        """Name, once for each field, the questions that lack it."""
        remedies = {
            "依据": f"把 {NO_BASIS} 换成条款、数据或记录的编号；全部相同的，导入时写 --basis 编号。",
            "难度": "暂写 3，逐题改。",
            "层次": f"暂写{LEVELS[0]}，逐题改。",
        }
        for title, found in self.missing.items():
            names = "、".join(name for name, _ in found[:5]) + ("等" if len(found) > 5 else "")
            self.findings.append(
                MISSING.at(found[0][1], f"{len(found)} 题没有{title}：{names}", remedies.get(title, ""))
            )


def _complaints(data: Data, read: Read) -> Iterator[Finding]:
    """Say in Chinese what the model has against a question; nothing where a reader has said it already."""
    if data["type"] not in ("案例分析",) and "key" not in data:
        yield FORM.at(read.place, f"{read.name}：缺答案，没有写进题库")
        return
    try:
        _QUESTION.validate_python(data)
    except ValidationError as error:
        fields = dict.fromkeys(_field(detail["loc"]) for detail in error.errors(include_url=False))
        yield FORM.at(read.place, f"{read.name}：{'、'.join(fields)}不合题库的写法，没有写进题库")


def _field(loc: tuple[int | str, ...]) -> str:
    titles = {
        **{"stem": "题干", "options": "选项", "key": "答案", "rationale": "解析", "basis": "依据", "score": "分值"},
        **{"difficulty": "难度", "level": "层次", "topics": "主题", "enemies": "互斥题", "retired": "停用"},
        **{"extra": "多余右项", "case": "案例"},
    }
    named = [part for part in loc if part in titles]
    parts = ["小题"] if "questions" in loc else []
    return "的".join([*parts, titles[str(named[-1])]]) if named else "小题" if parts else "内容"


def _of_head(head: Data, file: str) -> Iterator[Finding]:
    """Drop what the model refuses at the head of the bank, and say so."""
    try:
        Bank.model_validate({**head, "questions": []})
    except ValidationError as error:
        for field in dict.fromkeys(str(detail["loc"][0]) for detail in error.errors(include_url=False)):
            yield LEFT_OUT.at(
                Place(file), f"题库开头的“{_HEAD_TITLES.get(field, field)}”不合写法，没有读", "在题库文件里改。"
            )
            head[field] = TO_COME if field in ("title", "summary") else None


def _links(library: Library, basis: Sequence[str]) -> list[Link] | None:
    """Resolve what a question rests on; None where any of it does not exist."""
    found = []
    for text in basis:
        link = _link(library, text)
        if link is None:
            return None
        found.append(link)
    return found


def _link(library: Library, text: str) -> Link | None:
    target = find_target(library, text)
    if not isinstance(target, Target):
        return None
    return Link(target.key, (), target.key, target.version, target.article, target.fact)


def _all(questions: Sequence[Data]) -> Iterator[Data]:
    for data in questions:
        yield data
        yield from data.get("questions", ())


def _in_order(data: Data) -> Data:
    found = {name: data[name] for name in _ORDER if name in data}
    if "questions" in found:
        found["questions"] = [_in_order(part) for part in found["questions"]]
    return found

"""A form of a paper as plain data, its key apart, and its 双向细目表."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lunxun.library.library import Library
from lunxun.library.paper_pool import Item, Part, placed_groups
from lunxun.quiz.asked import Asker, Data, in_form_order, in_points, placed_by_id
from lunxun.quiz.assembly_problem import Form, Problem, form_letter
from lunxun.records.paper import Paper
from lunxun.records.question import LEVELS
from lunxun.records.references import Key

FORMAT = 1
INSTRUCTIONS = {
    "单选": "每小题只有一个正确答案，多选、错选不得分。",
    "多选": "每小题至少有两个正确答案，多选、少选、错选均不得分。",
    "判断": "正确的写“对”，错误的写“错”。",
    "填空": "把答案写在横线上，一空一答。",
    "匹配": "在每个左项后面写上与它相配的右项的字母。",
    "排序": "照正确的次序写出各项的字母。",
    "简答": "分条作答，说清要点。",
    "论述": "观点明确，论据充分，结合实际。",
    "案例分析": "阅读材料，回答后面的问题。",
}
NOTES = (
    "答题前，先把单位、姓名填写清楚，写在密封线以内。",
    "答案写在答题卡上，写在试卷上的不计分。",
    "考试结束，试卷和答题卡一并交回。",
)


@dataclass(frozen=True, slots=True)
class Made:
    """One form: what the learner gets, what the trainer keeps, and what it is made of."""

    letter: str
    form: Data
    key: Data
    table: str
    listing: str


def made_forms(library: Library, key: Key, paper: Paper, problem: Problem, forms: Iterable[Form]) -> Iterator[Made]:
    """Write the forms that were picked for a blueprint."""
    for number, picked in enumerate(forms):
        letter = form_letter(number)
        items = _in_order(problem, picked, f"{problem.seed}/{key.id}/{letter}")
        form, answers = _written(library, paper, items, f"{problem.seed}/{key.id}/{letter}")
        head: Data = {"format": FORMAT, "paper": key.id, "form": letter, "title": paper.title}
        exam = {"mode": paper.mode, "minutes": paper.minutes, "total": paper.total, "notes": list(paper.notes or NOTES)}
        yield Made(
            letter,
            {**head, **exam, "sections": form},
            {**head, "seed": problem.seed, "items": answers},
            _table(library, items),
            _listing(library, items),
        )


def as_json(data: Data) -> str:
    """Write plain data as it goes into a file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _in_order(problem: Problem, picked: Form, seed: str) -> list[Item]:
    items = {problem.items[index].id: problem.items[index] for index in picked}
    sections = range(len(problem.counts))
    wanted = ((name for name in items if items[name].section == section) for section in sections)
    return [items[name] for names in wanted for name in in_form_order(seed, names)]


def _written(library: Library, paper: Paper, items: list[Item], seed: str) -> tuple[list[Data], list[Data]]:
    asker, groups = Asker(library, seed), placed_groups(library)
    sections: list[Data] = [
        {
            "type": section.type,
            "count": section.count,
            "score": section.score,
            "instructions": section.instructions or INSTRUCTIONS[section.type],
            "items": [],
        }
        for section in paper.sections
    ]
    answers: list[Data] = []
    for number, item in enumerate(items, start=1):
        asked, key = asker.ask(placed_by_id(groups, item.id), item.points)
        sections[item.section]["items"].append({"no": number, **asked})
        if item.parts[0].id == item.id:
            answers.append({"no": number, **key})
            continue
        parts = [asker.ask(placed_by_id(groups, part.id), part.points) for part in item.parts]
        sections[item.section]["items"][-1]["parts"] = [
            {"no": place, **asked} for place, (asked, _) in enumerate(parts, start=1)
        ]
        told = [{"no": place, **part_key} for place, (_, part_key) in enumerate(parts, start=1)]
        answers.append({"no": number, **key, "parts": told})
    return sections, answers


def _table(library: Library, items: Iterable[Item]) -> str:
    names = library.taxonomy.names("topics")
    parts = [part for item in items for part in item.parts]
    topics = [topic for topic in (*names, "") if any(part.topic == topic for part in parts)]
    rows = [["主题", *(f"{level}（{unit}）" for level in (*LEVELS, "合计") for unit in ("题", "分"))]]
    rows += [[names.get(topic, "未分主题"), *_cells([p for p in parts if p.topic == topic])] for topic in topics]
    rows.append(["合计", *_cells(parts)])
    total = sum(part.points for part in parts) or 1
    by_level = Counter[str]()
    for part in parts:
        by_level[part.level] += part.points
    percent = [text for level in LEVELS for text in ("", f"{by_level[level] / total:.1%}")]
    rows.append(["占比", *percent, "", "100%"])
    return _csv(rows)


def _cells(parts: list[Part]) -> list[str]:
    groups = [*([part for part in parts if part.level == level] for level in LEVELS), parts]
    return [text for group in groups for text in (str(len(group)), str(in_points(sum(part.points for part in group))))]


def _listing(library: Library, items: Iterable[Item]) -> str:
    names = library.taxonomy.names("topics")
    rows = [["题号", "编号", "题型", "主题", "认知层次", "难度", "分值", "题库"]]
    for number, item in enumerate(items, start=1):
        for place, part in enumerate(item.parts, start=1):
            shown = str(number) if part.id == item.id else f"{number}（{place}）"
            topic = names.get(part.topic, "")
            worth = str(in_points(part.points))
            rows.append([shown, part.id, part.type, topic, part.level, str(part.difficulty), worth, part.bank])
    return _csv(rows)


def _csv(rows: Iterable[list[str]]) -> str:
    # With a byte-order mark, without which spreadsheets take it for another encoding.
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + text.getvalue()

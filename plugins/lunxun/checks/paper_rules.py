"""Rules about blueprints: that they add up, and that the banks can answer them."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.rule import Rule
from lunxun.findings import Finding, RuleInfo
from lunxun.library.document import Path
from lunxun.library.library import Entry, Library
from lunxun.library.paper_demands import Demand, demands, reach
from lunxun.library.paper_pool import HALVES, placed_groups, pool, why_not
from lunxun.records.paper import Paper

PAPER_SUMS = RuleInfo(
    "paper-sums",
    "蓝图的题数和分数合得上",
    "各大题加起来不等于满分，印出来的卷子就错了。",
    "改题数、每题分值或满分。",
)
PAPER_QUESTIONS = RuleInfo(
    "paper-questions",
    "蓝图点名的题找得到、用得上",
    "题号写错等于没写：要避开的题会再考，必选的题会漏掉。",
    "核对题号；案例分析写整则材料的题号。",
)
PAPER_QUOTAS = RuleInfo(
    "paper-quotas",
    "蓝图的要求题库达得到",
    "题库里没有那么多题，怎样组卷都达不到。",
    "补题、多选几个题库，或放宽这一项。",
)


def papers_add_up(library: Library) -> Iterator[Finding]:
    """Find blueprints whose sections do not make the total, and two sections of one type."""
    for entry, paper in library.of(Paper):
        total = sum(section.count * section.score for section in paper.sections)
        if total != paper.total:
            message = f"各大题合计 {total:g} 分，满分是 {paper.total:g} 分"
            yield PAPER_SUMS.at(entry.document.place(("sections",), of_key=True), message)
        types = [section.type for section in paper.sections]
        for number, section in enumerate(paper.sections):
            path: Path = ("sections", number)
            if section.type in types[:number]:
                message = f"{section.type}写了两个大题"
                yield PAPER_SUMS.at(entry.document.place((*path, "type")), message, "合成一个大题。")
            if section.score * HALVES % 1:
                yield PAPER_SUMS.at(entry.document.place((*path, "score")), "分值不是半分的整数倍")
        if paper.overlap_min > paper.overlap:
            message = f"最少相同 {paper.overlap_min} 题，多于至多相同的 {paper.overlap} 题"
            yield PAPER_SUMS.at(entry.document.place(("overlap_min",)), message, "改 overlap 或 overlap_min。")


def named_questions_exist(library: Library) -> Iterator[Finding]:
    """Find ids in a blueprint that are no question, and questions that must be in but cannot be."""
    known = placed_groups(library)
    for entry, paper in library.of(Paper):
        types = {section.type for section in paper.sections}
        for path, name in _named(paper):
            if name not in known:
                if not library.unread:
                    yield PAPER_QUESTIONS.at(entry.document.place(path), f"没有题号“{name}”")
            elif path[0] != "exposure" and known[name][0].question.id != name:
                message = f"“{name}”是案例分析的小题，整则材料一起选"
                yield PAPER_QUESTIONS.at(entry.document.place(path), message, f"写成 {known[name][0].question.id}。")
            elif path[0] == "include":
                head = known[name][0].question
                reason = why_not(known[name], paper)
                if reason is None and head.type not in types:
                    reason = f"是{head.type}题，蓝图里没有这种大题"
                if reason is not None:
                    yield PAPER_QUESTIONS.at(entry.document.place(path), f"必选题“{name}”选不了：{reason}")


def quotas_can_be_met(library: Library) -> Iterator[Finding]:
    """Find demands that the questions at hand cannot meet, each looked at alone."""
    for entry, paper in library.of(Paper):
        items = pool(library, paper)
        for demand in demands(library, paper, items):
            if demand.path[0] != "include":
                yield from _out_of_reach(entry, demand, *reach(paper, items, demand))


def _out_of_reach(entry: Entry, demand: Demand, smallest: int, largest: int) -> Iterator[Finding]:
    place = entry.document.place(demand.path)
    if demand.low is not None and largest < demand.low:
        message = f"{demand.what}要 {demand.shown(demand.low)}，题库里最多能凑出 {demand.shown(largest)}"
        yield PAPER_QUOTAS.at(place, message)
    elif demand.high is not None and smallest > demand.high:
        message = f"{demand.what}不能超过 {demand.shown(demand.high)}，题库里最少也有 {demand.shown(smallest)}"
        yield PAPER_QUOTAS.at(place, message)


def _named(paper: Paper) -> Iterator[tuple[Path, str]]:
    for field, names in (("include", paper.include), ("exclude", paper.exclude)):
        for number, name in enumerate(names):
            yield (field, number), name
    for index, past in enumerate(paper.exposure.past if paper.exposure else ()):
        for number, name in enumerate(past.asked):
            yield ("exposure", "past", index, "asked", number), name


RULES = (
    Rule(PAPER_SUMS, papers_add_up),
    Rule(PAPER_QUESTIONS, named_questions_exist),
    Rule(PAPER_QUOTAS, quotas_can_be_met),
)

"""How good the rankings are: ours, Material's and a plain scan's, on the judged queries."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_search_browsers import DISK, Tab, base_address, open_engine, search, tabs
from bench_search_engines import MadeSource
from bench_search_rivals import material, plain_scan
from bench_search_site import FOLDER, PAGE, Content, make_bench_site
from console import say
from judged_queries import Answer, JudgedQuery, Score, load_queries, score
from lunxun.search.asked import understand
from lunxun.search.finder import find
from lunxun.search.upkeep import OpenIndex, open_index
from lunxun.search.whoosh_engine import WhooshEngine
from markdown_table import print_table

Wanted = Callable[[JudgedQuery], bool]
OURS = "轮训"
COMMAND = "命令行"
SHOWN = 4
SHOWN_HITS = 10
MEASURES: dict[str, Callable[[Score], float | None]] = {
    "nDCG@10": lambda found: found.ndcg,
    "第一条就对（success@1）": lambda found: found.success,
    "第一条就对；没有结果时看第一条建议": lambda found: found.suggested,
    "前十条里有": lambda found: found.found,
    "链接落到所在的条款": lambda found: found.place,
}


def print_quality(content: Content, with_misses: bool) -> None:
    """Print a table for each measure, with a row for each kind of query."""
    judged = load_queries()
    texts = [query.query for query in judged]
    answers = {
        OURS: ours(content, texts),
        COMMAND: command_line(content, texts),
        "Material＋jieba": material(content.documents, texts),
        "逐字扫描": plain_scan(content.documents, texts),
    }
    groups = {title: [wanted(query) for query in judged] for title, wanted in _groups(judged).items()}
    for name, value in MEASURES.items():
        rows = []
        for title, chosen in groups.items():
            scores = [_score(judged, found, chosen) for found in answers.values()]
            rows.append([title, str(scores[0].queries), *(_cell(value(found)) for found in scores)])
        print_table(f"{name}（{len(content.documents)} 条记录）", ["查询", "条数", *answers], rows)
    if with_misses:
        _print_misses(judged, answers[OURS])


def ours(content: Content, queries: Sequence[str]) -> list[Answer]:
    """Search with our engine in Chromium, from disk."""
    site = make_bench_site(content.documents, FOLDER / "judged", content.names)
    with tabs(("Chromium",)) as opened, base_address(site.folder, DISK) as base:
        tab = opened["Chromium"]
        tab.open(base + PAGE, base)
        open_engine(tab)
        return [_answer(tab, query) for query in queries]


def command_line(content: Content, queries: Sequence[str]) -> list[Answer]:
    """Search as `lunxun search` does, with its usual engine."""
    with tempfile.TemporaryDirectory() as cache:
        source = MadeSource(content.documents, content.names)
        index = open_index(Path(cache), WhooshEngine(), source, b"k" * 32, say)
        answers = [_asked(index, query) for query in queries]
        index.reader.close()
    return answers


def _asked(index: OpenIndex, query: str) -> Answer:
    found = find(index.reader, understand(query, index.names), SHOWN_HITS)
    then = find(index.reader, understand(found.suggestions[0], index.names), SHOWN_HITS) if found.suggestions else None
    return Answer(
        tuple(hit.document.address for hit in found.hits),
        tuple(hit.excerpt.anchor for hit in found.hits),
        tuple(hit.document.address for hit in then.hits) if then and not found.hits else (),
    )


def _answer(tab: Tab, query: str) -> Answer:
    found = search(tab, query)
    hits, suggestions = found["hits"], found["suggestions"]
    then = search(tab, suggestions[0]["query"])["hits"] if suggestions and not hits else []
    return Answer(
        tuple(hit["address"] for hit in hits),
        tuple(hit["anchor"] for hit in hits),
        tuple(hit["address"] for hit in then),
    )


def _groups(judged: Sequence[JudgedQuery]) -> dict[str, Wanted]:
    return {
        **{kind: _is_of(kind) for kind in dict.fromkeys(query.kind for query in judged)},
        "**调整排序用的三分之二**": lambda query: not query.held_out,
        "**留出的三分之一**": lambda query: query.held_out,
        "**全部**": lambda _: True,
    }


def _is_of(kind: str) -> Wanted:
    return lambda query: query.kind == kind


def _score(judged: Sequence[JudgedQuery], answers: Sequence[Answer], chosen: Sequence[bool]) -> Score:
    return score((query, answer) for query, answer, is_in in zip(judged, answers, chosen, strict=True) if is_in)


def _cell(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _print_misses(judged: Sequence[JudgedQuery], answers: Sequence[Answer]) -> None:
    """List the queries whose first result is wrong; those held out stay unseen."""
    say("\n第一条不对的查询（不含留出的）\n")
    for query, answer in zip(judged, answers, strict=True):
        if not query.held_out and score([(query, answer)]).success == 0:
            first = "、".join(f"{one}={query.grades.get(one, 0)}" for one in answer.addresses[:SHOWN]) or "没有结果"
            say(f"- {query.kind}“{query.query}”：{first}")

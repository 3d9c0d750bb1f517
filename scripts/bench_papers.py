"""Time the assembly of papers from made questions, and print time and gap as a Markdown table."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from console import make_output_safe, say
from lunxun.quiz import assembly_exact, assembly_search
from lunxun.quiz.assembly_problem import Assembly, Problem
from lunxun.records.paper import Paper
from made_items import blueprint, made_problem
from markdown_table import print_table

TOPICS = 10
SECTIONS = [
    {"type": "单选", "count": 25, "score": 1},
    {"type": "多选", "count": 10, "score": 2},
    {"type": "判断", "count": 10, "score": 1},
    {"type": "简答", "count": 3, "score": 5},
    {"type": "案例分析", "count": 2, "score": 15},
]


def main(arguments: Sequence[str]) -> int:
    """Print what each way of solving costs and reaches."""
    make_output_safe()
    parser = argparse.ArgumentParser(prog="bench_papers.py")
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--forms", type=int, default=4)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args(arguments)
    rows = []
    for overlap in (0, 10):
        paper = made_blueprint(options.forms, overlap)
        for seed in range(options.seeds):
            problem = made_problem(paper.model_copy(update={"seed": seed}), options.questions, TOPICS, f"bench-{seed}")
            rows += [_row(problem, overlap, seed, name) for name in ("精确", "近似")]
    head = ["至多相同", "种子", "解法", "秒", "难度最大差", "下界", "离目标", "达不到的要求"]
    print_table(f"{options.questions} 题、{options.forms} 套，每套 50 题", head, rows)
    return 0


def made_blueprint(forms: int, overlap: int) -> Paper:
    """Make a blueprint of 50 items with quotas for every topic and level."""
    quotas = [{"topic": f"t{number}", "score": {"min": 5, "max": 15}} for number in range(TOPICS)]
    levels = [
        {"level": "识记", "score": {"max": 30}},
        {"level": "理解", "score": {"min": 20}},
        {"level": "应用", "score": {"min": 25}},
        {"level": "分析", "count": {"min": 5, "max": 15}},
    ]
    return blueprint(
        sections=SECTIONS,
        forms=forms,
        overlap=overlap,
        quotas=[*quotas, *levels],
        difficulty={"target": 2.75, "tolerance": 0.1},
    )


def _row(problem: Problem, overlap: int, seed: int, name: str) -> list[str]:
    if name == "精确" and not assembly_exact.is_there():
        return [str(overlap), str(seed), name, "没有装 OR-Tools", "", "", "", ""]
    start = time.perf_counter()
    found: Assembly | None = assembly_exact.solve(problem) if name == "精确" else assembly_search.search(problem)
    seconds = f"{time.perf_counter() - start:.2f}"
    if found is None:
        return [str(overlap), str(seed), name, seconds, "没有解出", "", "", ""]
    say(f"{name}，至多相同 {overlap}，种子 {seed}：{seconds} 秒")
    hard = [problem.hardness(form) / problem.points for form in found.forms]
    off = max(abs(mean - (problem.target or 0) / problem.points) for mean in hard)
    bound = f"{found.bound / problem.points:.4f}" if found.is_exact else "不知"
    spread = f"{found.spread / problem.points:.4f}"
    return [str(overlap), str(seed), name, seconds, spread, bound, f"{off:.4f}", str(len(found.shortfalls))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`lunxun paper make`: parallel forms of equal difficulty from a blueprint."""

from __future__ import annotations

import argparse
import os
import shutil
import time
from pathlib import Path

from lunxun.checks.register import check, rule_infos
from lunxun.cli.codes import FINDINGS, FINE, refuse
from lunxun.cli.parsing import Verbs, add_content_option
from lunxun.findings import Finding, Severity, in_order
from lunxun.library.library import Entry, Library
from lunxun.library.load import Loaded, load
from lunxun.quiz import assembly_exact
from lunxun.quiz.assembly import assemble
from lunxun.quiz.assembly_problem import Assembly, Problem, form_letter, problem_of
from lunxun.quiz.form import Made, as_json, made_forms
from lunxun.records.paper import Paper
from lunxun.records.references import Key
from lunxun.report.text import as_text

_NOT_INSTALLED = '没有装 OR-Tools。要精确求解，先运行 pip install "lunxun[papers]"；不装也能组卷，用 --solver search。'
_MOST_FORMS, _LARGEST_SEED = 20, 10**9


def add(verbs: Verbs) -> None:
    """Add the verb to the parser."""
    verb = verbs.add_parser(
        "make",
        help="组卷",
        description="照蓝图从题库抽题，出难度相同的几套卷：试卷、答案、双向细目表各一个文件。同一种子结果相同。",
    )
    add_content_option(verb)
    verb.add_argument("blueprint", metavar="蓝图", help="quizzes/papers 里的编号，如 township-final")
    verb.add_argument("-o", "--output", type=Path, metavar="文件夹", help="写到哪里，默认“试卷-编号”；不能已经存在")
    verb.add_argument("--forms", type=int, metavar="套数", help="出几套，不写就照蓝图")
    verb.add_argument("--seed", type=int, metavar="种子", help="不写就照蓝图；换一个数就换一批题")
    verb.add_argument(
        "--solver",
        choices=["exact", "search"],
        help="exact 精确求解（要装 OR-Tools），search 近似搜索；不写就装了哪个用哪个",
    )
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    key = Key(Paper.kind, Path(options.blueprint).name.removesuffix(".yml"))
    output = options.output or Path(f"试卷-{key.id}")
    refusal = _refusal(options, output)
    if refusal is not None:
        return refuse(refusal)
    loaded = load(options.content, quizzes=options.quizzes)
    paper = _with_options(loaded.library.entries.get(key), options)
    if isinstance(paper, str):
        unread = [one for one in loaded.findings if one.place.file.endswith(f"/{Paper.folder}/{key.id}.yml")]
        if not unread:
            return refuse(paper)
        print(as_text(in_order(unread), rule_infos()))
        return FINDINGS
    problem = problem_of(loaded.library, paper)
    faults = _faults(loaded, key, problem)
    if faults:
        print(as_text(faults, rule_infos()))
        print("先改正这些错误，再组卷。")
        return FINDINGS
    return _make(loaded.library, key, paper, problem, options.solver, output)


def _refusal(options: argparse.Namespace, output: Path) -> str | None:
    if not options.content.is_dir():
        return f"没有内容文件夹 {options.content}。请在项目的顶层文件夹里运行。"
    if options.solver == "exact" and not assembly_exact.is_there():
        return _NOT_INSTALLED
    if output.exists() or output.is_symlink():
        return f"{output} 已经存在，换一个文件夹，或先移走它。"
    return None


def _with_options(entry: Entry | None, options: argparse.Namespace) -> Paper | str:
    """Give the blueprint as the options change it, or say in Chinese why there is none."""
    if entry is None or not isinstance(entry.record, Paper):
        return f"没有试卷蓝图“{options.blueprint}”。运行 lunxun new paper 编号 新建一个。"
    forms = entry.record.forms if options.forms is None else options.forms
    seed = entry.record.seed if options.seed is None else options.seed
    if not 1 <= forms <= _MOST_FORMS:
        return f"--forms 写 1 到 {_MOST_FORMS}。"
    if not 0 <= seed <= _LARGEST_SEED:
        return f"--seed 写 0 到 {_LARGEST_SEED}。"
    return entry.record.model_copy(update={"forms": forms, "seed": seed})


def _faults(loaded: Loaded, key: Key, problem: Problem) -> tuple[Finding, ...]:
    # A question with a wrong key must not be asked, so errors in the banks count as well.
    banks = {part.bank for item in problem.items for part in item.parts}
    keys = (key, *(Key("bank", bank) for bank in sorted(banks)))
    files = {loaded.library.entries[one].document.file for one in keys}
    found = (*loaded.findings, *check(loaded.library))
    return in_order(one for one in found if one.place.file in files and one.severity is Severity.ERROR)


def _make(library: Library, key: Key, paper: Paper, problem: Problem, solver: str | None, output: Path) -> int:
    started = time.perf_counter()
    assembly = assemble(problem, None if solver is None else solver == "exact")
    seconds = time.perf_counter() - started
    if assembly.shortfalls:
        print(_sorry(assembly))
        return FINDINGS
    made = tuple(made_forms(library, key, paper, problem, assembly.forms))
    refusal = _write(output, made)
    if refusal is not None:
        return refuse(refusal)
    print(_told(paper, problem, assembly, seconds))
    print(f"写在 {output}：form 是试卷，key 是答案，table 是双向细目表，items 是逐题细目。答案另行保管。")
    return FINE


def _told(paper: Paper, problem: Problem, assembly: Assembly, seconds: float) -> str:
    lines = [
        f"可用 {len(problem.items)} 题，出 {len(assembly.forms)} 套，每套 {paper.total:g} 分、{paper.minutes} 分钟。"
    ]
    for number, form in enumerate(assembly.forms):
        parts = sum(len(problem.items[index].parts) for index in form)
        mean = f"{problem.hardness(form) / problem.points:.3f}"
        lines.append(f"{form_letter(number)} 卷：{parts} 小题，平均难度 {mean}。")
    spread, bound = assembly.spread / problem.points, assembly.bound / problem.points
    if not assembly.is_exact:
        how = "近似搜索，也许还能更小"
    elif assembly.spread == assembly.bound:
        how = "已证明不能再小"
    else:
        how = f"最好也许能到 {bound:.3f}"
    lines.append(f"各套难度最大相差 {spread:.3f}（{how}），用时 {seconds:.1f} 秒。")
    return "\n".join(lines)


def _sorry(assembly: Assembly) -> str:
    if assembly.is_exact:
        least = "放宽最少时" if assembly.is_least else "最接近的一次"
        head = f"没有能满足全部要求的组卷办法。{least}，下面这些要求达不到："
    else:
        head = "没有找到能满足全部要求的组卷办法（没有证明一定没有）。最接近的一次，下面这些要求没有达到："
    return "\n".join([head, *(f"  {one}" for one in assembly.shortfalls), "补题，或放宽其中几项，再试。"])


def _write(output: Path, made: tuple[Made, ...]) -> str | None:
    """Write all files beside, then rename; say in Chinese why they could not be written."""
    beside = output.with_name(f"{output.name}.making-{os.getpid()}")
    try:
        beside.mkdir(parents=True)
        for one in made:
            name = one.letter.lower()
            texts = {
                f"form-{name}.json": as_json(one.form),
                f"key-{name}.json": as_json(one.key),
                f"table-{name}.csv": one.table,
                f"items-{name}.csv": one.listing,
            }
            for file, text in texts.items():
                (beside / file).write_bytes(text.encode("utf-8"))
        beside.rename(output)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        return f"写不进 {output}（系统错误 {error.errno}）。检查文件夹和权限。"
    return None

"""Measure builds of made libraries, cold and after edits, and print the tables."""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench_build_measure import Run, peak_bytes, run, tree_bytes
from bench_build_peers import BARE, PEERS, SAME, SAME_TEXT, Peer, Texts, prepare_peers
from console import ScriptError, make_output_safe, say
from environment import ROOT, child_environment
from lunxun.library.load import load
from lunxun.site.addresses import of_record
from lunxun.site.prose import ProseRenderer
from lunxun.site.search_documents import search_documents
from made_library import make_library
from markdown_table import print_table
from speed_up import ensure_compiled

FOLDER = ROOT / ".cache" / "bench-build"
SIZES = (100, 1000, 10_000)
ROUNDS = 3
NOT_READY = 2
MB = 1_000_000
_BESIDE = (BARE, SAME_TEXT, SAME)
HEADS = ["规模", "做什么", "用时 秒", "处理器 秒", "内存峰值 MB", "输出 MB", *(f"与 {one} 之比" for one in _BESIDE)]
# What was made before is moved here, and deleted when all is measured: for some seconds after thousands of files were
# deleted, ext4 takes several times as long to make new ones.
_ASIDE = FOLDER / "aside"
_BUILD = (sys.executable, "-m", "lunxun", "build")
_THEME = "plugins/lunxun/site/theme"


def main(arguments: Sequence[str]) -> int:
    """Measure every size that was asked for."""
    make_output_safe()
    parser = argparse.ArgumentParser(prog="bench_build.py")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--peers", nargs="*", choices=[peer.name for peer in PEERS])
    parser.add_argument("--cold", action="store_true")
    options = parser.parse_args(arguments)
    names = [peer.name for peer in PEERS] if options.peers == [] else options.peers or []
    peers = [peer for peer in PEERS if peer.name in names]
    try:
        ensure_compiled(Path(sys.executable))
        programs = prepare_peers() if peers else Path()
        rows = [
            row
            for size in options.sizes
            for row in _rows(size, options.rounds, peers, programs, cold_only=options.cold)
        ]
    except ScriptError as reason:
        say(str(reason))
        return NOT_READY
    finally:
        shutil.rmtree(_ASIDE, ignore_errors=True)
    print_table(f"生成网站（{options.rounds} 次的中位数）", HEADS, rows)
    return 0


def _rows(size: int, rounds: int, peers: Sequence[Peer], programs: Path, *, cold_only: bool) -> Iterator[list[str]]:
    project = make_project(size)
    ours = _Contestant("从头生成", _BUILD, project, project / "site", child_environment())
    ours.run()
    plain = {**ours.environment, "LUNXUN_COMPILED": "0"}
    sources = replace(ours, name="从头生成（不编译）", environment=plain, runs=[])
    theirs = _peers(project, peers, programs) if peers else []
    # One after the other in every round, so that a slow minute of the machine is slow for all.
    for _ in range(rounds):
        for one in (ours, sources):
            _forget(project)
            one.run()
        for peer in theirs:
            put_aside(peer.output)
            peer.run()
    del ours.runs[0]
    hugo = [next((peer.wall for peer in theirs if peer.name == one), None) for one in _BESIDE]
    say(ours.runs[-1].output)
    for one in (ours, sources, *theirs):
        if one not in theirs:
            _forget(project)
        put_aside(one.output)
        yield one.row(f"{size:,}", one.peak(), hugo)
    for title, change in {} if cold_only else _CHANGES.items():
        edited = replace(ours, name=title, runs=[])
        for number in range(rounds):
            change(project, number)
            edited.run()
        say(f"{title}：\n{edited.runs[-1].output}")
        change(project, rounds)
        yield edited.row(f"{size:,}", edited.peak(), hugo)


@dataclass(frozen=True, slots=True)
class _Contestant:
    """A command that makes a site, and how it went."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    output: Path
    environment: Mapping[str, str]
    runs: list[Run] = field(default_factory=list)

    def run(self) -> None:
        """Run it once more."""
        self.runs.append(run(self.command, self.folder, self.environment))

    def peak(self) -> int:
        """Run it for its memory only."""
        return peak_bytes(self.command, self.folder, self.environment)

    @property
    def wall(self) -> float:
        """Give the median time that it took."""
        return statistics.median(one.wall for one in self.runs)

    def row(self, size: str, peak: int, hugo: Sequence[float | None]) -> list[str]:
        """Word what it cost, beside each Hugo."""
        cpu = statistics.median(one.cpu for one in self.runs)
        ratios = [f"{self.wall / wall:.2f}" if wall else "—" for wall in hugo]
        cells = (f"{self.wall:.2f}", f"{cpu:.2f}", f"{peak / MB:.0f}", f"{tree_bytes(self.output) / MB:.1f}")
        return [size, self.name, *cells, *ratios]


def _peers(project: Path, peers: Sequence[Peer], programs: Path) -> list[_Contestant]:
    """Write the projects of the peers, with the texts of ours."""
    texts = _texts(project / "content", programs)
    environment = {"PATH": str(programs), **child_environment()}
    found = []
    for peer in peers:
        folder = FOLDER / peer.name
        put_aside(folder)
        peer.write(texts, folder, project / "site")
        command = [str(programs / peer.command[0]), *peer.command[1:]]
        found.append(_Contestant(peer.name, command, folder, folder / peer.output, environment))
    return found


def _nothing(project: Path, number: int) -> None:
    """Change nothing."""


def _one_record(project: Path, number: int) -> None:
    path = sorted((project / "content" / "cases").iterdir())[7 * number + 3]
    text = path.read_text("utf-8")
    at = text.index("background:")
    path.write_text(text[:at] + text[at:].replace("。", f"，改了{'一二三四五六七八九'[number % 9]}次。", 1), "utf-8")


def _one_template(project: Path, number: int) -> None:
    path = project / "theme" / "partials" / "footer.html"
    path.write_text(path.read_text("utf-8") + f"<!-- {number} -->\n", "utf-8")


_CHANGES: dict[str, Callable[[Path, int], None]] = {
    "什么都没改": _nothing,
    "改一条记录": _one_record,
    "改一个模板": _one_template,
}


def make_project(size: int) -> Path:
    """Make a project of so many records, always the same."""
    project = FOLDER / f"lunxun-{size}"
    put_aside(project)
    project.mkdir(parents=True)
    make_library(ROOT / "content", project / "content", size)
    shutil.copytree(ROOT / _THEME, project / "theme")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(settings.replace(_THEME, "theme"), "utf-8")
    return project


def _texts(content: Path, programs: Path) -> Texts:
    library = load(content).library
    links: dict[str, dict[str, None]] = {}
    for link in library.links:
        if not library.entries[link.target].is_hidden:
            links.setdefault(of_record(link.source), {})[of_record(link.target)] = None
    documents = tuple(search_documents(ProseRenderer(library)))
    return Texts(documents, {source: tuple(targets) for source, targets in links.items()}, programs)


def _forget(project: Path) -> None:
    put_aside(project / ".cache")
    put_aside(project / "site")


def put_aside(path: Path) -> None:
    """Move what was made before out of the way."""
    if path.exists():
        _ASIDE.mkdir(parents=True, exist_ok=True)
        path.rename(_ASIDE / f"{len(list(_ASIDE.iterdir()))}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

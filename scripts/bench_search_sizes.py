"""What the index and a typical query cost, at several sizes, in both browsers, from disk and over http."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench_search_browsers import PLACES, Cost, base_address, measure, tabs
from bench_search_site import FOLDER, BenchSite, Content, add_results_page, build_whole_site, make_bench_site
from made_records import Vocabulary, made_documents, typical_queries
from markdown_table import print_table

QUERIES = 49
KB, MB = 1000, 1_000_000
SIZE_HEADS = ["规模", "文字 MB", "索引 MB", "索引／文字", "存文字 MB", "建索引 秒"]
COST_HEADS = [
    "规模", "浏览器", "打开方式", "启动文件 KB", "每次查询 KB", "最多 KB", "首次 ms", "换词 ms", "重复 ms",
    "打开结果页 ms", "堆 MB",
]  # fmt: skip


def print_sizes(content: Content, counts: Iterable[int], browsers: Sequence[str]) -> None:
    """Print both tables; the size 0 stands for the real content."""
    built_site = build_whole_site()
    vocabulary = Vocabulary.of(content.documents)
    built: list[list[str]] = []
    costs: list[list[str]] = []
    for count in counts:
        library = list(made_documents(vocabulary, count)) if count else list(content.documents)
        site = make_bench_site(library, FOLDER / str(count), content.names)
        add_results_page(site, built_site)
        name = f"{count:,}" if count else f"本库 {site.documents}"
        built.append([name, *_size_cells(site)])
        costs += [[name, *cells] for cells in _costs(site, typical_queries(library, QUERIES), browsers)]
    print_table("索引的大小", SIZE_HEADS, built)
    print_table("四字查询的开销（中位数）", COST_HEADS, costs)


def _costs(site: BenchSite, queries: Sequence[str], browsers: Sequence[str]) -> Iterable[list[str]]:
    with tabs(browsers) as opened:
        for name, tab in opened.items():
            for place in PLACES:
                with base_address(site.folder, place) as base:
                    yield [name, place, *_cost_cells(measure(tab, base, site.folder, queries))]


def _size_cells(site: BenchSite) -> list[str]:
    return [
        f"{site.text_bytes / MB:.2f}",
        f"{site.index_bytes / MB:.2f}",
        f"{site.index_bytes / site.text_bytes:.2f}",
        f"{site.stored_bytes / MB:.2f}",
        f"{site.seconds:.1f}",
    ]


def _cost_cells(cost: Cost) -> list[str]:
    # Firefox reports no requests for files.
    sizes = [
        f"{value / KB:.0f}" if value else "—" for value in (cost.start_bytes, cost.query_bytes, cost.most_query_bytes)
    ]
    milliseconds = [f"{value:.1f}" for value in (cost.cold_ms, cost.next_ms, cost.again_ms)]
    return [*sizes, *milliseconds, _known(cost.page_ms), _known(cost.heap_mb)]


def _known(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"

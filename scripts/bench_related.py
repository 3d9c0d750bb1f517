"""Time “相关内容” and the search for near-duplicates over made records, and print a Markdown table."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bench_search_site import real_content
from console import make_output_safe
from lunxun.search.affected import affected, signatures_of
from lunxun.search.features import read_features
from lunxun.search.related import related
from lunxun.search.said import said_in_document
from lunxun.search.signatures import SignatureIndex
from made_records import Vocabulary, made_documents
from markdown_table import print_table

T = TypeVar("T")
COUNT = 8


def main(arguments: Sequence[str]) -> int:
    """Print what each step costs, in seconds of the processor."""
    make_output_safe()
    parser = argparse.ArgumentParser(prog="bench_related.py")
    parser.add_argument("--records", type=int, default=10_000)
    count = parser.parse_args(arguments).records
    documents = list(made_documents(Vocabulary.of(real_content().documents), count))
    rows: list[list[str]] = []

    def timed(step: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        done = work()
        rows.append([step, f"{time.process_time() - start:.2f}"])
        return done

    said = timed("汇集文字", lambda: [said_in_document(document) for document in documents])
    features = timed("读出特征（含近似重复的指纹）", lambda: read_features(said))
    index = timed("建索引", lambda: SignatureIndex(features))
    lists = timed("全部相关内容", lambda: related(index, COUNT))
    timed("近似重复的候选", lambda: list(index.near_duplicates()))
    edited = replace(documents[0], title=documents[1].title)
    changed = read_features([said_in_document(edited)])
    new = timed("改一条：重建索引", lambda: SignatureIndex(features.renewed(features.ids, changed)))
    touched = timed("改一条：找出受影响的", lambda: affected(signatures_of(index), new))
    again = timed(f"改一条：重算{len(touched)}条", lambda: related(new, COUNT, wanted=touched))
    assert {**lists, **again} == related(new, COUNT)
    print_table(f"相关内容与近似重复（{count} 条造出来的记录，CPU 秒）", ["步骤", "秒"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

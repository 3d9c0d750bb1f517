"""Runs of the command line's index in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from lunxun.search.port import Entry
from lunxun.search.whoosh_engine import WhooshEngine
from tests.search.indexes import DOCUMENTS, ENGINES, Given, Shelf, document

KILLED = 9
ROUNDS = 4


class DyingEngine(WhooshEngine):
    """An engine whose process ends in the middle of writing, as if it were killed."""

    def write(self, folder: Path, files: Mapping[str, bytes], gone: Iterable[str], entries: Iterable[Entry]) -> None:
        super().write(folder, files, gone, entries)
        for path in folder.iterdir():
            path.write_bytes(path.read_bytes()[:100])
        os._exit(KILLED)


def write_and_die(cache: Path) -> None:
    """Begin to bring an index up to date."""
    Shelf(cache, DyingEngine()).search(Given(DOCUMENTS[:1], "2"), "网格")


def write_and_read(cache: Path, engine: str, number: int) -> None:
    """Write states of its own again and again, in spite of others, and find what each holds."""
    shelf = Shelf(cache, ENGINES[engine]())
    for round_ in range(ROUNDS):
        word = f"甲{number}乙{round_}"
        own = document("own", word, f"写明{word}。")
        found = shelf.search(Given((*DOCUMENTS, own), f"{number}-{round_}"), word)
        assert found.total == 1 and not found.is_partial, found


def run(target: object, *arguments: object) -> multiprocessing.context.SpawnProcess:
    """Start a process."""
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    return process

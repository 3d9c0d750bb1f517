"""The search of the built site finds exactly what a scan of all texts finds, in a real browser, from disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest

from bench_search_site import real_content
from lunxun.search.document import SearchDocument
from tests.browser.chromium import Chromium
from tests.search.brute_force import Sample, find, samples, whole_texts

pytestmark = pytest.mark.browser

SEED, COUNT = 20261122, 600
ADDRESSES = """
(async () => {
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "assets/lunxun/search-engine.js";
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const engine = await LunxunSearch.open("./");
  const found = [];
  for (const query of QUERIES) found.push((await engine.addresses(query)).sort());
  return found;
})()
"""


@pytest.fixture(scope="module")
def documents() -> Sequence[SearchDocument]:
    """Read the project's own content, which the built site was made of."""
    return real_content().documents


@pytest.fixture(scope="module")
def texts(documents: Sequence[SearchDocument]) -> Mapping[str, str]:
    """Give the whole text of each page by its address."""
    return whole_texts(documents)


def addresses(chromium: Chromium, file_url: str, queries: list[str]) -> list[list[str]]:
    visit = chromium.open(file_url + "404.html", file_url)
    found = chromium.evaluate(ADDRESSES.replace("QUERIES", json.dumps(queries)))
    assert visit.complaints == []
    assert isinstance(found, list)
    return found


def test_any_stretch_of_any_text_is_found_where_it_stands_and_nowhere_else(
    chromium: Chromium, file_url: str, documents: Sequence[SearchDocument], texts: Mapping[str, str]
) -> None:
    chosen = samples(documents, COUNT, SEED)
    found = addresses(chromium, file_url, [sample.typed for sample in chosen])
    assert [wrong(*pair, texts) for pair in zip(chosen, found, strict=True) if wrong(*pair, texts)] == []


def wrong(sample: Sample, found: list[str], texts: Mapping[str, str]) -> str:
    """Say what was missed and what was found without being there, if anything."""
    expected = find(texts, sample.stretch)
    missed, extra = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    return f"{sample.typed!r}: missed {missed[:3]}, extra {extra[:3]}" if missed or extra else ""


def test_words_are_all_required_and_excluded_ones_absent(
    chromium: Chromium, file_url: str, texts: Mapping[str, str]
) -> None:
    pairs = [("网格", "盐城"), ("一肩挑", "比例"), ("支部", "学时"), ("GitHub", "条例"), ("2021", "换届")]
    both = addresses(chromium, file_url, [f"{first} {second}" for first, second in pairs])
    only = addresses(chromium, file_url, [f"{first} -{second}" for first, second in pairs])
    for (first, second), found, without in zip(pairs, both, only, strict=True):
        with_first, with_second = set(find(texts, first)), set(find(texts, second))
        assert set(found) == with_first & with_second, (first, second)
        assert set(without) == with_first - with_second, (first, second)


def test_what_stands_nowhere_is_not_found(chromium: Chromium, file_url: str) -> None:
    absent = ["网格盐城", "支委会议纪要本", "zzqq", "987654321", "“一肩挑网格”", "龘龘"]
    assert addresses(chromium, file_url, absent) == [[] for _ in absent]

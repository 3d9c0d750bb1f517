"""Somebody who types a document and an article gets the document first, and the article where it is registered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_search_site import real_content
from lunxun.search.document import SearchDocument
from lunxun.text.numerals import chinese_number
from tests.search.engine import NodeEngine, write_index

ARTICLE = re.compile("第([一二三四五六七八九十百]+)条")
NOT_REGISTERED = 499


@pytest.fixture(scope="module")
def policies() -> list[SearchDocument]:
    return [document for document in real_content().documents if document.kind == "policy"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_index(tmp_path_factory.mktemp("index") / "real", real_content().documents)


@pytest.fixture(scope="module")
def engine() -> Iterator[NodeEngine]:
    started = NodeEngine()
    yield started
    started.close()


def _anchors(policy: SearchDocument) -> dict[str, list[str]]:
    """Map the articles of a policy to their places, those of the latest version first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part in policy.parts:
        if match := ARTICLE.match(part.text):
            found[match[1]].append(part.anchor)
    return found


def test_every_registered_article_is_led_to(engine: NodeEngine, index: Path, policies: list[SearchDocument]) -> None:
    wanted = {
        query: (policy.address, anchors[0])
        for policy in policies
        for article, anchors in _anchors(policy).items()
        for query in (
            f"{policy.title}第{article}条",
            f"《{policy.title}》第{chinese_number(article)}条",
            f"{policy.title} {article}条",
            f"第{chinese_number(article)}条 {policy.title}",
        )
    }
    answers = engine.search(index, list(wanted))
    found = {
        query: (answer["hits"][0]["address"], answer["hits"][0]["anchor"])
        for query, answer in zip(wanted, answers, strict=True)
    }
    assert len(wanted) > 200
    assert {query: (found[query], wanted[query]) for query in wanted if found[query] != wanted[query]} == {}
    assert not any(answer["partial"] for answer in answers)


def test_an_article_that_is_not_there_leads_to_its_document_and_says_so(
    engine: NodeEngine, index: Path, policies: list[SearchDocument]
) -> None:
    queries = [f"《{policy.title}》第{NOT_REGISTERED}条" for policy in policies]
    for policy, answer in zip(policies, engine.search(index, queries), strict=True):
        assert answer["hits"][0]["address"] == policy.address
        assert answer["partial"] and f"第{NOT_REGISTERED}条" in answer["warnings"][0]

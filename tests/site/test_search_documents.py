"""What search is given of a record: what readers look for, not what is kept for the record."""

from __future__ import annotations

from pathlib import Path

from lunxun.library.load import load
from lunxun.search.document import SearchDocument
from lunxun.site.prose import ProseRenderer
from lunxun.site.search_documents import search_documents
from tests.contents import append, edit

_EVIDENCE = """\
evidence:
  - page: http://news.example.cn/2023-03/01/content_1.htm
    shows: 释义和由来
  - page: example.org/wangge（转载页）
    shows: 释义和由来
"""


def _documents(content: Path) -> dict[str, SearchDocument]:
    return {found.address: found for found in search_documents(ProseRenderer(load(content).library))}


def test_addresses_of_evidence_are_not_searched(good_content: Path) -> None:
    append(good_content, "terms/grid-term", _EVIDENCE)
    indented = "".join(f"    {line}\n" for line in _EVIDENCE.splitlines())
    edit(good_content, "policies/grid-rules", "    in_force: 2023-03\n", f"    in_force: 2023-03\n{indented}")
    for address in ("terms/grid-term.html", "policies/grid-rules.html"):
        texts = [part.text for part in _documents(good_content)[address].parts]
        assert texts.count("释义和由来") == 1, "what the pages show is searched, and said once"
        assert not any("example" in text or "转载页" in text for text in texts)


def test_a_clause_leads_to_its_anchor(good_content: Path) -> None:
    parts = _documents(good_content)["policies/grid-rules.html"].parts
    clause = next(part for part in parts if part.text.startswith("第十四条第二款"))
    assert (clause.anchor, clause.heading) == ("v-2023-14-2", "2023版第十四条第二款")

"""References are read in exactly one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.records.references import FactReference, Reference, parse_fact_reference, parse_reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("grid-rules", Reference(None, "grid-rules")),
        ("policy:grid-rules", Reference("policy", "grid-rules")),
        ("grid-rules@2023", Reference(None, "grid-rules", "2023")),
        ("policy:grid-rules@2023#14-2", Reference("policy", "grid-rules", "2023", "14-2")),
        ("grid-rules#3.1", Reference(None, "grid-rules", None, "3.1")),
    ],
)
def test_a_reference_is_read(text: str, reference: Reference) -> None:
    assert parse_reference(text) == reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("grids", FactReference(None, None, "grids")),
        ("hexi-grid.grids", FactReference(None, "hexi-grid", "grids")),
        ("case:hexi-grid.grids", FactReference("case", "hexi-grid", "grids")),
    ],
)
def test_a_fact_reference_is_read(text: str, reference: FactReference) -> None:
    assert parse_fact_reference(text) == reference


@pytest.mark.parametrize(
    "text",
    ["", "-a", "a-", "a--b", "A", "a b", "a\n", "网格", "a@", "a#", "a@b@c", ":a", "a:b:c", "../a", "a.", ".a", "a/b"],
)
def test_nothing_else_is(text: str) -> None:
    assert parse_reference(text) is None
    assert parse_fact_reference(text) is None


@given(st.text(max_size=30) | st.text("ab0-.:@#\n", max_size=12))
def test_what_is_read_can_be_written_again(text: str) -> None:
    found = parse_reference(text)
    if found is not None:
        kind = f"{found.kind}:" if found.kind else ""
        version = f"@{found.version}" if found.version else ""
        assert f"{kind}{found.id}{version}{f'#{found.article}' if found.article else ''}" == text

"""Prove every fact by the raw text: the line that it names must say this figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from lunxun.checks.fact_match import Match, matches, printed_has_value
from lunxun.checks.source_rules import FACT_PROOF
from lunxun.checks.source_texts import SourceText
from lunxun.findings import Finding, Severity
from lunxun.library.library import Library
from lunxun.records.fact import Fact, FactSource
from lunxun.records.references import Key, parse_reference

_MAX_LINES_NAMED = 8


class Outcome(StrEnum):
    """What became of the proof of a fact."""

    FOUND = "found"
    ELSEWHERE = "elsewhere"
    WRONG_BOUND = "wrong-bound"
    NOT_FOUND = "not-found"
    NO_TEXT = "no-text"


@dataclass(frozen=True, slots=True)
class Proof:
    """A fact compared with its source.

    `lines` are those where it stands; `spans` lie on the named, cleaned line; `said` is the bound that the text
    has there when it differs ("" when the text has none).
    """

    key: Key
    fact: Fact
    outcome: Outcome
    index: int
    source: Key
    lines: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    said: str = ""


def prove(library: Library, texts: Mapping[Key, SourceText]) -> tuple[Proof, ...]:
    """Compare every fact that names a source with the raw text of it."""
    return tuple(
        _prove(entry.key, index, fact, fact.source, texts)
        for entry in library.entries.values()
        for index, fact in enumerate(entry.record.facts)
        if fact.source is not None
    )


def proof_findings(library: Library, proofs: tuple[Proof, ...]) -> tuple[Finding, ...]:
    """Report the facts that their source does not prove; a missing text is reported where it is read."""
    return tuple(_findings(library, proofs))


def _prove(key: Key, index: int, fact: Fact, source: FactSource, texts: Mapping[Key, SourceText]) -> Proof:
    reference = parse_reference(source.id)
    named = Key("source", reference.id if reference else source.id)
    text = texts.get(named)
    if text is None:
        return Proof(key, fact, Outcome.NO_TEXT, index, named)
    here = _on_line(fact, text, source.line)
    proven = tuple(match for match in here if match.is_proof)
    if here:
        spans = tuple(text.squeezed[source.line - 1].span(match.start, match.end) for match in proven or here)
        outcome = Outcome.FOUND if proven else Outcome.WRONG_BOUND
        return Proof(key, fact, outcome, index, named, (source.line,), spans, "" if proven else here[0].said or "")
    lines = tuple(
        number
        for number in range(1, len(text.lines) + 1)
        if any(match.is_proof for match in _on_line(fact, text, number))
    )
    return Proof(key, fact, Outcome.ELSEWHERE if lines else Outcome.NOT_FOUND, index, named, lines)


def _on_line(fact: Fact, text: SourceText, number: int) -> tuple[Match, ...]:
    return matches(fact, text.squeezed[number - 1].text) if 1 <= number <= len(text.lines) else ()


def _findings(library: Library, proofs: tuple[Proof, ...]) -> Iterator[Finding]:
    for proof in proofs:
        if proof.outcome in (Outcome.FOUND, Outcome.NO_TEXT):
            continue
        place = library.entries[proof.key].document.place(("facts", proof.index, "source"))
        finding = FACT_PROOF.at(place, *_words(proof))
        is_elsewhere = proof.outcome is Outcome.ELSEWHERE
        yield replace(finding, severity=Severity.WARNING) if is_elsewhere else finding


def _words(proof: Proof) -> tuple[str, str]:
    """Say in Chinese what is wrong with a fact, and how to mend it."""
    fact, source = proof.fact, proof.fact.source
    line = source.line if source else 0
    name = f"数据“{fact.label}”（{fact.text}）"
    if proof.outcome is Outcome.ELSEWHERE:
        lines = "、".join(str(number) for number in proof.lines[:_MAX_LINES_NAMED])
        return f"{name}不在原文第 {line} 行", f"原文第 {lines} 行有这个数，核对后改 line。"
    if proof.outcome is Outcome.WRONG_BOUND:
        return _bound_words(name, line, fact, proof.said)
    if source and source.printed and not printed_has_value(fact, source.printed):
        return f"{name}的 printed“{source.printed}”里没有这个数", "printed 照抄原文里写着这个数的那几个字。"
    return f"{name}在原文里找不到（写的是第 {line} 行）", ""


def _bound_words(name: str, line: int, fact: Fact, said: str) -> tuple[str, str]:
    if fact.bound is None:
        return f"{name}：原文有‘{said}’，数据漏了界限词（第 {line} 行）", f"加一行 bound: {said}。"
    if said:
        return f"{name}：原文第 {line} 行写的是‘{said}’，不是‘{fact.bound}’", f"改成 bound: {said}。"
    return f"{name}：原文第 {line} 行这个数旁边没有‘{fact.bound}’", "删去 bound，或改成原文的界限词。"

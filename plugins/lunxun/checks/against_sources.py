"""The library against the raw texts: every fact proved, every figure, title and phrase accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lunxun.checks.coverage import SourceCoverage, coverage, coverage_findings
from lunxun.checks.fact_proof import Proof, proof_findings, prove
from lunxun.checks.source_texts import read_source_texts
from lunxun.findings import Finding, in_order
from lunxun.library.library import Library


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What the comparison found: each fact's proof, each source's coverage, and what is wrong."""

    proofs: tuple[Proof, ...]
    coverages: tuple[SourceCoverage, ...]
    findings: tuple[Finding, ...]


def compare_with_sources(library: Library, folder: Path) -> SourceReport:
    """Compare a library with the folder of raw texts that its sources name."""
    texts, findings = read_source_texts(folder, library)
    proofs = prove(library, texts)
    coverages = coverage(library, texts, proofs)
    found = in_order([*findings, *proof_findings(library, proofs), *coverage_findings(library, coverages)])
    return SourceReport(proofs, coverages, found)

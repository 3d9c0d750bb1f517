"""Findings as lines that a person reads and an editor's terminal can jump to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lunxun.findings import Finding, RuleInfo, Severity


def as_text(findings: Sequence[Finding], rules: Sequence[RuleInfo]) -> str:
    """Write one line a finding, its remedy below it, and a closing count."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{finding.place}: {finding.severity.chinese}[{finding.rule}] {finding.message}")
        if finding.remedy:
            lines.append(f"    → {finding.remedy}")
    return "\n".join([*lines, summary(findings)])


def summary(findings: Sequence[Finding]) -> str:
    """Count the findings by severity in one line."""
    counts = Counter(finding.severity for finding in findings)
    return "、".join(f"{severity.chinese} {counts[severity]} 处" for severity in Severity) + "。"

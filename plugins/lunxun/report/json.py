"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from lunxun.findings import Finding, RuleInfo


def as_json(findings: Sequence[Finding], rules: Sequence[RuleInfo]) -> str:
    """Write an object with the findings and the titles of the rules that they breach."""
    titles = {rule.id: rule.title for rule in rules}
    rows = [
        {
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "rule": finding.rule,
            "title": titles.get(finding.rule, ""),
            "severity": finding.severity.value,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in findings
    ]
    return json.dumps({"findings": rows}, ensure_ascii=False, indent=2)

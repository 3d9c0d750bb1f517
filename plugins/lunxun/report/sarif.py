"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from lunxun import __version__
from lunxun.findings import Finding, RuleInfo

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Finding], rules: Sequence[RuleInfo]) -> str:
    """Write a log with one run."""
    driver = {
        "name": "lunxun",
        "version": __version__,
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.reason},
                "help": {"text": rule.remedy},
                "defaultConfiguration": {"level": rule.severity.value},
            }
            for rule in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "message": {"text": " ".join(part for part in (finding.message, finding.remedy) if part)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.file, errors="replace")},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }

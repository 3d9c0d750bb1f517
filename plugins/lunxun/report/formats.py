"""The ways to write findings out, by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lunxun.findings import Finding, RuleInfo
from lunxun.report.json import as_json
from lunxun.report.junit import as_junit
from lunxun.report.sarif import as_sarif
from lunxun.report.text import as_text

Format = Callable[[Sequence[Finding], Sequence[RuleInfo]], str]

FORMATS: dict[str, Format] = {"text": as_text, "json": as_json, "junit": as_junit, "sarif": as_sarif}

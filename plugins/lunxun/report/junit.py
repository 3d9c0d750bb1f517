"""Findings as JUnit XML, which continuous-integration servers show as tests: one test a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from lunxun.findings import Finding, RuleInfo, Severity

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def as_junit(findings: Sequence[Finding], rules: Sequence[RuleInfo]) -> str:
    """Write a suite in which a rule fails when it has an error."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    failed = {finding.rule for finding in errors}
    suite = ET.Element("testsuite", name="lunxun check", tests=str(len(rules)), failures=str(len(failed)))
    for rule in rules:
        case = ET.SubElement(suite, "testcase", classname="lunxun", name=f"{rule.id} {rule.title}")
        of_rule = [finding for finding in findings if finding.rule == rule.id]
        if rule.id in failed:
            failure = ET.SubElement(case, "failure", message=f"{rule.title}：{len(of_rule)} 处", type=rule.id)
            failure.text = _lines(of_rule)
        elif of_rule:
            ET.SubElement(case, "system-out").text = _lines(of_rule)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def _lines(findings: Sequence[Finding]) -> str:
    return "\n".join(_legal(f"{finding.place}: {finding.message} {finding.remedy}") for finding in findings)


def _legal(text: str) -> str:
    # XML 1.0 has no way to write most control characters, surrogates and the two non-characters.
    return _ILLEGAL.sub("\ufffd", text)

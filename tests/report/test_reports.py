"""Findings written out in every format can be read back, whatever characters they hold."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]
import pytest

from lunxun.checks.register import rule_infos
from lunxun.findings import Place, RuleInfo
from lunxun.report.formats import FORMATS

_INFOS = rule_infos()
_NASTY = "控制\x00\x01\x0b\x1b[31m字符 <b>&amp;\"'\ud800\ufffe\uffff]]> 行\n二\r\t\u2028末"


def _rule(rule_id: str) -> RuleInfo:
    return next(info for info in _INFOS if info.id == rule_id)


_FINDINGS = (
    _rule("yaml").at(Place("content/cases/网格 a&b.yml", 3, 5), "写法有误", "改正。"),
    _rule("schema").at(Place("content/cases/hexi.yml"), _NASTY, _NASTY),
    _rule("schema").at(Place("content/cases/\udcff#?%.yml", 9, 1), "缺少字段"),
    _rule("superseded").at(Place("content/cases/hexi.yml", 7, 2), "旧版"),
    _rule("hidden-target").at(Place("content/cases/hexi.yml", 8, 2), "待核"),
)

# The essentials of SARIF 2.1.0 that code hosts insist on.
_SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["unicodeCodePoints", "utf16CodeUnits"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "name": {"type": "string", "minLength": 1},
                                    "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}, "uniqueItems": True},
                                },
                            }
                        },
                    },
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "rule": {
            "type": "object",
            "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z-]+$"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "fullDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {"properties": {"level": {"$ref": "#/$defs/level"}}},
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "level", "message", "locations"],
            "properties": {
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "type": "object",
                                "required": ["artifactLocation", "region"],
                                "properties": {
                                    "artifactLocation": {
                                        "required": ["uri"],
                                        "properties": {"uri": {"pattern": "^[A-Za-z0-9%/._~-]+$"}},
                                    },
                                    "region": {
                                        "required": ["startLine", "startColumn"],
                                        "properties": {
                                            "startLine": {"type": "integer", "minimum": 1},
                                            "startColumn": {"type": "integer", "minimum": 1},
                                        },
                                    },
                                },
                            }
                        },
                    },
                },
            },
        },
    },
}


def test_json_holds_every_finding_whole() -> None:
    rows = json.loads(FORMATS["json"](_FINDINGS, _INFOS))["findings"]
    assert [(row["file"], row["line"], row["column"], row["rule"], row["severity"]) for row in rows] == [
        (one.place.file, one.place.line, one.place.column, one.rule, one.severity.value) for one in _FINDINGS
    ]
    assert rows[1]["message"] == rows[1]["remedy"] == _NASTY
    assert rows[0]["title"] == "YAML 写法正确"


def test_junit_fails_the_rules_that_have_errors() -> None:
    suite = ET.fromstring(FORMATS["junit"](_FINDINGS, _INFOS))
    failed = {failure.attrib["type"]: failure for failure in suite.iter("failure")}
    assert set(failed) == {"yaml", "schema"}
    assert (suite.attrib["tests"], suite.attrib["failures"]) == (
        str(len(list(suite.iter("testcase")))),
        str(len(failed)),
    )
    assert len(list(suite.iter("testcase"))) == len(_INFOS)
    assert "content/cases/网格 a&b.yml:3:5" in (failed["yaml"].text or "")
    assert "2 处" in failed["schema"].attrib["message"]
    assert "<b>&amp;" in (failed["schema"].text or "")
    notes = {case.attrib["name"].split()[0] for case in suite.iter("testcase") if case.find("system-out") is not None}
    assert notes == {"superseded", "hidden-target"}


def test_sarif_has_what_code_hosts_need() -> None:
    log = json.loads(FORMATS["sarif"](_FINDINGS, _INFOS))
    jsonschema.Draft202012Validator(_SARIF).validate(log)
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [finding.rule for finding in _FINDINGS]
    location = results[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "content/cases/%E7%BD%91%E6%A0%BC%20a%26b.yml"
    assert location["region"] == {"startLine": 3, "startColumn": 5}


def test_text_has_a_line_a_finding_and_a_count() -> None:
    lines = FORMATS["text"](_FINDINGS[:1], _INFOS).split("\n")
    assert lines[0] == "content/cases/网格 a&b.yml:3:5: 错误[yaml] 写法有误"
    assert lines[1] == "    → 改正。"
    assert lines[-1] == "错误 1 处、提醒 0 处、说明 0 处。"


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_a_report_too(name: str) -> None:
    text = FORMATS[name]((), _INFOS)
    if name == "junit":
        assert ET.fromstring(text).attrib["failures"] == "0"
    elif name != "text":
        json.loads(text)

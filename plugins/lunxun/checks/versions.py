"""Rules about time: replaced versions, facts corrected after a review, parts that nothing names."""

from __future__ import annotations

from collections.abc import Iterator

from lunxun.checks.rule import Rule
from lunxun.findings import Finding, Place, RuleInfo, Severity
from lunxun.library.freshness import StaleLink, stale_links
from lunxun.library.library import Library
from lunxun.records.policy import Policy
from lunxun.records.references import parse_reference

REPLACED_BY = RuleInfo(
    "replaced-by",
    "“被取代”指得到文件",
    "版本链断了，读者就不知道现行文本是哪一个。",
    "写本文件的另一个版本号，或另一文件的 编号@版本。",
)
SUPERSEDED = RuleInfo(
    "superseded",
    "引用现行版本",
    "旧版的条号和内容可能已变，照旧版讲课、出题会出错。",
    "核对新版后改引新版；叙述当时依据的，审定后写明审定日期，提醒即消失。",
    Severity.WARNING,
)
FACT_CHANGED = RuleInfo(
    "fact-changed",
    "更正以后有人复核",
    "数字或条款更正了，依它写的话不一定还成立。",
    "读一遍引用处，改好后更新 review.on。",
    Severity.WARNING,
)


def replacements_exist(library: Library) -> Iterator[Finding]:
    """Find versions said to be replaced by something that is not recorded."""
    for entry, policy in library.of(Policy):
        for index, version in enumerate(policy.versions):
            if version.replaced_by is not None and not _is_recorded(library, policy, version.replaced_by):
                place = entry.document.place(("versions", index, "replaced_by"))
                yield REPLACED_BY.at(place, f"没有登记“{version.replaced_by}”")


def cited_versions_are_current(library: Library) -> Iterator[Finding]:
    """Find references to a version that was replaced."""
    for stale in stale_links(library):
        if stale.is_replaced:
            yield SUPERSEDED.at(_place(library, stale), stale.reason)


def corrected_facts_are_reviewed(library: Library) -> Iterator[Finding]:
    """Find references to a fact or a version that was corrected after the last review."""
    for stale in stale_links(library):
        if not stale.is_replaced:
            yield FACT_CHANGED.at(_place(library, stale), stale.reason)


def _place(library: Library, stale: StaleLink) -> Place:
    return library.entries[stale.link.source].document.place(stale.link.path)


def _is_recorded(library: Library, policy: Policy, target: str) -> bool:
    if policy.version(target) is not None:
        return True
    reference = parse_reference(target)
    if reference is None:
        return False
    found = library.find(reference.id, reference.kind, ("policy",))
    other = library.entries[found[0]].record if found else None
    return isinstance(other, Policy) and (reference.version is None or other.version(reference.version) is not None)


RULES = (
    Rule(REPLACED_BY, replacements_exist),
    Rule(SUPERSEDED, cited_versions_are_current),
    Rule(FACT_CHANGED, corrected_facts_are_reviewed),
)

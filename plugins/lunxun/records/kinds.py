"""The register of kinds, in the order in which the site shows them."""

from __future__ import annotations

from lunxun.records.bank import Bank
from lunxun.records.case import Case
from lunxun.records.collection import Collection
from lunxun.records.indicator import Indicator
from lunxun.records.paper import Paper
from lunxun.records.policy import Policy
from lunxun.records.practice import Practice
from lunxun.records.problem import Problem
from lunxun.records.record import Record
from lunxun.records.source import Source
from lunxun.records.term import Term

KINDS: dict[str, type[Record]] = {
    model.kind: model for model in (Policy, Case, Practice, Problem, Indicator, Collection, Term, Source, Bank, Paper)
}
FOLDERS: dict[str, str] = {model.folder: kind for kind, model in KINDS.items()}
SHOWN: dict[str, type[Record]] = {kind: model for kind, model in KINDS.items() if model.has_pages}
"""The kinds whose records have pages."""
# Banks are kept beside the content, in a folder of two levels; on the site they have one, named as readers know it.
SITE_FOLDERS = {kind: model.folder if model.root == "content" else model.root for kind, model in KINDS.items()}
"""The folder of the site in which the pages of a kind stand."""


def make_validators() -> None:
    """Make the validators of all kinds now, so that processes that are forked later have them."""
    for model in KINDS.values():
        model.model_rebuild()

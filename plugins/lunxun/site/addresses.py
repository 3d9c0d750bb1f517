"""Where pages are: addresses inside the site, and relative addresses from one page to another."""

from __future__ import annotations

import re

from lunxun.library.library import Entry
from lunxun.records.kinds import SHOWN, SITE_FOLDERS
from lunxun.records.policy import Policy
from lunxun.records.references import Key, Reference

HOME = "index.html"
SEARCH = "search.html"
SEARCHED = ("topics", "levels", "fields", "regions")
"""The lists of the taxonomy that a search can be narrowed by."""
HOURS = "training/index.html"
RULES = "about/rules.html"
FORMAT = "about/format.html"
NOTEBOOK = "quizzes/notebook.html"
EXAMS = "quizzes/exams.html"
EXAM_FOLDER = "quizzes/exams"
SINGLE_PAGES = (HOME, SEARCH, HOURS, RULES, FORMAT, NOTEBOOK)
"""Pages that are made of the whole library."""

_KIND_OF = {SITE_FOLDERS[kind]: kind for kind in SHOWN}
_LIST = re.compile(r"(.+)/index(?:_[0-9]+)?\.html")
RECORD_FOLDERS = tuple(SITE_FOLDERS[kind] for kind in SHOWN)


def of_record(key: Key) -> str:
    """Give the address of a record's page, from the root of the site."""
    return f"{SITE_FOLDERS[key.kind]}/{key.id}.html"


def of_reference(entry: Entry, reference: Reference) -> str:
    """Give the address of what a reference names: a version, or an article if the page shows it, has an anchor."""
    version = entry.record.version(reference.version or "") if isinstance(entry.record, Policy) else None
    if version is None:
        return of_record(entry.key)
    shown = {article.no for article in version.articles if article.certainty != "未证实"}
    article = reference.article if reference.article in shown else None
    return f"{of_record(entry.key)}#{article_anchor(version.id, article)}"


def of_kind(kind: str, page: int = 1) -> str:
    """Give the address of the index page of a kind, or of a further page of it; no id of a record holds a "_"."""
    return f"{SITE_FOLDERS[kind]}/index{f'_{page}' if page > 1 else ''}.html"


def list_kind(address: str) -> str | None:
    """Tell of which kind an address is an index page."""
    match = _LIST.fullmatch(address)
    return _KIND_OF.get(match[1]) if match else None


def of_class(kind: str, list_name: str, taxon_id: str, *, is_cut: bool) -> str:
    """Give the address of the records of a kind that have a class: its index filtered, or a search if that is cut."""
    if is_cut and list_name in SEARCHED:
        return f"{SEARCH}?kind={kind}&{list_name}={taxon_id}"
    return f"{of_kind(kind)}?{list_name}={taxon_id}"


def folder(address: str) -> str:
    """Give the folder of an address: "" or ending in a slash."""
    return address[: address.rfind("/") + 1]


def relative(start: str, target: str) -> str:
    """Give the address of a target, which is a file of the site, as a link on the start page has to say it."""
    path, mark, fragment = target.partition("#")
    if path == start and mark:
        return f"#{fragment}"
    shared, ups = folder(start), ""
    while not target.startswith(shared):
        shared, ups = folder(shared[:-1]), f"{ups}../"
    return ups + target[len(shared) :]


def fact_anchor(fact_id: str) -> str:
    """Give the id of the table row of a fact on its record's page."""
    return f"fact-{fact_id}"


def article_anchor(version: str, article: str | None = None) -> str:
    """Give the id of a version, or of one of its articles, on a policy's page."""
    return f"v-{version}" if article is None else f"v-{version}-{article.replace('.', '-')}"


def question_anchor(question_id: str) -> str:
    """Give the id of a question on the page of its bank."""
    return f"q-{question_id}"


def line_anchor(line: int) -> str:
    """Give the id of the row of a raw-text line on a source's page."""
    return f"line-{line}"

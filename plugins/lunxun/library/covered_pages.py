"""Hand-written pages at the address of a record's page, or of one that the site makes: one of the two would be lost."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from lunxun.findings import Finding, Place
from lunxun.library.files import shown
from lunxun.library.structure_rules import FILE_NAME
from lunxun.records.kinds import SHOWN, SITE_FOLDERS

_ENDING = ".md"


def covered_pages(pages: Path, shown_as: str, ids: Collection[tuple[str, str]]) -> list[Finding]:
    """Find pages in the folder of a kind that have the name of a record, given as kinds and ids, or a reserved one."""
    findings = []
    for kind, model in SHOWN.items():
        folder = SITE_FOLDERS[kind]
        for path in sorted((pages / folder).glob(f"*{_ENDING}")):
            name = path.name.removesuffix(_ENDING)
            if name in model.reserved or (kind, name) in ids:
                other = "网站自己的页面" if name in model.reserved else f"{model.kind_name} {name} 的页面"
                message = f"这一页与{other}同一个网址，会被盖掉"
                place = Place(f"{shown_as}/{folder}/{shown(path.name)}")
                findings.append(FILE_NAME.at(place, message, "给这一页换一个文件名，链接到它的地方一起改。"))
    return findings

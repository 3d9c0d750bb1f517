"""The page of an analysis in Chromium: valid, accessible, and no wider than the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunxun.export.analysis_page import analysis_page
from lunxun.quiz.mending import analyse
from tests.browser.chromium import NARROW, WIDE, Chromium
from tests.browser.conftest import folder_url
from tests.browser.judges import accessibility_faults, overflow
from tests.browser.test_html import validate
from tests.quiz.made_results import GOOD, made_choices

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("analysis")
    suspect = [("b", 9)] * 12 + [("a", 3)] * 14 + [("c", 5), ("d", 5)] * 3
    for name, rows in (("good", GOOD), ("suspect", suspect), ("few", GOOD[:1])):
        (made / f"{name}.html").write_text(analysis_page(analyse(made_choices(rows))), "utf-8")
    return made


@pytest.mark.parametrize("name", ["good", "suspect", "few"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_is_accessible_and_fits(chromium: Chromium, folder: Path, axe_script: str, width: int, name: str) -> None:
    with chromium.fresh(width) as tab:
        visit = tab.open(f"{folder_url(folder)}{name}.html", folder_url(folder))
        assert (*accessibility_faults(tab, axe_script), *overflow(tab)) == ()
        assert visit.complaints == []


def test_it_is_valid_html(folder: Path) -> None:
    done = validate(*sorted(folder.glob("*.html")))
    assert done.returncode == 0, done.stdout[-3000:]


def test_it_shows_what_to_mend(chromium: Chromium, folder: Path) -> None:
    page = chromium.page
    page.goto(f"{folder_url(folder)}suspect.html")
    assert "答案可能有误" in page.inner_text(".faults")
    assert page.locator("svg[aria-labelledby] desc").count() == 2
    assert page.locator("polygon.marked").count() == 2

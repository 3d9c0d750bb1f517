"""The analysis of an exam as one HTML page that needs nothing else: tables and inline SVG. It holds no names."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from lunxun.export.analysis_words import TERMS, number, percent, places, verdict
from lunxun.export.charts import Point, histogram, scatter, share_bars
from lunxun.export.option_words import warnings
from lunxun.quiz.mending import Analysis, to_mend

_BINS = 10


def analysis_page(analysis: Analysis) -> str:
    """Write the page."""
    faulty = to_mend(analysis)
    labels = {one.figures.question.id: str(place) for place, one in enumerate(faulty, 1)}
    points = [
        Point(
            one.figures.difficulty,
            one.figures.discrimination,
            f"{places(one.figures.question)} {one.figures.question.id}："
            f"难度 {number(one.figures.difficulty)}，区分度 {number(one.figures.discrimination)}",
            labels.get(one.figures.question.id, ""),
        )
        for one in analysis.items
        if one.figures.discrimination is not None
    ]
    histograms = [
        histogram(form.totals, form.full, _BINS, f"h{form.letter}", f"{form.letter} 卷总分分布")
        for form in analysis.forms
        if form.totals
    ]
    return _template().render(
        analysis=analysis,
        faulty=faulty,
        labels=labels,
        plot=scatter(points, "s"),
        unplotted=len(analysis.items) - len(points),
        histograms=histograms,
        terms=TERMS,
        number=number,
        percent=percent,
        places=places,
        verdict=verdict,
        bars=share_bars,
        warnings=warnings,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("lunxun.export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("analysis.html.j2")

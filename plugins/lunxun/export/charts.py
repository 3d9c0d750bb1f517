"""Plots as inline SVG: written by hand, readable without colour, with a text for those who cannot see them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

_LEFT, _TOP, _WIDTH, _HEIGHT = 52, 16, 560, 320
_BAR, _BAR_HEIGHT = 180, 9


@dataclass(frozen=True, slots=True)
class Point:
    """A question in the scatter: `name` is read out, `label` written beside it."""

    x: float
    y: float
    name: str
    label: str = ""

    @property
    def is_marked(self) -> bool:
        """Tell whether the question is one to look at."""
        return bool(self.label)


def scatter(points: Sequence[Point], ident: str) -> Markup:
    """Plot discrimination (-1 to 1) over difficulty (0 to 1); triangles with a label are questions to look at."""
    low = -1.0 if any(point.y < -0.5 for point in points) else -0.5
    frame = [_grid_x([0, 0.25, 0.5, 0.75, 1.0], "难度（得分率）"), _grid_y(low, "区分度")]
    drawn = [_dot(point, low) for point in points]
    marked = sum(point.is_marked for point in points)
    said = f"{len(points)} 题，横轴是难度（得分率），纵轴是区分度。三角形是该看的 {marked} 题，数字是“该看的题”的序号。"
    return _svg(ident, "难度和区分度", said, _WIDTH + _LEFT + 20, _HEIGHT + _TOP + 48, [*frame, *drawn])


def histogram(totals: Sequence[float], full: float, bins: int, ident: str, title: str) -> Markup:
    """Count totals from 0 to the full score in bins of equal width; the last one includes the full score."""
    counts = [0] * bins
    for total in totals:
        counts[min(bins - 1, max(0, math.floor(total / full * bins))) if full else 0] += 1
    tallest = max([*counts, 1])
    width, height = 440, 150
    step = width / bins
    drawn = []
    for place, count in enumerate(counts):
        x, h = _LEFT + place * step, height * count / tallest
        drawn.append(_of('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>',
                         x + 1, _TOP + height - h, step - 2, h))  # fmt: skip
        if count:
            drawn.append(_text(x + step / 2, _TOP + height - h - 4, str(count), "middle"))
    for place in range(bins + 1):
        if place % 2 == 0:
            drawn.append(_text(_LEFT + place * step, _TOP + height + 16, f"{full * place / bins:g}", "middle"))
    drawn.append(_line(_LEFT, _TOP + height, _LEFT + width, _TOP + height, "axis"))
    drawn.append(_text(_LEFT + width / 2, _TOP + height + 34, "总分（分），柱上是人数", "middle"))
    edges = [(f"{full * place / bins:g}—{full * (place + 1) / bins:g} 分", count) for place, count in enumerate(counts)]
    said = "；".join(f"{edge} {count} 人" for edge, count in edges if count)
    return _svg(ident, title, said, width + _LEFT + 20, height + _TOP + 42, drawn)


def share_bars(upper: float | None, lower: float | None, is_key: bool) -> Markup:
    """Draw what share of the upper and of the lower group chose an option, above one another."""
    if upper is None or lower is None:
        return Markup("")
    kind = "key" if is_key else "other"
    rows = [
        _of('<rect class="{} {}" x="0" y="{}" width="{:.1f}" height="{}"/>', kind, name, y, share * _BAR, _BAR_HEIGHT)
        for name, y, share in (("upper", 1, upper), ("lower", 12, lower))
    ]
    said = f"高分组 {upper:.0%}，低分组 {lower:.0%}"
    back = _of('<rect class="back" x="0.5" y="0.5" width="{}" height="21"/>', _BAR - 1)
    return _of(
        '<svg class="share" viewBox="0 0 {} 22" height="22" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}{}</svg>",
        _BAR, said, back, Markup("").join(rows),
    )  # fmt: skip


def _x(value: float) -> float:
    return _LEFT + value * _WIDTH


def _y(value: float, low: float) -> float:
    return _TOP + (1 - value) / (1 - low) * _HEIGHT


def _dot(point: Point, low: float) -> Markup:
    x, y = _x(point.x), _y(point.y, low)
    said = _of("<title>{}</title>", point.name)
    if not point.is_marked:
        return _of('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="4">{}</circle>', x, y, said)
    corners = f"{x:.1f},{y - 6:.1f} {x - 5.5:.1f},{y + 4:.1f} {x + 5.5:.1f},{y + 4:.1f}"
    at_right = point.x > 0.95
    label = _text(x - 8 if at_right else x + 8, y + 4, point.label, "end" if at_right else "start")
    return _of('<polygon class="marked" points="{}">{}</polygon>{}', corners, said, label)


def _grid_x(values: Sequence[float], title: str) -> Markup:
    bottom = _TOP + _HEIGHT
    drawn = [_line(_x(value), _TOP, _x(value), bottom, "grid") for value in values]
    drawn += [_text(_x(value), bottom + 16, f"{value:g}", "middle") for value in values]
    return Markup("").join([*drawn, _text(_LEFT + _WIDTH / 2, bottom + 38, title, "middle")])


def _grid_y(low: float, title: str) -> Markup:
    values = [low + step * 0.25 for step in range(round((1 - low) / 0.25) + 1)]
    drawn = []
    for value in values:
        y = _y(value, low)
        drawn.append(_line(_LEFT, y, _LEFT + _WIDTH, y, "grid" if value else "axis"))
        drawn.append(_text(_LEFT - 6, y + 4, f"{value:g}".replace("-", "−"), "end"))
    form = '<text x="12" y="{}" transform="rotate(-90 12 {})" text-anchor="middle">{}</text>'
    middle = _TOP + _HEIGHT / 2
    return Markup("").join([*drawn, _of(form, middle, middle, title)])


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return _of('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>', kind, x1, y1, x2, y2)


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return _of('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>', x, y, anchor, text)


def _svg(ident: str, title: str, said: str, width: float, height: float, drawn: Sequence[Markup]) -> Markup:
    return _of(
        '<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        width, height, ident, ident, ident, title, ident, said, Markup("").join(drawn),
    )  # fmt: skip


def _of(form: str, *values: object) -> Markup:
    return Markup(form).format(*values)

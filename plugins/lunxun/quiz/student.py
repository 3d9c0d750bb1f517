"""Student's t distribution, so that two means can be compared without a library for statistics."""

from __future__ import annotations

import math

_STEPS = 300
_SMALL = 1e-300


def two_sided(t: float, freedom: float) -> float:
    """Give the chance of a t at least as far from 0, for these degrees of freedom (above 0, not always whole)."""
    return _beta_share(freedom / (freedom + t * t), freedom / 2, 0.5)


def quantile(chance: float, freedom: float) -> float:
    """Give the t beyond which, on both sides, this chance lies (0 to 1, both excluded)."""
    low, high = 0.0, 1.0
    while two_sided(high, freedom) > chance:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > chance else (low, middle)
    return (low + high) / 2


def _beta_share(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function, by its continued fraction (Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    # Lentz's method: the fraction is worked out from its head on, until it does not change any more.
    value, c, d = 1.0, 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > _SMALL else _SMALL)
    value = d
    for m in range(1, _STEPS):
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):  # fmt: skip
            d = 1 + step * d
            c = 1 + step / c
            d = 1 / (d if abs(d) > _SMALL else _SMALL)
            c = c if abs(c) > _SMALL else _SMALL
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value

"""Wrong figures that might be right: those of other places, and the figure itself changed a little."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from lunxun.library.library import Library
from lunxun.quiz.chance import number, shuffled
from lunxun.records.fact import Fact

Value = int | float

_FACTORS = ("0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.1", "1.2", "1.3", "1.5", "1.8", "2")
_POINTS = ("-20", "-15", "-10", "-7.5", "-5", "-3.2", "-1.8", "1.6", "2.7", "4.5", "8", "12")
_HUNDRED = 100
_FAR = 20


def other_places(library: Library, fact: Fact) -> list[Value]:
    """List the values that other records have for the same indicator, in the same unit and not wildly different."""
    if fact.indicator is None or isinstance(fact.value, tuple):
        return []
    found = [
        other.value
        for entry in library.entries.values()
        if not entry.is_hidden
        for other in entry.record.facts
        if other.indicator == fact.indicator and other.unit == fact.unit and not isinstance(other.value, tuple)
    ]
    near = (value for value in found if fact.value / _FAR <= value <= fact.value * _FAR)
    return list(dict.fromkeys(value for value in near if value != fact.value))


def changed(value: Value, unit: str) -> list[Value]:
    """List values near one, written as exactly as it is: percentages by points, other figures by a factor."""
    right = Decimal(str(value))
    if unit in ("%", "\uff05"):
        made = [right + Decimal(points) for points in _POINTS]
        made = [one for one in made if 0 < one <= _HUNDRED]
    elif right == right.to_integral_value() and right < 2 * len(_FACTORS):
        made = [right + step for step in range(-4, 5)]
    else:
        made = [right * Decimal(factor) for factor in _FACTORS]
    rounded = (_as_exact(one, right) for one in made)
    return list(dict.fromkeys(one for one in rounded if one not in (0, value) and one > 0))


def wrong_values(seed: str, right: Value, first: Iterable[Value], then: Iterable[Value], count: int) -> list[Value]:
    """Choose wrong values on both sides of the right one, as many below it as the seed says; the first ones first."""
    below = number(f"{seed} below", count + 1)
    preferred = [*shuffled(seed, first), *shuffled(seed, then)]
    smaller = [value for value in dict.fromkeys(preferred) if value < right]
    larger = [value for value in dict.fromkeys(preferred) if value > right]
    below = max(min(below, len(smaller)), count - len(larger))
    return [*smaller[:below], *larger[: count - below]]


def with_value(fact: Fact, value: Value) -> str:
    """Write a figure as a fact is written, with another value."""
    return fact.model_copy(update={"value": value}).text


def _as_exact(made: Decimal, right: Decimal) -> Value:
    exponent = right.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return float(made.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP))
    # A round number stays as round as it was: 1500 becomes 1200, not 1203.
    digits = str(int(right))
    zeros = len(digits) - len(digits.rstrip("0"))
    place = Decimal(1).scaleb(max(min(zeros, len(digits) - 2), 0))
    return int((made / place).to_integral_value(ROUND_HALF_UP) * place)

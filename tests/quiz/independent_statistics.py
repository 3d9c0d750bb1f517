"""The statistics of an exam a second time, written from the textbooks without numpy, and scipy where it has them.

Nothing of the program's analysis is used: exact fractions, sums over all pairs of questions, sorting by hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from scipy import stats

Table = Sequence[Sequence[Fraction]]
"""Points: rows are learners, columns questions."""


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def covariance(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    of_one, of_other = mean(one), mean(other)
    products = ((a - of_one) * (b - of_other) for a, b in zip(one, other, strict=True))
    return sum(products, Fraction(0)) / (len(one) - 1)


def alpha(table: Table) -> Fraction:
    """Cronbach 1951: from the mean covariance between questions and the mean variance within them."""
    columns = list(zip(*table, strict=True))
    k = len(columns)
    within = mean([covariance(column, column) for column in columns])
    between = mean([covariance(columns[i], columns[j]) for i in range(k) for j in range(k) if i != j])
    return k * between / (within + (k - 1) * between)


def kr20(table: Table) -> Fraction:
    """Kuder & Richardson 1937, formula 20: with the variance of the sum as a sum of products of deviations."""
    n, k = len(table), len(table[0])
    p = [mean(column) for column in zip(*table, strict=True)]
    right = [sum(row, Fraction(0)) for row in table]
    variance = sum(((one - mean(right)) ** 2 for one in right), Fraction(0)) / n
    return Fraction(k, k - 1) * (1 - sum((one * (1 - one) for one in p), Fraction(0)) / variance)


def item_rest(table: Table, place: int) -> float | None:
    """Correlate a question with the rest of the form, by scipy: point-biserial where it is right or wrong."""
    item = [float(row[place]) for row in table]
    rest = [float(sum(row, Fraction(0)) - row[place]) for row in table]
    if len(set(item)) < 2 or len(set(rest)) < 2:
        return None
    if len(set(item)) == 2:
        return float(stats.pointbiserialr([value == max(item) for value in item], rest).statistic)
    return float(stats.pearsonr(item, rest).statistic)


def upper_lower(totals: Sequence[Fraction], values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Give the means of values in the best and the worst 27%, on average over all ways to break ties at the edge."""
    size = min(max(1, int(Fraction(27, 100) * len(totals) + Fraction(1, 2))), len(totals) // 2)

    def best(order: Sequence[Fraction]) -> Fraction:
        edge = sorted(order, reverse=True)[size - 1]
        surely = [value for total, value in zip(order, values, strict=True) if total > edge]
        perhaps = [value for total, value in zip(order, values, strict=True) if total == edge]
        return (sum(surely, Fraction(0)) + (size - len(surely)) * mean(perhaps)) / size

    return best(totals), best([-total for total in totals])


def hedges(one: Sequence[float], other: Sequence[float]) -> float:
    """Hedges 1981, with the exact correction by the gamma function."""
    n, m = len(one), len(other)
    pooled = ((n - 1) * stats.tvar(one) + (m - 1) * stats.tvar(other)) / (n + m - 2)
    freedom = n + m - 2
    exact = math.exp(math.lgamma(freedom / 2) - math.lgamma((freedom - 1) / 2)) / math.sqrt(freedom / 2)
    return float((sum(one) / n - sum(other) / m) / math.sqrt(pooled) * exact)

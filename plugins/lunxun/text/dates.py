"""Dates known to the day, the month or the year, as Chinese text writes them."""

from __future__ import annotations


def chinese_date(date: str) -> str:
    """Write 2023-08-31 as 2023年8月31日, and the shorter forms likewise."""
    parts = date.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))

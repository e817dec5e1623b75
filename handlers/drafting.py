"""What the monthly figures say about a reporting period. Pure arithmetic: a month without figures stays a gap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from handlers.drafts import Value, is_number
from handlers.forms import NUMBERS, Field
from scheduler import Period

DECIDING_DAY = 16
"""A month belongs to the period that holds this day of it."""


class Month(Protocol):
    """What stands for one month: its code ("2025-03") and the answers, by the keys of the fields."""

    @property
    def period(self) -> str: ...

    @property
    def answers(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Told:
    """What the months of a period say of one field.

    `value` is the sum of what happened month by month (a field that carries zero), all options that were chosen, or
    what there was in the latest month that tells it (`as_of`); `by_month` are the answers, `missing` the months that
    have none.
    """

    field: Field
    value: Value
    as_of: str | None
    by_month: tuple[tuple[str, Value], ...]
    missing: tuple[str, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the value is a sum over the months."""
        return self.field.carry == "zero"


@dataclass(frozen=True)
class Change:
    """A figure of the period before, and by how much the figure now is above it (negative: below it).

    `by` is `None` where a sum lacks a month in either period, so that the two cannot be compared.
    """

    before: float
    by: float | None


def months_of(period: Period) -> tuple[str, ...]:
    """The codes of the months whose check-ins make up a period, in their order.

    Check-ins follow the calendar, Decree 09/2019/NĐ-CP does not: its first quarter runs from 15/12 to 14/3. A month
    counts where its 16th day lies, so for that quarter December, January and February count. These are the months
    asked for (on the 25th) before the report is due, and every month counts in exactly one period of a cycle.
    """
    found = []
    for place in range(period.first.year * 12 + period.first.month - 1, period.last.year * 12 + period.last.month):
        year, month = divmod(place, 12)
        if period.first <= date(year, month + 1, DECIDING_DAY) <= period.last:
            found.append(f"{year}-{month + 1:02d}")
    return tuple(found)


def told(field: Field, sent: Iterable[Month], months: Sequence[str]) -> Told:
    """What those of the `sent` figures that belong to these months say of a field."""
    known = {each.period: each.answers.get(field.key) for each in sent}
    by_month = tuple((month, known[month]) for month in months if _says_something(field, known.get(month)))
    silent = (month for month in months if month not in known)
    missing = tuple(silent) if field.optional else tuple(month for month in months if month not in dict(by_month))
    return Told(field, _value(field, by_month), by_month[-1][0] if by_month else None, by_month, missing)


def _says_something(field: Field, value: Value) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return is_number(value) if field.type in NUMBERS else value not in (None, [])


def _value(field: Field, by_month: Sequence[tuple[str, Value]]) -> Value:
    values = [value for _, value in by_month]
    if not values:
        return None
    if field.carry == "zero":
        return tidy(sum(value for value in values if isinstance(value, int | float)))
    if field.type == "several":
        return list(dict.fromkeys(key for value in values if isinstance(value, list) for key in value))
    return values[-1]


def tidy(number: float) -> int | float:
    """A whole number without a point, any other with at most two decimals."""
    return int(number) if float(number).is_integer() else round(number, 2)


def change(now: Told, before: Told) -> Change | None:
    """How a figure differs from the one of the period before; `None` where one of the two is not known."""
    if now.field.type not in NUMBERS or not isinstance(now.value, int | float):
        return None
    if not isinstance(before.value, int | float):
        return None
    gaps = now.adds_up and (now.missing or before.missing)
    return Change(before.value, None if gaps else tidy(now.value - before.value))


def figure_of(each: Told) -> float | str | None:
    """What can be put together with other unions' figures: a number, or the key of the option that was chosen."""
    if each.field.type in NUMBERS and isinstance(each.value, int | float):
        return each.value
    return each.value if each.field.type == "choice" and isinstance(each.value, str) else None


def goal_months(period: Period) -> tuple[int, date]:
    """The year whose goals a report is held against, and the day after the last of the months that count for it.

    Plans set goals for the year of the calendar, so the figures from January on count, as everywhere in the assistant.
    """
    year, month = map(int, months_of(period)[-1].split("-"))
    return period.year, date(year + month // 12, month % 12 + 1, 1)


def totals(rows: Iterable[Mapping[str, float | str]], key: str) -> tuple[int | float, int]:
    """The sum of a figure over the rows that have it, and how many these are."""
    values = [value for row in rows if isinstance(value := row.get(key), int | float)]
    return tidy(sum(values)), len(values)

"""How far a union is: the figures of its check-ins against a goal. Pure arithmetic; nothing is invented or rounded up.

What happens month by month (a field that carries zero) adds up over the year; what there is (a field that carries the
same) is that of the latest month. A share needs a part and a whole in one form: the whole is the field whose number
the part can hardly exceed (`at_least`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from db.figures import Month
from handlers.forms import Field, Form, form_of, load_form
from handlers.goals import Goal
from handlers.owing import FORM
from knowledge.indicators import indicators

MONTHS = 12
COUNTS, SHARES = frozenset({"whole"}), frozenset({"percent"})
"""The types of fields that hold a number of something, and a share."""


@dataclass(frozen=True)
class Progress:
    """What the figures say about a goal.

    `done` is `None` where no figures came; `whole` is what a share is a share of. `as_of` is the latest month that
    counts ("2025-03"), `missing` are the months that are over and brought no figures (for what adds up only).
    `measurable` is false where no form asks for the indicator. `told` is how many unions of a federation sent figures.
    """

    goal: Goal
    measurable: bool
    done: Fraction | None = None
    whole: Fraction | None = None
    as_of: str | None = None
    missing: tuple[str, ...] = ()
    months_left: int = 0
    told: int = 0

    @property
    def reached(self) -> Fraction | None:
        """What is compared with the goal: a number, or a share in percent."""
        if self.done is None or self.whole is None:
            return self.done
        return 100 * self.done / self.whole

    @property
    def left(self) -> Fraction | None:
        """How much is missing, in what is counted (for a share: how many more of the whole there would have to be)."""
        if self.done is None:
            return None
        wanted = Fraction(self.goal.value)
        if self.whole is not None:
            wanted = Fraction(ceil(wanted * self.whole / 100))
        return max(wanted - self.done, Fraction(0))

    @property
    def percent(self) -> int | None:
        """How much of the goal is reached, rounded half up; 100 only when it is."""
        if self.reached is None:
            return None
        rounded = floor(100 * self.reached / Fraction(self.goal.value) + Fraction(1, 2))
        return min(rounded, 99) if self.left else rounded


def measure(goal: Goal, months: Sequence[Month], today: date, opened: date | None = None) -> Progress:
    """The progress of one union; `months` are the figures of the goal's year, `opened` the day on which it began."""
    if not measurable(goal, [_form(month) for month in months] or [load_form(FORM)]):
        return Progress(goal, measurable=False)
    told = [(month, value) for month in months if (value := _value(goal, month)) is not None]
    last = max((month.period for month, _ in told), default=None)
    left = months_left(goal.year, last, today)
    if not told:
        return Progress(goal, measurable=True, months_left=left)
    if not _adds_up(goal, told[-1][0]):
        part, whole = told[-1][1]
        return Progress(goal, True, part, whole, last, (), left)
    done = sum((part for _, (part, _) in told), Fraction(0))
    missing = tuple(sorted(set(_over(goal.year, today, opened)) - {month.period for month, _ in told}))
    return Progress(goal, True, done, None, last, missing, left)


def is_reached(progress: Progress) -> bool:
    """Whether the figures say that the goal is reached."""
    return progress.left is not None and not progress.left


def together(goal: Goal, each: Iterable[Progress], today: date) -> Progress:
    """The progress of a federation: the figures of the unions below it that sent any, added up."""
    told = [one for one in each if one.done is not None]
    last = max((one.as_of for one in told if one.as_of is not None), default=None)
    left = months_left(goal.year, last, today)
    shares = all(one.whole is not None for one in told)
    if not told or (goal.unit == "percent" and not shares):
        # Percentages without what they are a share of cannot be put together.
        return Progress(goal, measurable=not told and measurable(goal, [load_form(FORM)]), months_left=left)
    done = sum((one.done for one in told if one.done is not None), Fraction(0))
    whole = sum((one.whole for one in told if one.whole is not None), Fraction(0)) if shares else None
    return Progress(goal, True, done, whole, last, (), left, len(told))


def measurable(goal: Goal, forms: Iterable[Form]) -> bool:
    """Whether one of these forms asks for what the goal counts, in the same unit."""
    return any(_fields(goal, form) is not None for form in forms)


def _form(month: Month) -> Form:
    """The form that was filled; where its version is no longer in use, the one that took its place."""
    return form_of(month.form, month.version) or load_form(month.form)


def months_left(year: int, last: str | None, today: date) -> int:
    """How many months of the year are still to come: the running one counts until its figures are there."""
    over = MONTHS if today.year > year else 0 if today.year < year else today.month - 1
    return MONTHS - max(over, int(last[5:]) if last else 0)


def _fields(goal: Goal, form: Form) -> tuple[Field, Field | None] | None:
    """The field that answers the goal, with the one that is its whole where the goal is a share."""
    own = _field(form, goal.indicator)
    if goal.unit == "percent":
        if own is not None and own.type in SHARES:
            return own, None
        return _share(goal.indicator, form)
    known = indicators().get(goal.indicator)
    counted = own is not None and own.type in COUNTS and known is not None and known.unit == goal.unit
    return (own, None) if own is not None and counted else None


def _share(indicator: str, form: Form) -> tuple[Field, Field] | None:
    for key, row in indicators().items():
        part = _field(form, key) if row.share == indicator else None
        whole = next((field for field in form.fields if part is not None and field.at_least == part.key), None)
        if part is not None and whole is not None:
            return part, whole
    return None


def _field(form: Form, indicator: str) -> Field | None:
    return next((each for each in form.fields if each.indicator == indicator and each.type in COUNTS | SHARES), None)


def _adds_up(goal: Goal, month: Month) -> bool:
    found = _fields(goal, _form(month))
    return found is not None and found[0].carry == "zero"


def _value(goal: Goal, month: Month) -> tuple[Fraction, Fraction | None] | None:
    """What one month says: the part and, for a share, the whole; `None` where it says nothing."""
    found = _fields(goal, _form(month))
    if found is None:
        return None
    part, whole = (_number(month, field) if field else None for field in found)
    if part is None or (found[1] is not None and not whole):
        return None
    return part, whole


def _number(month: Month, field: Field) -> Fraction | None:
    value = month.answers.get(field.key)
    return Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _over(year: int, today: date, opened: date | None) -> Iterable[str]:
    """The months of the year that are over and in which the union was there."""
    first = opened.strftime("%Y-%m") if opened else ""
    over = MONTHS if today.year > year else today.month - 1 if today.year == year else 0
    return (code for month in range(1, over + 1) if (code := f"{year}-{month:02d}") >= first)

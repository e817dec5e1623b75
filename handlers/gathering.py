"""The reports of the unions below a federation put together: one row for each, those missing too, and the totals."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from db import ReportRule, Submission, exemptions, figures, report_rules, reports
from db.store import Connection
from handlers.debtors import Trees, debtors
from handlers.drafting import figure_of, months_of, told, totals
from handlers.forms import NUMBERS, Field, form_for
from handlers.owing import FORM
from knowledge import Union
from scheduler import Period

Origin = Literal["report", "checkins", "none"]
"""Where the figures of a row come from: the report itself, or the monthly check-ins because it came without figures."""


@dataclass(frozen=True)
class Row:
    """A union that owes the report, with what came of it; `figures` are empty where nothing did. `excused`: the staff
    do without it."""

    union: Union
    submission: Submission | None
    figures: Mapping[str, float | str]
    origin: Origin
    excused: bool = False


@dataclass(frozen=True)
class Gathering:
    """What a federation has of the reports for one period. `fields` are what can be put together, in the form's
    order."""

    rule: ReportRule
    period: Period
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]

    @property
    def came(self) -> int:
        """How many reports came."""
        return sum(row.submission is not None for row in self.rows)

    def total(self, key: str) -> tuple[int | float, int]:
        """The sum of a figure, and how many unions it is of."""
        return totals((row.figures for row in self.rows), key)

    def chosen(self, field: Field) -> dict[str, int]:
        """How many unions chose which option, by the options' keys in their order."""
        counts = {
            option.key: sum(row.figures.get(field.key) == option.key for row in self.rows) for option in field.options
        }
        return {key: count for key, count in counts.items() if count}


def gather(connection: Connection, union: Union, rule: ReportRule, period: Period) -> Gathering:
    """The reports of the kind of `rule` for a period from the unions below `union`, as the tree stood on its last day.

    Where districts report on their unions, the districts are the rows.
    """
    trees = Trees(connection)
    owing = _debtors(connection, trees, union.code, rule, period)
    tree = trees.on(period.last).unions
    came = {name: reports.standing(connection, name, period.code) for name in set(owing.values())}
    silent = [code for code, name in owing.items() if _without_figures(came[name].get(code))]
    monthly = _monthly(connection, silent, tree, period)
    given = exemptions.granted(connection, (period.code,))
    without = {report for report, each in given.items() if each.kind == "excuse"}
    rows = tuple(
        _row(tree[code], came[name].get(code), monthly, excused=(name, code, period.code) in without)
        for code, name in sorted(owing.items())
    )
    return Gathering(rule, period, fields_of(tree[code].sector for code in owing), rows)


def fields_of(sectors: Iterable[str]) -> tuple[Field, ...]:
    """The fields that can be put together, of all the forms that unions of these sectors fill."""
    forms = {form.version: form for form in (form_for(FORM, sector) for sector in sectors)}
    fields: dict[str, Field] = {}
    # What several forms ask for is called as in the one that is for all sectors.
    for form in sorted(forms.values(), key=lambda each: (bool(each.sectors), each.version)):
        fields |= {field.key: field for field in form.fields if field.key not in fields}
    return tuple(field for field in fields.values() if field.type in (*NUMBERS, "choice"))


def _debtors(connection: Connection, trees: Trees, top: str, rule: ReportRule, period: Period) -> dict[str, str]:
    """Who owes a report of this kind below `top`, with the rule that says so; of a branch only its uppermost union."""
    rules = report_rules.rules(connection)
    tree = trees.on(period.last)
    owed = debtors(connection, trees, rules, period.last)
    alike = [each.id for each in rules if (each.profile, each.cycle) == (rule.profile, rule.cycle)]
    inside = tree.inside((top,)) - {top}
    found = {code: name for name in alike for code in owed[name] & inside}
    covered = frozenset(below for code in found for below in tree.inside((code,)) - {code})
    return {code: name for code, name in found.items() if code not in covered}


def _without_figures(submission: Submission | None) -> bool:
    """Whether a report came that does not tell its figures: as a file, on paper, or as nothing to report."""
    return submission is not None and "figures" not in (submission.content or {})


def _monthly(
    connection: Connection, codes: Collection[str], tree: Mapping[str, Union], period: Period
) -> dict[str, dict[str, float | str]]:
    """What the check-ins of these unions say of the period."""
    months = months_of(period)
    sent: dict[str, list[figures.Month]] = {}
    for year in sorted({int(month[:4]) for month in months}) if codes else ():
        for code, found in figures.of_year(connection, year, codes).items():
            sent.setdefault(code, []).extend(found)
    said: dict[str, dict[str, float | str]] = {}
    for code, each in sent.items():
        fields = fields_of((tree[code].sector,))
        values = {field.key: figure_of(told(field, each, months)) for field in fields}
        said[code] = {key: value for key, value in values.items() if value is not None}
    return said


def _row(
    union: Union, submission: Submission | None, monthly: Mapping[str, Mapping[str, float | str]], *, excused: bool
) -> Row:
    if submission is None:
        return Row(union, None, {}, "none", excused)
    if not _without_figures(submission):
        return Row(union, submission, (submission.content or {})["figures"], "report")
    found = monthly.get(union.code, {})
    return Row(union, submission, found, "checkins" if found else "none")

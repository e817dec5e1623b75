"""The reports and figures that are still to come: one statement finds them, however many unions there are.

What has come stays in the database; only what somebody may have to be told of is read.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)

from db import Exemption, bulk
from db.exemptions import Report, exemption_of
from db.reports import STANDING
from db.rungs import Ladder
from db.tables import addresses, checkins, exemptions, officers, put_offs, report_rules, reports, rungs, unions
from db.tables import union_parents as parents
from scheduler import CutOffs, Cycle, DueBy, Profile


@dataclass(frozen=True)
class Rhythm:
    """What rules have in common whose reports cover the same periods and are due on the same days; `rules` names those
    of the custom profile, whose cut-offs are their own."""

    profile: Profile
    cycle: Cycle
    cut_offs: CutOffs
    working_days: int
    by: DueBy | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A rung that has been reached: of interest is what it was not written of, to the union itself or (`told`) to those
    above it."""

    rung: str
    told: bool


@dataclass(frozen=True)
class Asked:
    """A period that ends on the day `last`, and the steps reached; without any (`None`) all that is still to come is of
    interest. Reports with exceptions are of interest whatever was written, where there are some."""

    period: str
    last: date
    steps: tuple[Step, ...] | None = None
    exceptions: bool = False


@dataclass(frozen=True)
class Open:
    """What is still to come of these unions, and the rungs written of it to each of them towards its first due day."""

    obligation: str
    period: str
    said: frozenset[str]
    told: frozenset[str]
    unions: Sequence[str]


def reports_to_come(
    connection: Connection, rhythm: Rhythm, asked: Sequence[Asked], on: date, today: date
) -> Iterator[Open]:
    """What has not come of the rules of one rhythm, as the tree of the day `on` says who owes it, of the unions that
    are there `today`; with steps only where one was not written, or where there is an exception."""
    owed, periods = _below(rhythm, on), _periods(asked)
    report = (owed.c.rule, owed.c.code, periods.c.period)
    query = _open_reports(report).where(
        owed.c.level == owed.c.wanted,
        or_(owed.c.closed.is_(None), owed.c.closed > today),
        owed.c.since <= periods.c.last,
        or_(owed.c.until.is_(None), owed.c.until >= periods.c.last),
        ~_came(*report),
        or_(*(_of_interest(each, report, today) for each in asked)),
    )
    return _read(connection, query)


def figures_to_come(connection: Connection, name: str, form: str, asked: Asked, today: date) -> Iterator[Open]:
    """The grassroots unions that have not sent the figures of a month, the obligation being called `name`."""
    report = (literal(name), unions.c.code, literal(asked.period))
    came = exists().where(checkins.c.union == unions.c.code, checkins.c.form == form, checkins.c.period == asked.period)
    query = _open_reports(report).where(
        unions.c.level == "grassroots", _open(asked.last), _open(today), ~came, _unwritten(asked, report)
    )
    return _read(connection, query)


@dataclass(frozen=True)
class Exceptions:
    """What was decided of single reports that have not come, and the rungs written of them, whichever their due day."""

    granted: Mapping[Report, Exemption]
    due_again: Mapping[Report, date]
    said: Mapping[Ladder, frozenset[str]]
    told: Mapping[Ladder, frozenset[str]]


def exceptions(connection: Connection, periods: Collection[str], today: date) -> Exceptions:
    """The exceptions of these periods; few reports have any."""
    columns = (exemptions.c.rule, exemptions.c.union, exemptions.c.period)
    given = select(exemptions).where(exemptions.c.state == "granted", exemptions.c.period.in_(periods))
    rows = connection.execute(given.where(~_came(*columns)).order_by(exemptions.c.id))
    granted = {(row.rule, row.union, row.period): exemption_of(row) for row in rows}
    back = select(reports.c.rule, reports.c.union, reports.c.period, reports.c.due_again)
    back = back.where(reports.c.state == "returned", reports.c.period.in_(periods)).order_by(reports.c.version)
    due_again = {(row.rule, row.union, row.period): row.due_again for row in connection.execute(back) if row.due_again}
    special = _special(periods, today).subquery()
    mine = and_(rungs.c.obligation == special.c[0], rungs.c.union == special.c[1], rungs.c.period == special.c[2])
    written: dict[bool, dict[Ladder, set[str]]] = {False: {}, True: {}}
    for row in connection.execute(select(rungs).join(special, mine)):
        ladder = (row.obligation, row.union, row.period, row.due)
        written[row.told].setdefault(ladder, set()).add(row.rung)
    said, told = ({ladder: frozenset(names) for ladder, names in written[each].items()} for each in (False, True))
    return Exceptions(granted, due_again, said, told)


def periods_with_exceptions(connection: Connection, periods: Collection[str], today: date) -> frozenset[str]:
    """Those of the periods of which some report has an exception."""
    special = _special(periods, today).subquery()
    return frozenset(connection.scalars(select(special.c[2]).distinct()))


def _read(connection: Connection, query: Select[Any]) -> Iterator[Open]:
    """Those that stand alike come together: of a whole country it is few rows that have to be fetched."""
    each = query.subquery().c
    alike = (each.obligation, each.period, each.said, each.told)
    together = select(*alike, func.aggregate_strings(each.code, " ")).group_by(*alike)
    with bulk.looks_at_all(connection):
        found = connection.execute(together).all()
    for obligation, period, said, told, codes in found:
        yield Open(obligation, period, _names(said), _names(told), codes.split())


def _names(written: str | None) -> frozenset[str]:
    return frozenset((written or "").split())


def _open(on: date) -> ColumnElement[bool]:
    began = or_(unions.c.opened.is_(None), unions.c.opened <= on)
    return and_(began, or_(unions.c.closed.is_(None), unions.c.closed > on))


def _below(rhythm: Rhythm, on: date) -> CTE:
    """Every union that is, or stands below, the scope of a rule on that day; `wanted` is the level that owes it."""
    of_rule = (report_rules.c.id.label("rule"), report_rules.c.level.label("wanted"))
    span = (report_rules.c.since, report_rules.c.until)
    of_union = (unions.c.code, unions.c.level, unions.c.closed)
    top = select(*of_rule, *span, *of_union).join(unions, unions.c.code == report_rules.c.scope)
    tree = top.where(_of_rhythm(rhythm), _open(on)).cte("below", recursive=True)
    down = (
        select(tree.c.rule, tree.c.wanted, tree.c.since, tree.c.until, *of_union)
        .join(parents, parents.c.parent == tree.c.code)
        .join(unions, unions.c.code == parents.c.union)
        .where(parents.c.since <= on, or_(parents.c.until.is_(None), parents.c.until > on), _open(on))
    )
    return tree.union_all(down)


def _of_rhythm(rhythm: Rhythm) -> ColumnElement[bool]:
    columns = report_rules.c
    same = [
        columns.confirmed_at.is_not(None),
        columns.profile == rhythm.profile,
        columns.cycle == rhythm.cycle,
        columns.working_days == rhythm.working_days,
        columns.due_day == rhythm.by.day if rhythm.by else columns.due_day.is_(None),
    ]
    if rhythm.by:
        same.append(columns.due_month == rhythm.by.month if rhythm.by.month else columns.due_month.is_(None))
    return and_(*same, columns.id.in_(rhythm.rules)) if rhythm.rules else and_(*same)


def _periods(asked: Sequence[Asked]) -> CTE:
    rows = (select(literal(each.period).label("period"), literal(each.last, Date).label("last")) for each in asked)
    return union_all(*rows).cte("periods")


Columns = tuple[ColumnElement[str], ColumnElement[str], ColumnElement[str]]
"""Those of a statement that name the obligation, the union and the period."""


def _came(rule: ColumnElement[str], code: ColumnElement[str], period: ColumnElement[str]) -> ColumnElement[bool]:
    mine = (reports.c.rule == rule, reports.c.union == code, reports.c.period == period)
    return exists().where(*mine, reports.c.state.in_(STANDING))


def _of_ladder(report: Columns, *, told: bool) -> ColumnElement[bool]:
    """The rungs written towards the first due day."""
    rule, code, period = report
    mine = (rungs.c.obligation == rule, rungs.c.union == code, rungs.c.period == period)
    return and_(*mine, rungs.c.due == "", rungs.c.told == told)


def _open_reports(report: Columns) -> Select[Any]:
    """A report with the names of the rungs written to the union, and of those written to whoever stands above it."""
    rule, code, period = report
    names = func.aggregate_strings(rungs.c.rung, " ")
    said, told = (select(names).where(_of_ladder(report, told=told)).scalar_subquery() for told in (False, True))
    return select(
        rule.label("obligation"), code.label("code"), period.label("period"), said.label("said"), told.label("told")
    )


def _of_interest(asked: Asked, report: Columns, today: date) -> ColumnElement[bool]:
    wanted = _unwritten(asked, report)
    if asked.exceptions:
        wanted = or_(wanted, tuple_(*report).in_(_special((asked.period,), today)))
    return and_(report[2] == asked.period, wanted)


def _unwritten(asked: Asked, report: Columns) -> ColumnElement[bool]:
    """Whether one of the steps was not written yet; somebody must be there to read what goes to the union itself."""
    if asked.steps is None:
        return true()
    read = exists().where(
        officers.c.union == report[1],
        officers.c.until.is_(None),
        addresses.c.person == officers.c.person,
        addresses.c.open,
    )
    missing = (
        and_(
            ~exists().where(_of_ladder(report, told=step.told), rungs.c.rung == step.rung),
            true() if step.told else read,
        )
        for step in asked.steps
    )
    return or_(false(), *missing)


def _special(periods: Collection[str], today: date) -> CompoundSelect[tuple[str, str, str]]:
    """What has, or may have, another due day than the others, and what an officer put off until today."""
    exempt = select(exemptions.c.rule, exemptions.c.union, exemptions.c.period)
    returned = select(reports.c.rule, reports.c.union, reports.c.period)
    again = select(put_offs.c.obligation, put_offs.c.union, put_offs.c.period)
    return union(
        exempt.where(exemptions.c.state == "granted", exemptions.c.period.in_(periods)),
        returned.where(reports.c.state == "returned", reports.c.period.in_(periods)),
        again.where(put_offs.c.day == today, put_offs.c.period.in_(periods)),
    )

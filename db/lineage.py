"""What a union was before and what became of it, so that old documents reach those who took over."""

from datetime import date, timedelta

from sqlalchemy import Connection, select

from db.tables import successions, union_names, unions
from db.unions import chain, is_open


def predecessors(connection: Connection, code: str, on: date) -> tuple[tuple[str, date], ...]:
    """The unions that this one took over from by that day, and those that they had taken over from, nearest first.

    Each comes with the first day on which it was no more.
    """
    found: dict[str, date] = {}
    waiting = [code]
    while waiting:
        query = select(successions).where(successions.c.successor.in_(waiting), successions.c.since <= on)
        rows = connection.execute(query.order_by(successions.c.since.desc(), successions.c.predecessor)).all()
        waiting = [row.predecessor for row in rows if row.predecessor not in found and row.predecessor != code]
        found |= {row.predecessor: row.since for row in rows if row.predecessor in waiting}
    return tuple(found.items())


def successors(connection: Connection, code: str, on: date) -> tuple[str, ...]:
    """Who has taken over from a union that is closed by that day, in the order of the codes; itself where it is open.

    Where a successor is closed too, those who took over from it.
    """
    found: list[str] = []
    waiting, seen = [code], {code}
    while waiting:
        query = select(successions.c.successor).where(
            successions.c.predecessor == waiting[0], successions.c.since <= on
        )
        after = sorted(connection.scalars(query))
        if not after and (waiting[0] == code or is_open(connection, waiting[0], on)):
            found.append(waiting[0])
        waiting = [*waiting[1:], *(each for each in after if each not in seen)]
        seen.update(after)
    return tuple(each for each in sorted(found) if is_open(connection, each, on))


def last_day(connection: Connection, code: str) -> date | None:
    """The last day on which the union is open; `None` where it was never said to close."""
    closed = connection.scalar(select(unions.c.closed).where(unions.c.code == code))
    return closed - timedelta(days=1) if closed else None


def former_names(connection: Connection, code: str) -> tuple[tuple[date, str], ...]:
    """What the union was called before, oldest first, each with the first day on which it no longer was."""
    query = select(union_names.c.until, union_names.c.name).where(union_names.c.union == code)
    return tuple((row.until, row.name) for row in connection.execute(query.order_by(union_names.c.until)))


def document_chain(connection: Connection, code: str, on: date) -> tuple[str, ...]:
    """Whose documents hold for a union, nearest first: its own, those of the unions above it, and those of the unions
    that they took over from, with what stood above these.

    A province that took over from ten districts hands down the plan of that district alone below which the union
    stood; a union that is newer than the take-over has stood below none, so it hears of all ten.
    """
    today = chain(connection, code, on)
    before = {each: predecessors(connection, each, on) for each in today}
    own = (code, *(each for each, _ in before[code]))
    reached: list[str] = []
    for each in today:
        reached.append(each)
        reached += [old for old, since in before[each] if each == code or _held_for(connection, own, old, since)]
    ends = {old: since for found in before.values() for old, since in found}
    above = [up for old in reached if old in ends for up in chain(connection, old, ends[old] - timedelta(days=1))]
    return tuple(dict.fromkeys((*reached, *above)))


def _held_for(connection: Connection, own: tuple[str, ...], old: str, since: date) -> bool:
    """Whether a union that closed stood above one of `own` on its last day, or none of these was there yet."""
    last = since - timedelta(days=1)
    there = [each for each in own if _was_there(connection, each, last)]
    return not there or any(old in chain(connection, each, last) for each in there)


def _was_there(connection: Connection, code: str, on: date) -> bool:
    opened = connection.scalar(select(unions.c.opened).where(unions.c.code == code))
    return opened is None or opened <= on

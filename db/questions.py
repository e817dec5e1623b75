"""Questions that went to the staff above, and their answers: rulings that may be cited until they expire."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, or_, select, update

from db import PassedQuestion, QuestionReason
from db.branches import AT_ONCE
from db.once import forget, once
from db.tables import questions as table

_RULINGS, _SCOPES = "rulings", "scopes of rulings"


def _question(row: Row[tuple[Any, ...]]) -> PassedQuestion:
    return PassedQuestion(
        id=row.id,
        union=row.union,
        officer=row.officer,
        text=row.text,
        answer_given=row.answer_given,
        reason=row.reason,
        asked_at=row.asked_at,
        passed_up_to=row.passed_up_to,
        answered_at=row.answered_at,
        answer=row.answer,
        scope=row.scope,
        expires=row.expires,
    )


def pass_on(
    connection: Connection,
    union: str,
    officer: int | None,
    text: str,
    answer_given: str | None,
    reason: QuestionReason,
    passed_up_to: str,
    now: datetime,
) -> PassedQuestion:
    """Keep a question for the staff of `passed_up_to`."""
    made = connection.execute(
        insert(table).values(
            union=union,
            officer=officer,
            text=text,
            answer_given=answer_given,
            reason=reason,
            passed_up_to=passed_up_to,
            asked_at=now,
        )
    )
    assert made.inserted_primary_key is not None
    return _question(connection.execute(select(table).where(table.c.id == made.inserted_primary_key[0])).one())


def already_passed(connection: Connection, union: str, text: str) -> PassedQuestion | None:
    """The question that this union passed on in the same words and that still waits."""
    same = (table.c.union == union, table.c.text == text, table.c.answered_at.is_(None), table.c.closed_at.is_(None))
    row = connection.execute(select(table).where(*same)).first()
    return _question(row) if row else None


def waiting(connection: Connection, passed_up_to: Collection[str]) -> tuple[PassedQuestion, ...]:
    """The questions that wait at these unions, oldest first."""
    open_ = (table.c.answered_at.is_(None), table.c.closed_at.is_(None))
    query = select(table).where(*open_).order_by(table.c.asked_at, table.c.id)
    if len(passed_up_to) <= AT_ONCE:
        query = query.where(table.c.passed_up_to.in_(passed_up_to))
    return tuple(_question(row) for row in connection.execute(query) if row.passed_up_to in passed_up_to)


def answer(
    connection: Connection, number: int, officer: int, text: str, scope: str, expires: date | None, now: datetime
) -> None:
    """Keep the answer; it may be cited to the union `scope` and all below it up to the day `expires`."""
    values = {"answered_by": officer, "answered_at": now, "answer": text, "scope": scope, "expires": expires}
    connection.execute(update(table).where(table.c.id == number).values(values))
    _changed(connection)


def close(connection: Connection, number: int, officer: int, now: datetime) -> None:
    """The question stays without an answer."""
    connection.execute(update(table).where(table.c.id == number).values(answered_by=officer, closed_at=now))
    _changed(connection)


def hand_up(connection: Connection, number: int, union: str) -> None:
    """The question goes to the staff of another union."""
    connection.execute(update(table).where(table.c.id == number).values(passed_up_to=union))


def withdraw(connection: Connection, number: int, now: datetime) -> None:
    """The answer is no longer cited to anybody."""
    connection.execute(update(table).where(table.c.id == number).values(closed_at=now))
    _changed(connection)


def rulings(connection: Connection, chain: Collection[str], today: date) -> tuple[PassedQuestion, ...]:
    """The answers that may be cited today to a union with this chain (its own code and those above), newest first."""
    found: dict[tuple[frozenset[str], date], tuple[PassedQuestion, ...]] = once(connection, _RULINGS, dict)
    # Most unions below one level see the same ones, and a lot of turns asks for them again and again.
    scopes = once(connection, _SCOPES, lambda: frozenset(connection.scalars(_scopes()))).intersection(chain)
    if scopes and (scopes, today) not in found:
        rows = connection.execute(_rulings(), {"scopes": list(scopes), "today": today})
        found[scopes, today] = tuple(_question(row) for row in rows)
    return found[scopes, today] if scopes else ()


def _changed(connection: Connection) -> None:
    forget(connection, _RULINGS)
    forget(connection, _SCOPES)


# Built once, as every question needs them.
@cache
def _scopes() -> Select[str]:
    return select(table.c.scope).where(table.c.answered_at.is_not(None), table.c.closed_at.is_(None)).distinct()


@cache
def _rulings() -> Select[tuple[Any, ...]]:
    today = bindparam("today", type_=table.c.expires.type)
    query = select(table).where(
        table.c.answered_at.is_not(None),
        table.c.closed_at.is_(None),
        table.c.scope.in_(bindparam("scopes", expanding=True)),
        or_(table.c.expires.is_(None), table.c.expires >= today),
    )
    return query.order_by(table.c.answered_at.desc())

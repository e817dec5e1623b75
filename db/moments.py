"""Moments in a database that keeps no zone."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator

from scheduler import ZONE


class Moment(TypeDecorator[datetime]):
    """An aware datetime: stored as UTC (SQLite keeps no zone), handed out in Viet Nam time.

    Raises ValueError for a datetime without a zone: it could mean two moments.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone: take it from the clock")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC).astimezone(ZONE)

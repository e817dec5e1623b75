"""All tables. A change here needs a migration of the same shape in `migrations/versions` (a test compares them)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

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


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

notes = Table(
    "notes",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

unions = Table(
    "unions",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(40), nullable=False),
    Column("parent", String(40), ForeignKey("unions.code"), index=True),
    Column("sector", String(40), nullable=False),
)

officers = Table(
    "officers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("officer", Integer, ForeignKey("officers.id"), nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("reason", Text),
    Column("heard_at", Moment),
    UniqueConstraint("channel", "address"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(120), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("key", String(200), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("note", Text),
    Column("settled_at", Moment),
    UniqueConstraint("channel", "key"),
    Index("ix_inbox_state", "state"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("body", JSON, nullable=False),
    Column("about", JSON),
    Column("answers", Integer, ForeignKey("inbox.id"), index=True),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Moment),
    Column("reason", Text),
    Column("sent_at", Moment),
    Column("message_ids", JSON),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_channel_address", "channel", "address"),
)

checkins = Table(
    "checkins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("form", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("period", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("officer", Integer, ForeignKey("officers.id")),
    Column("received_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    UniqueConstraint("union", "form", "period", "revision"),
    Index("ix_checkins_form_period", "form", "period"),
)

report_rules = Table(
    "report_rules",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("scope", String(40), ForeignKey("unions.code"), nullable=False),
    Column("level", String(40), nullable=False),
    Column("profile", String(20), nullable=False),
    Column("cycle", String(10), nullable=False),
    Column("working_days", Integer, nullable=False),
    Column("since", Date, nullable=False),
    Column("clause", Text),
    Column("confirmed_at", Moment),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", String(40), ForeignKey("report_rules.id"), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("period", String(20), nullable=False),
    Column("officer", Integer, ForeignKey("officers.id")),
    Column("received_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    UniqueConstraint("rule", "union", "period"),
)

"""The tables of what is said: updates, talks, letters; and what the processes agree on among themselves."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from db.moments import Moment
from db.numbers import Number
from db.shape import metadata

notes = Table(
    "notes",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(120), primary_key=True),
    Column("post", Number, primary_key=True, autoincrement=False),
    Column("state", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# One row for each chat that was ever heard of: whoever holds its lock takes the turns of that chat.
lines = Table(
    "lines",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(120), primary_key=True),
)

# What only one process does at a time, such as ringing, and until when the others leave it alone.
leases = Table(
    "leases",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("holder", String(120), nullable=False),
    Column("until", Moment, nullable=False),
)

# `address` is the sender, where the channel could read who it was.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("key", String(200), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("note", Text),
    Column("settled_at", Moment),
    Column("address", String(120)),
    UniqueConstraint("channel", "key"),
    Index("ix_inbox_state_sender", "state", "channel", "address", "id"),
)

IS_ANSWER = text("answers IS NOT NULL")

# `doubtful`: an earlier send of the letter may have arrived although the channel never said so.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("body", JSON, nullable=False),
    Column("about", JSON),
    Column("answers", Number, ForeignKey("inbox.id")),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Moment),
    Column("reason", Text),
    Column("sent_at", Moment),
    Column("message_ids", JSON),
    Column("doubtful", Boolean, nullable=False, default=False, server_default=false()),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_chat_state", "channel", "address", "state", "id"),
    Index("ix_outbox_created_at", "created_at"),
    # Answers are looked for again and again, and few beside what is said unasked in a wave.
    Index("ix_outbox_answers", "answers", sqlite_where=IS_ANSWER, postgresql_where=IS_ANSWER),
    Index("ix_outbox_answers_due", "state", "due_at", sqlite_where=IS_ANSWER, postgresql_where=IS_ANSWER),
)

# A group chat where staff have late unions named: offered by a code of which only a hash is kept, then open at an
# address until it is closed.
group_chats = Table(
    "group_chats",
    metadata,
    Column("id", Number, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("officer", Number, ForeignKey("officers.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("channel", String(20)),
    Column("address", String(120)),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Index("ix_group_chats_channel_address", "channel", "address"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("officer", Number, ForeignKey("officers.id")),
    Column("action", String(40), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("details", JSON, nullable=False),
)

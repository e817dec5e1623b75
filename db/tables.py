"""All tables. A change here needs a migration of the same shape in `migrations/versions` (a test compares them)."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from db.moments import Moment

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
    Column("sector", String(40), nullable=False),
    Column("opened", Date),
    Column("closed", Date),
)

# Who managed a union from which day to the day before which; the names it had before; what became of it.
union_parents = Table(
    "union_parents",
    metadata,
    Column("union", String(40), ForeignKey("unions.code"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
    Column("parent", String(40), ForeignKey("unions.code"), nullable=False, index=True),
)

union_names = Table(
    "union_names",
    metadata,
    Column("union", String(40), ForeignKey("unions.code"), primary_key=True),
    Column("until", Date, primary_key=True),
    Column("name", Text, nullable=False),
)

successions = Table(
    "successions",
    metadata,
    Column("predecessor", String(40), ForeignKey("unions.code"), primary_key=True),
    Column("successor", String(40), ForeignKey("unions.code"), primary_key=True, index=True),
    Column("since", Date, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("notice", Integer),
)

# A post in a union: from the day on which somebody took it over until they left it.
officers = Table(
    "officers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("people.id"), index=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("digest_every", String(10)),
    Column("digest_hour", Integer),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("people.id"), nullable=False, index=True),
    Column("post", Integer, ForeignKey("officers.id")),
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
    Column("post", Integer, primary_key=True, autoincrement=False),
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
    Column("confirmed_by", Integer, ForeignKey("officers.id")),
    Column("due_day", Integer),
    Column("due_month", Integer),
    Column("cut_offs", JSON(none_as_null=True)),
    Column("until", Date),
    Column("source", String(200)),
)

# What came as a report; a further version stands beside the one that it replaces.
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", String(40), ForeignKey("report_rules.id"), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("period", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("way", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", JSON(none_as_null=True)),
    Column("officer", Integer, ForeignKey("officers.id")),
    Column("received_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("decided_by", Integer, ForeignKey("officers.id")),
    Column("decided_at", Moment),
    Column("reason", Text),
    Column("due_again", Date),
    UniqueConstraint("rule", "union", "period", "version"),
    Index("ix_reports_state", "state"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("replaces", Integer, ForeignKey("officers.id")),
    Column("person", Integer, ForeignKey("people.id")),
    Column("invited_by", Integer, ForeignKey("officers.id")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_wrong_codes_channel_address", "channel", "address"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("officer", Integer, ForeignKey("officers.id")),
    Column("action", String(40), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("details", JSON, nullable=False),
)

# What people sent as a file: once a content, whoever refers to it by its id.
files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("officer", Integer, ForeignKey("officers.id")),
    Column("name", Text, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
)

targets = Table(
    "targets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("indicator", String(60), nullable=False),
    Column("period", String(20), nullable=False),
    Column("comparator", String(20), nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("source", Text),
    Column("assigned_by", Integer, ForeignKey("officers.id")),
    Column("assigned_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("ix_targets_union_period", "union", "period"),
)

# A question that the documents do not answer; the answer of the staff is a ruling that may be cited until it expires.
questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("officer", Integer, ForeignKey("officers.id")),
    Column("text", Text, nullable=False),
    Column("answer_given", Text),
    Column("reason", String(20), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("passed_up_to", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("answered_by", Integer, ForeignKey("officers.id")),
    Column("answered_at", Moment),
    Column("answer", Text),
    Column("scope", String(40), ForeignKey("unions.code")),
    Column("expires", Date),
    Column("closed_at", Moment),
)

# Every rung that was written, to the union itself or to those above it; `due` is empty for the first due day.
rungs = Table(
    "rungs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation", String(40), nullable=False),
    Column("union", String(40), nullable=False),
    Column("period", String(20), nullable=False),
    Column("due", String(10), nullable=False),
    Column("rung", String(20), nullable=False),
    Column("told", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("obligation", "union", "period", "due", "rung", "told"),
    Index("ix_rungs_period", "period"),
)

# The days to which officers put off a reminder.
put_offs = Table(
    "put_offs",
    metadata,
    Column("obligation", String(40), primary_key=True),
    Column("union", String(40), primary_key=True),
    Column("period", String(20), primary_key=True),
    Column("due", String(10), primary_key=True),
    Column("day", Date, primary_key=True),
)

# What was asked and decided of one union's report: another day, none at all, or that it came in another way.
exemptions = Table(
    "exemptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", String(40), ForeignKey("report_rules.id"), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("period", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("until", Date),
    Column("reason", Text),
    Column("asked_by", Integer, ForeignKey("officers.id")),
    Column("at", Moment, nullable=False),
    Column("decided_by", Integer, ForeignKey("officers.id")),
    Column("decided_at", Moment),
    Index("ix_exemptions_period", "period"),
    Index("ix_exemptions_state", "state"),
)

leaves = Table(
    "leaves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post", Integer, ForeignKey("officers.id"), nullable=False, index=True),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("entered_by", Integer, ForeignKey("officers.id")),
    Column("entered_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

# Days on which people work although they would be off, or the other way round.
day_swaps = Table(
    "day_swaps",
    metadata,
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
    Column("entered_by", Integer, ForeignKey("officers.id")),
    Column("entered_at", Moment, nullable=False),
)

# A document of the library, the `part`-th of its file, from when staff confirmed it until it was withdrawn.
library = Table(
    "library",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Integer, ForeignKey("files.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("kind", String(120), nullable=False),
    Column("number", String(120)),
    Column("title", Text, nullable=False),
    Column("issuer", Text),
    Column("issued_on", Date),
    Column("added_by", Integer, ForeignKey("officers.id")),
    Column("since", Moment, nullable=False),
    Column("withdrawn_by", Integer, ForeignKey("officers.id")),
    Column("withdrawn_at", Moment),
    UniqueConstraint("file", "part"),
)

"""The tables of the work: figures, reports and what is asked and decided of them, targets, questions, documents."""

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
    String,
    Table,
    Text,
    UniqueConstraint,
)

from db.moments import Moment
from db.numbers import Number
from db.shape import metadata

checkins = Table(
    "checkins",
    metadata,
    Column("id", Number, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("form", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("period", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("officer", Number, ForeignKey("officers.id")),
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
    Column("confirmed_by", Number, ForeignKey("officers.id")),
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
    Column("id", Number, primary_key=True),
    Column("rule", String(40), ForeignKey("report_rules.id"), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("period", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("way", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", JSON(none_as_null=True)),
    Column("officer", Number, ForeignKey("officers.id")),
    Column("received_at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("decided_by", Number, ForeignKey("officers.id")),
    Column("decided_at", Moment),
    Column("reason", Text),
    Column("due_again", Date),
    UniqueConstraint("rule", "union", "period", "version"),
    Index("ix_reports_state", "state"),
    Index("ix_reports_union", "union"),
)

# Every rung that was written, to the union itself or to those above it; `due` is empty for the first due day.
rungs = Table(
    "rungs",
    metadata,
    Column("id", Number, primary_key=True),
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
    Column("id", Number, primary_key=True),
    Column("rule", String(40), ForeignKey("report_rules.id"), nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("period", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("until", Date),
    Column("reason", Text),
    Column("asked_by", Number, ForeignKey("officers.id")),
    Column("at", Moment, nullable=False),
    Column("decided_by", Number, ForeignKey("officers.id")),
    Column("decided_at", Moment),
    Index("ix_exemptions_period", "period"),
    Index("ix_exemptions_state", "state"),
    Index("ix_exemptions_union", "union"),
)

# What people sent as a file: once a content, whoever refers to it by its id.
files = Table(
    "files",
    metadata,
    Column("id", Number, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("officer", Number, ForeignKey("officers.id")),
    Column("name", Text, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
)

targets = Table(
    "targets",
    metadata,
    Column("id", Number, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("indicator", String(60), nullable=False),
    Column("period", String(20), nullable=False),
    Column("comparator", String(20), nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("source", Text),
    Column("assigned_by", Number, ForeignKey("officers.id")),
    Column("assigned_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("ix_targets_union_period", "union", "period"),
)

# A question that the documents do not answer; the answer of the staff is a ruling that may be cited until it expires.
questions = Table(
    "questions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("officer", Number, ForeignKey("officers.id")),
    Column("text", Text, nullable=False),
    Column("answer_given", Text),
    Column("reason", String(20), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("passed_up_to", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("answered_by", Number, ForeignKey("officers.id")),
    Column("answered_at", Moment),
    Column("answer", Text),
    Column("scope", String(40), ForeignKey("unions.code")),
    Column("expires", Date),
    Column("closed_at", Moment),
)

# A document of the library, the `part`-th of its file, from when staff confirmed it until it was withdrawn.
library = Table(
    "library",
    metadata,
    Column("id", Number, primary_key=True),
    Column("file", Number, ForeignKey("files.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("kind", String(120), nullable=False),
    Column("number", String(120)),
    Column("title", Text, nullable=False),
    Column("issuer", Text),
    Column("issued_on", Date),
    Column("added_by", Number, ForeignKey("officers.id")),
    Column("since", Moment, nullable=False),
    Column("withdrawn_by", Number, ForeignKey("officers.id")),
    Column("withdrawn_at", Moment),
    UniqueConstraint("file", "part"),
)

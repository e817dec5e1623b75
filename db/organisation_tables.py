"""The tables of the organisation: unions with their history, people, their posts and how they are reached."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from db.moments import Moment
from db.numbers import Number
from db.shape import metadata

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
    Column("id", Number, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("notice", Integer),
)

# A post in a union: from the day on which somebody took it over until they left it.
officers = Table(
    "officers",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Number, ForeignKey("people.id"), index=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("digest_every", String(10)),
    Column("digest_hour", Integer),
    # With this index and that of the addresses a ring sees at a glance in which unions somebody is reached.
    Index("ix_officers_union_until_person", "union", "until", "person"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Number, ForeignKey("people.id"), nullable=False),
    Column("post", Number, ForeignKey("officers.id")),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("reason", Text),
    Column("heard_at", Moment),
    UniqueConstraint("channel", "address"),
    Index("ix_addresses_person_open", "person", "open"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Number, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("union", String(40), ForeignKey("unions.code"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("replaces", Number, ForeignKey("officers.id")),
    Column("person", Number, ForeignKey("people.id")),
    Column("invited_by", Number, ForeignKey("officers.id")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(120), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_wrong_codes_channel_address", "channel", "address"),
)

leaves = Table(
    "leaves",
    metadata,
    Column("id", Number, primary_key=True),
    Column("post", Number, ForeignKey("officers.id"), nullable=False, index=True),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("entered_by", Number, ForeignKey("officers.id")),
    Column("entered_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

# Days on which people work although they would be off, or the other way round.
day_swaps = Table(
    "day_swaps",
    metadata,
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
    Column("entered_by", Number, ForeignKey("officers.id")),
    Column("entered_at", Moment, nullable=False),
)

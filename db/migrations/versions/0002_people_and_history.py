"""People with posts, a tree with dates, invitations, targets, questions, files, and a record of what staff did."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from db.moments import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ALWAYS = date(1900, 1, 1)
"""A parent that was imported without a date had always been the parent."""


def upgrade() -> None:
    """Make the new tables, then move what stood in the old columns."""
    _people()
    _posts_of_people()
    _tree_with_dates()
    for make in (_union_names, _successions, _invitations, _wrong_codes, _audit, _files, _targets, _questions):
        make()
    _conversations_of_posts()


def _posts_of_people() -> None:
    """Everybody who had a post becomes a person with that post, under the same number."""
    op.execute("INSERT INTO people (id, since) SELECT id, since FROM officers")
    with op.batch_alter_table("officers") as table:
        table.add_column(sa.Column("person", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_officers_person", "people", ["person"], ["id"])
        table.create_index("ix_officers_person", ["person"])
    op.execute("UPDATE officers SET person = id")
    with op.batch_alter_table("addresses") as table:
        table.add_column(sa.Column("person", sa.Integer(), nullable=True))
        table.add_column(sa.Column("post", sa.Integer(), nullable=True))
    op.execute("UPDATE addresses SET person = officer")
    with op.batch_alter_table("addresses") as table:
        table.drop_index("ix_addresses_officer")
        table.drop_constraint("fk_addresses_officer", type_="foreignkey")
        table.drop_column("officer")
        table.alter_column("person", nullable=False)
        table.create_foreign_key("fk_addresses_person", "people", ["person"], ["id"])
        table.create_foreign_key("fk_addresses_post", "officers", ["post"], ["id"])
        table.create_index("ix_addresses_person", ["person"])


def _tree_with_dates() -> None:
    bind = op.get_bind()
    old = sa.table("unions", sa.column("code"), sa.column("parent"))
    parents = bind.execute(sa.select(old.c.code, old.c.parent).where(old.c.parent.is_not(None))).all()
    with op.batch_alter_table("unions") as table:
        table.drop_index("ix_unions_parent")
        table.drop_constraint("fk_unions_parent", type_="foreignkey")
        table.drop_column("parent")
        table.add_column(sa.Column("opened", sa.Date(), nullable=True))
        table.add_column(sa.Column("closed", sa.Date(), nullable=True))
    _union_parents()
    new = sa.table("union_parents", sa.column("union"), sa.column("parent"), sa.column("since", sa.Date()))
    for code, parent in parents:
        bind.execute(sa.insert(new).values(union=code, parent=parent, since=ALWAYS))


def _conversations_of_posts() -> None:
    """What was being talked about belongs to the post that talked about it."""
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("post", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE conversations SET post = COALESCE((SELECT MIN(officers.id) FROM addresses "
        "JOIN officers ON officers.person = addresses.person "
        "WHERE addresses.channel = conversations.channel AND addresses.address = conversations.address), 0)"
    )
    with op.batch_alter_table("conversations") as table:
        table.drop_constraint("pk_conversations", type_="primary")
        table.create_primary_key("pk_conversations", ["channel", "address", "post"])
        table.alter_column("post", server_default=None)


def _union_parents() -> None:
    op.create_table(
        "union_parents",
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("parent", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["unions.code"], name=op.f("fk_union_parents_parent")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_union_parents_union")),
        sa.PrimaryKeyConstraint("union", "since", name=op.f("pk_union_parents")),
    )
    op.create_index(op.f("ix_union_parents_parent"), "union_parents", ["parent"], unique=False)


def _union_names() -> None:
    op.create_table(
        "union_names",
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_union_names_union")),
        sa.PrimaryKeyConstraint("union", "until", name=op.f("pk_union_names")),
    )


def _successions() -> None:
    op.create_table(
        "successions",
        sa.Column("predecessor", sa.String(length=40), nullable=False),
        sa.Column("successor", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["predecessor"], ["unions.code"], name=op.f("fk_successions_predecessor")),
        sa.ForeignKeyConstraint(["successor"], ["unions.code"], name=op.f("fk_successions_successor")),
        sa.PrimaryKeyConstraint("predecessor", "successor", name=op.f("pk_successions")),
    )
    op.create_index(op.f("ix_successions_successor"), "successions", ["successor"], unique=False)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("agreed_at", Moment(), nullable=True),
        sa.Column("notice", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], ["officers.id"], name=op.f("fk_invitations_invited_by")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_invitations_person")),
        sa.ForeignKeyConstraint(["replaces"], ["officers.id"], name=op.f("fk_invitations_replaces")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_invitations_union")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_invitations_code")),
    )
    op.create_index(op.f("ix_invitations_union"), "invitations", ["union"], unique=False)


def _wrong_codes() -> None:
    op.create_table(
        "wrong_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_codes")),
    )
    op.create_index("ix_wrong_codes_channel_address", "wrong_codes", ["channel", "address"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["officer"], ["officers.id"], name=op.f("fk_audit_officer")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_audit_union")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_union"), "audit", ["union"], unique=False)


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["officer"], ["officers.id"], name=op.f("fk_files_officer")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_files_union")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_union"), "files", ["union"], unique=False)


def _targets() -> None:
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("comparator", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("assigned_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["assigned_by"], ["officers.id"], name=op.f("fk_targets_assigned_by")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_targets_union")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
    )
    op.create_index("ix_targets_union_period", "targets", ["union", "period"], unique=False)


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer_given", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("passed_up_to", sa.String(length=40), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("scope", sa.String(length=40), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["officers.id"], name=op.f("fk_questions_answered_by")),
        sa.ForeignKeyConstraint(["officer"], ["officers.id"], name=op.f("fk_questions_officer")),
        sa.ForeignKeyConstraint(["passed_up_to"], ["unions.code"], name=op.f("fk_questions_passed_up_to")),
        sa.ForeignKeyConstraint(["scope"], ["unions.code"], name=op.f("fk_questions_scope")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_questions_union")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_passed_up_to"), "questions", ["passed_up_to"], unique=False)
    op.create_index(op.f("ix_questions_union"), "questions", ["union"], unique=False)

"""People with posts, a tree with dates, invitations, targets, questions, files, and a record of what staff did."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from db.tables import metadata

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW = (
    "union_parents",
    "union_names",
    "successions",
    "people",
    "invitations",
    "wrong_codes",
    "audit",
    "files",
    "targets",
    "questions",
)

ALWAYS = date(1900, 1, 1)
"""A parent that was imported without a date had always been the parent."""


def upgrade() -> None:
    """Make the new tables, then move what stood in the old columns."""
    metadata.create_all(op.get_bind(), tables=[metadata.tables[name] for name in NEW if name == "people"])
    _posts_of_people()
    _tree_with_dates()
    metadata.create_all(op.get_bind(), tables=[metadata.tables[name] for name in NEW])
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
    new = metadata.tables["union_parents"]
    metadata.create_all(bind, tables=[new])
    for code, parent in parents:
        bind.execute(sa.insert(new).values(union=code, parent=parent, since=ALWAYS))


def _conversations_of_posts() -> None:
    """What was being talked about belongs to the post that talked about it."""
    bind = op.get_bind()
    op.rename_table("conversations", "conversations_before")
    metadata.create_all(bind, tables=[metadata.tables["conversations"]])
    op.execute(
        "INSERT INTO conversations (channel, address, post, state, updated_at) "
        "SELECT old.channel, old.address, COALESCE(officers.id, 0), old.state, old.updated_at "
        "FROM conversations_before AS old "
        "LEFT JOIN addresses ON addresses.channel = old.channel AND addresses.address = old.address "
        "LEFT JOIN officers ON officers.person = addresses.person"
    )
    op.drop_table("conversations_before")

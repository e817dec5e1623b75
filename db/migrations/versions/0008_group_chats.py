"""Group chats where staff have late unions named."""

import sqlalchemy as sa
from alembic import op

from db.moments import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until staff link a group nothing is said in any."""
    op.create_table(
        "group_chats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_group_chats_union")),
        sa.ForeignKeyConstraint(["officer"], ["officers.id"], name=op.f("fk_group_chats_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chats")),
        sa.UniqueConstraint("code", name=op.f("uq_group_chats_code")),
    )
    op.create_index(op.f("ix_group_chats_union"), "group_chats", ["union"], unique=False)
    op.create_index("ix_group_chats_channel_address", "group_chats", ["channel", "address"], unique=False)

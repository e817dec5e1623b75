"""Several processes share the work: lines of chats, leases, the sender of an update, letters that may have arrived."""

import sqlalchemy as sa
from alembic import op

from db.moments import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Updates that wait have no sender yet: whoever takes them up reads it out of them."""
    op.create_table(
        "lines",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_lines")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.add_column("inbox", sa.Column("address", sa.String(length=120), nullable=True))
    op.add_column("outbox", sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=sa.false()))
    _indexes()


def _indexes() -> None:
    """What waits is found without reading what is settled, however much that is."""
    op.drop_index("ix_inbox_state", "inbox")
    op.create_index("ix_inbox_state_sender", "inbox", ["state", "channel", "address", "id"])
    op.drop_index("ix_outbox_channel_address", "outbox")
    op.create_index("ix_outbox_chat_state", "outbox", ["channel", "address", "state", "id"])
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"])
    answer = sa.text("answers IS NOT NULL")
    op.create_index(
        "ix_outbox_answers_due", "outbox", ["state", "due_at"], sqlite_where=answer, postgresql_where=answer
    )

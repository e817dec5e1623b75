"""Reports have versions, come in several ways, and are accepted or returned."""

import sqlalchemy as sa
from alembic import op

from db.moments import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was marked as submitted is the first version, and waits for the staff."""
    with op.batch_alter_table("reports") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=True))
        table.add_column(sa.Column("way", sa.String(length=10), nullable=True))
        table.add_column(sa.Column("state", sa.String(length=10), nullable=True))
        table.add_column(sa.Column("content", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("decided_at", Moment(), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))
        table.add_column(sa.Column("due_again", sa.Date(), nullable=True))
    op.execute("UPDATE reports SET version = 1, way = 'marked', state = 'received'")
    with op.batch_alter_table("reports") as table:
        for column, kind in (("version", sa.Integer()), ("way", sa.String(10)), ("state", sa.String(10))):
            table.alter_column(column, existing_type=kind, nullable=False)
        table.drop_constraint("uq_reports_rule_union_period", type_="unique")
        table.create_unique_constraint("uq_reports_rule_union_period_version", ["rule", "union", "period", "version"])
        table.create_foreign_key("fk_reports_decided_by", "officers", ["decided_by"], ["id"])
        table.create_index("ix_reports_state", ["state"])

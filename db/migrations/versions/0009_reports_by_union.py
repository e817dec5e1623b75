"""The reports and exemptions of one union are found without looking at everybody's."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that is kept changes."""
    op.create_index("ix_reports_union", "reports", ["union"], unique=False)
    op.create_index("ix_exemptions_union", "exemptions", ["union"], unique=False)

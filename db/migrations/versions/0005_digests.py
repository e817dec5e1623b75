"""Staff choose how often and from which hour on they get their digest."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever chose nothing gets a digest every working day, as before."""
    op.add_column("officers", sa.Column("digest_every", sa.String(length=10), nullable=True))
    op.add_column("officers", sa.Column("digest_hour", sa.Integer(), nullable=True))

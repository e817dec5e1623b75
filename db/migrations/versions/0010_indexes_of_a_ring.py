"""A ring over a whole country: who can be read to is told from indexes alone, and a wave adds to fewer of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that is kept changes."""
    op.drop_index("ix_officers_union", "officers")
    op.create_index("ix_officers_union_until_person", "officers", ["union", "until", "person"])
    op.drop_index("ix_addresses_person", "addresses")
    op.create_index("ix_addresses_person_open", "addresses", ["person", "open"])
    answer = sa.text("answers IS NOT NULL")
    op.drop_index("ix_outbox_answers", "outbox")
    op.create_index("ix_outbox_answers", "outbox", ["answers"], sqlite_where=answer, postgresql_where=answer)

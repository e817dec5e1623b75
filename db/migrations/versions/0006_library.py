"""Documents that an office keeps for questions."""

import sqlalchemy as sa
from alembic import op

from db.moments import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now nothing was kept: whoever sent a document before sends it again."""
    op.create_table(
        "library",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["file"], ["files.id"], name=op.f("fk_library_file")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_library_union")),
        sa.ForeignKeyConstraint(["added_by"], ["officers.id"], name=op.f("fk_library_added_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["officers.id"], name=op.f("fk_library_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library")),
        sa.UniqueConstraint("file", "part", name=op.f("uq_library_file_part")),
    )
    op.create_index(op.f("ix_library_union"), "library", ["union"], unique=False)

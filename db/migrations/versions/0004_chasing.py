"""Reports are chased by rules with more ways to be due, with extensions, leave, swapped days and rungs kept apart."""

import sqlalchemy as sa
from alembic import op

from db.moments import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables; what was said before stood only in the keys of the letters."""
    _due_rules()
    _rungs()
    _put_offs()
    _exemptions()
    _leaves()
    _day_swaps()
    _rungs_said()


def _due_rules() -> None:
    with op.batch_alter_table("report_rules") as table:
        table.add_column(sa.Column("confirmed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("due_day", sa.Integer(), nullable=True))
        table.add_column(sa.Column("due_month", sa.Integer(), nullable=True))
        table.add_column(sa.Column("cut_offs", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("until", sa.Date(), nullable=True))
        table.add_column(sa.Column("source", sa.String(length=200), nullable=True))
        table.create_foreign_key("fk_report_rules_confirmed_by", "officers", ["confirmed_by"], ["id"])


def _rungs() -> None:
    op.create_table(
        "rungs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.String(length=40), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("rung", sa.String(length=20), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rungs")),
        sa.UniqueConstraint(
            "obligation",
            "union",
            "period",
            "due",
            "rung",
            "told",
            name=op.f("uq_rungs_obligation_union_period_due_rung_told"),
        ),
    )
    op.create_index("ix_rungs_period", "rungs", ["period"], unique=False)


def _put_offs() -> None:
    op.create_table(
        "put_offs",
        sa.Column("obligation", sa.String(length=40), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("obligation", "union", "period", "due", "day", name=op.f("pk_put_offs")),
    )


def _exemptions() -> None:
    op.create_table(
        "exemptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("union", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["rule"], ["report_rules.id"], name=op.f("fk_exemptions_rule")),
        sa.ForeignKeyConstraint(["union"], ["unions.code"], name=op.f("fk_exemptions_union")),
        sa.ForeignKeyConstraint(["asked_by"], ["officers.id"], name=op.f("fk_exemptions_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["officers.id"], name=op.f("fk_exemptions_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemptions")),
    )
    op.create_index("ix_exemptions_period", "exemptions", ["period"], unique=False)
    op.create_index("ix_exemptions_state", "exemptions", ["state"], unique=False)


def _leaves() -> None:
    op.create_table(
        "leaves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["post"], ["officers.id"], name=op.f("fk_leaves_post")),
        sa.ForeignKeyConstraint(["entered_by"], ["officers.id"], name=op.f("fk_leaves_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index(op.f("ix_leaves_post"), "leaves", ["post"], unique=False)


def _day_swaps() -> None:
    op.create_table(
        "day_swaps",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["officers.id"], name=op.f("fk_day_swaps_entered_by")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_swaps")),
    )


def _rungs_said() -> None:
    """A key was `remind:<obligation>:<union>:<period>:<rung>`; staff had no letters of their own."""
    bind = op.get_bind()
    outbox = sa.table("outbox", sa.column("id"), sa.column("key"), sa.column("created_at", Moment()))
    said = sa.select(outbox.c.key, outbox.c.created_at).where(outbox.c.key.like("remind:%")).order_by(outbox.c.id)
    names = ("obligation", "union", "period", "due", "rung", "told", "at")
    rungs = sa.table("rungs", *(sa.column(name, Moment() if name == "at" else None) for name in names))
    for key, at in bind.execute(said).all():
        _, obligation, union, period, rung = key.split(":")
        values = dict(zip(names, (obligation, union, period, "", rung, False, at), strict=True))
        bind.execute(sa.insert(rungs).values(values))

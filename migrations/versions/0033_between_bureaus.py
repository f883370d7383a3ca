"""Complaints that go from one bureau to another: who received them first, how often they were returned, and each move."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint", sa.Column("first_receiver", sa.String(length=6), nullable=False, server_default=""))
    op.add_column("complaint", sa.Column("returns", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("complaint", sa.Column("assigned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE complaint SET first_receiver = county_code")
    op.create_table(
        "complaint_move",
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("from_body", sa.String(length=20), nullable=False),
        sa.Column("to_body", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_complaint_move")),
    )
    op.create_index(op.f("ix_complaint_move_complaint_id"), "complaint_move", ["complaint_id"])
    make_append_only("complaint_move")


def downgrade() -> None:
    drop_append_only("complaint_move")
    op.drop_table("complaint_move")
    for column in ("assigned", "returns", "first_receiver"):
        op.drop_column("complaint", column)

"""Departments' people, dispatches of the joint meeting, and what departments are asked to answer."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def _case_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
    ]


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}_account"))


def upgrade() -> None:
    op.add_column("role_grant", sa.Column("department_code", sa.String(length=20), nullable=True))
    op.create_table(
        "dispatch",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("complaint_no", sa.String(length=30), nullable=False),
        sa.Column("consumer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("lead_code", sa.String(length=20), nullable=True),
        sa.Column("proposed_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.Boolean(), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        *_case_columns(),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_dispatch_complaint_id_complaint")),
        _account("dispatch", "consumer_id"),
        _account("dispatch", "proposed_by"),
        _account("dispatch", "officer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("case_no", name=op.f("uq_dispatch_case_no")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_dispatch_complaint_id")),
        sa.UniqueConstraint("complaint_no", name=op.f("uq_dispatch_complaint_no")),
    )
    op.create_index(op.f("ix_dispatch_consumer_id"), "dispatch", ["consumer_id"])
    op.create_index(op.f("ix_dispatch_county_code"), "dispatch", ["county_code"])
    op.create_index(op.f("ix_dispatch_lead_code_state"), "dispatch", ["lead_code", "state"])
    op.create_table(
        "assistance",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("dispatch_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("department_code", sa.String(length=20), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        *_case_columns(),
        sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f("fk_assistance_dispatch_id_dispatch")),
        _account("assistance", "asked_by"),
        _account("assistance", "officer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
        sa.UniqueConstraint("case_no", name=op.f("uq_assistance_case_no")),
        sa.UniqueConstraint("dispatch_id", "department_code", name=op.f("uq_assistance_dispatch_id_department_code")),
    )
    op.create_index(op.f("ix_assistance_county_code"), "assistance", ["county_code"])
    op.create_index(op.f("ix_assistance_department_code"), "assistance", ["department_code"])
    op.create_index(op.f("ix_assistance_dispatch_id"), "assistance", ["dispatch_id"])
    op.create_table(
        "dispatch_move",
        sa.Column("dispatch_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("from_body", sa.String(length=20), nullable=False),
        sa.Column("to_body", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_dispatch_move")),
    )
    op.create_index(op.f("ix_dispatch_move_dispatch_id"), "dispatch_move", ["dispatch_id"])
    make_append_only("dispatch_move")


def downgrade() -> None:
    drop_append_only("dispatch_move")
    op.drop_table("dispatch_move")
    op.drop_table("assistance")
    op.drop_table("dispatch")
    op.drop_column("role_grant", "department_code")

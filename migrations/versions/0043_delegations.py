"""Delegated mediation, and whether a consent is to mediation or to its delegation."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_CLOSINGS = ("signed", "performed", "waived", "recorded")
_SUBJECTS = ("mediation", "delegation")


def upgrade() -> None:
    op.add_column(
        "mediation_consent",
        sa.Column("subject", _enum(*_SUBJECTS, name="subject"), nullable=False, server_default="mediation"),
    )
    op.create_table(
        "delegation",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("complaint_no", sa.String(length=30), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("alias", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("request_text", sa.String(length=500), nullable=False),
        sa.Column("mediator_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("result_text", sa.Text(), nullable=True),
        sa.Column("closing", _enum(*_CLOSINGS, name="closing"), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        _refers("asked_by", "account"),
        _refers("complaint_id", "complaint"),
        _refers("mediator_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("case_no", name=op.f("uq_delegation_case_no")),
    )
    for columns in (["complaint_id"], ["county_code"], ["state", "state_since"]):
        op.create_index(op.f(f"ix_delegation_{'_'.join(columns)}"), "delegation", columns, unique=False)


def downgrade() -> None:
    op.drop_table("delegation")
    op.drop_column("mediation_consent", "subject")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_delegation_{column}_{to}"))

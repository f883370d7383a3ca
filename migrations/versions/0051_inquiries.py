"""Queries of the consumer council to bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("body_code", sa.String(length=20), nullable=False),
        sa.Column("department_code", sa.String(length=20), nullable=True),
        sa.Column("about_no", sa.String(length=40), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_inquiry_asked_by_account")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_inquiry_answered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("case_no", name=op.f("uq_inquiry_case_no")),
    )
    op.create_index(op.f("ix_inquiry_body_code"), "inquiry", ["body_code"])
    op.create_index(op.f("ix_inquiry_county_code"), "inquiry", ["county_code"])


def downgrade() -> None:
    op.drop_table("inquiry")

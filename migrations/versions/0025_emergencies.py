"""Emergencies."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_KIND = ("food_poisoning", "injury", "unrest")


def upgrade() -> None:
    op.create_table(
        "emergency",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.Enum(*_KIND, name="emergency", native_enum=False, length=40), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("unit_name", sa.String(length=80), nullable=True),
        sa.Column("about_no", sa.String(length=30), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_emergency_officer_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_emergency_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
        sa.UniqueConstraint("case_no", name=op.f("uq_emergency_case_no")),
    )
    op.create_index(op.f("ix_emergency_county_code"), "emergency", ["county_code"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_emergency_county_code"), table_name="emergency")
    op.drop_table("emergency")

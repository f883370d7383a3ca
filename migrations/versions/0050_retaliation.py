"""Retaliation against complainants and reporters: cases, notes, protective steps, and what they lock."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_ORIGIN = sa.Enum("dispute", "report", name="origin", native_enum=False, length=40)
_MEASURE = sa.Enum("rectify", "removal", name="measure", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "retaliation",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("access_hash", sa.String(length=64), nullable=True),
        sa.Column("origin", _ORIGIN, nullable=False),
        sa.Column("about_no", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("unit_name", sa.String(length=120), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("in_danger", sa.Boolean(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("police_body", sa.String(length=120), nullable=True),
        sa.Column("police_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("measure", _MEASURE, nullable=True),
        sa.Column("measure_no", sa.String(length=30), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_retaliation_officer_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_retaliation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retaliation")),
        sa.UniqueConstraint("case_no", name=op.f("uq_retaliation_case_no")),
    )
    op.create_index(op.f("ix_retaliation_about_no"), "retaliation", ["about_no"])
    op.create_index(op.f("ix_retaliation_county_code"), "retaliation", ["county_code"])
    op.create_table(
        "retaliation_note",
        sa.Column("retaliation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("for_person", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["retaliation_id"], ["retaliation.id"], name=op.f("fk_retaliation_note_retaliation_id_retaliation")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_retaliation_note_officer_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retaliation_note")),
    )
    op.create_index(op.f("ix_retaliation_note_retaliation_id"), "retaliation_note", ["retaliation_id"])
    op.create_table(
        "retaliation_protection",
        sa.Column("retaliation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_retaliation_protection")),
    )
    op.create_index(op.f("ix_retaliation_protection_retaliation_id"), "retaliation_protection", ["retaliation_id"])
    make_append_only("retaliation_protection")
    op.add_column("complainant", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("settlement", sa.Column("through_officer_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("report", sa.Column("contact_locked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("report", "contact_locked_at")
    op.drop_column("settlement", "through_officer_at")
    op.drop_column("complainant", "locked_at")
    drop_append_only("retaliation_protection")
    op.drop_table("retaliation_protection")
    op.drop_table("retaliation_note")
    op.drop_table("retaliation")

"""After the close: draws, call-backs, and disputes that are opened again."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("settlement", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "call_back_draw",
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("frame_size", sa.Integer(), nullable=False),
        sa.Column("frame_sha256", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back_draw")),
        sa.UniqueConstraint("county_code", "from_at", name=op.f("uq_call_back_draw_county_code_from_at")),
    )
    op.create_table(
        "call_back",
        sa.Column("draw_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("settlement_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("complaint_no", sa.String(length=30), nullable=True),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("ended_as", sa.String(length=40), nullable=False),
        sa.Column("way", sa.Enum("phone", "message", name="way", native_enum=False, length=40), nullable=False),
        sa.Column("handled_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "result",
            sa.Enum("true", "not_true", "unreached", name="result", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("called_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["call_back_draw.id"], name=op.f("fk_call_back_draw_id_call_back_draw")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_call_back_settlement_id_settlement")
        ),
        sa.ForeignKeyConstraint(["called_by"], ["account.id"], name=op.f("fk_call_back_called_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
        sa.UniqueConstraint("settlement_id", name=op.f("uq_call_back_settlement_id")),
        sa.UniqueConstraint("case_no", name=op.f("uq_call_back_case_no")),
    )
    op.create_index(op.f("ix_call_back_draw_id"), "call_back", ["draw_id"])
    op.create_index(op.f("ix_call_back_county_code"), "call_back", ["county_code"])
    op.create_table(
        "reopening",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("settlement_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("settlement_no", sa.String(length=30), nullable=False),
        sa.Column("complaint_no", sa.String(length=30), nullable=True),
        sa.Column("consumer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column(
            "because", sa.Enum("call_back", "consumer", name="because", native_enum=False, length=40), nullable=False
        ),
        sa.Column("handled_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_reopening_settlement_id_settlement")
        ),
        sa.ForeignKeyConstraint(["consumer_id"], ["account.id"], name=op.f("fk_reopening_consumer_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reopening_unit_id_unit")),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_reopening_officer_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
        sa.UniqueConstraint("case_no", name=op.f("uq_reopening_case_no")),
        sa.UniqueConstraint("settlement_id", name=op.f("uq_reopening_settlement_id")),
    )
    for column in ("consumer_id", "county_code", "settlement_no", "unit_id"):
        op.create_index(op.f(f"ix_reopening_{column}"), "reopening", [column])


def downgrade() -> None:
    for column in ("consumer_id", "county_code", "settlement_no", "unit_id"):
        op.drop_index(op.f(f"ix_reopening_{column}"), table_name="reopening")
    op.drop_table("reopening")
    op.drop_index(op.f("ix_call_back_county_code"), table_name="call_back")
    op.drop_index(op.f("ix_call_back_draw_id"), table_name="call_back")
    op.drop_table("call_back")
    op.drop_table("call_back_draw")
    op.drop_column("settlement", "reopened_at")

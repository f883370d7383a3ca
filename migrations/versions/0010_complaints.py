"""Settlement requests, complaints and evidence."""

import sqlalchemy as sa
from alembic import op

from migrations import triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_view",
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_identity_view")),
    )
    op.create_index(op.f("ix_identity_view_complaint_id"), "identity_view", ["complaint_id"], unique=False)
    op.create_table(
        "complainant",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_complainant_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complainant")),
    )
    op.create_index(op.f("ix_complainant_account_id"), "complainant", ["account_id"], unique=False)
    op.create_index(op.f("ix_complainant_phone_index"), "complainant", ["phone_index"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("access_hash", sa.String(length=64), nullable=False),
        sa.Column("consumer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alias", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("plate_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "after_sales",
                "contract",
                "quality",
                "false_advertising",
                "price",
                "safety",
                "counterfeit",
                "dignity",
                "measure",
                "prepaid",
                "other",
                name="nature",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=True),
        sa.Column("file_for_me", sa.Boolean(), nullable=False),
        sa.Column("consent_publish", sa.Boolean(), nullable=False),
        sa.Column("consent_delegate", sa.Boolean(), nullable=False),
        sa.Column("complainant_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column(
            "offer_kind",
            sa.Enum(
                "refund", "replace", "repair", "redo", "pay", "apologise", name="offer", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("offer_fen", sa.Integer(), nullable=True),
        sa.Column("offer_text", sa.Text(), nullable=True),
        sa.Column("perform_by", sa.Date(), nullable=True),
        sa.Column("refusal_text", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["complainant_id"], ["complainant.id"], name=op.f("fk_settlement_complainant_id_complainant")
        ),
        sa.ForeignKeyConstraint(["consumer_id"], ["account.id"], name=op.f("fk_settlement_consumer_id_account")),
        sa.ForeignKeyConstraint(["plate_id"], ["plate.id"], name=op.f("fk_settlement_plate_id_plate")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_settlement_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_settlement_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("case_no", name=op.f("uq_settlement_case_no")),
    )
    op.create_index(
        op.f("ix_settlement_consumer_id_opened_at"), "settlement", ["consumer_id", "opened_at"], unique=False
    )
    op.create_index(op.f("ix_settlement_county_code"), "settlement", ["county_code"], unique=False)
    op.create_index(op.f("ix_settlement_station_id_state"), "settlement", ["station_id", "state"], unique=False)
    op.create_index(op.f("ix_settlement_unit_id"), "settlement", ["unit_id"], unique=False)
    op.create_table(
        "complaint",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("settlement_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("complainant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("consumer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("alias", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("escalated_because", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column(
            "refusal_ground",
            sa.Enum(
                "R16_1",
                "R16_2",
                "R16_3",
                "R16_4",
                "R16_5",
                "R16_6",
                "R16_7",
                name="refusalground",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "termination_ground",
            sa.Enum(
                "T23_1",
                "T23_2",
                "T23_3",
                "T23_4",
                "T23_5",
                "T23_6",
                "T23_7",
                "T23_8",
                name="terminationground",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("agreement_text", sa.Text(), nullable=True),
        sa.Column("notice_served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["complainant_id"], ["complainant.id"], name=op.f("fk_complaint_complainant_id_complainant")
        ),
        sa.ForeignKeyConstraint(["consumer_id"], ["account.id"], name=op.f("fk_complaint_consumer_id_account")),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_complaint_officer_id_account")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_complaint_settlement_id_settlement")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_complaint_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_complaint_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("case_no", name=op.f("uq_complaint_case_no")),
        sa.UniqueConstraint("settlement_id", name=op.f("uq_complaint_settlement_id")),
    )
    op.create_index(op.f("ix_complaint_consumer_id_opened_at"), "complaint", ["consumer_id", "opened_at"], unique=False)
    op.create_index(op.f("ix_complaint_county_code"), "complaint", ["county_code"], unique=False)
    op.create_index(op.f("ix_complaint_county_code_state"), "complaint", ["county_code", "state"], unique=False)
    op.create_index(op.f("ix_complaint_station_id"), "complaint", ["station_id"], unique=False)
    op.create_index(op.f("ix_complaint_unit_id"), "complaint", ["unit_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("settlement_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("for_station", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_evidence_settlement_id_settlement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("object_key", name=op.f("uq_evidence_object_key")),
        sa.UniqueConstraint("settlement_id", "position", name=op.f("uq_evidence_settlement_id_position")),
    )
    op.create_index(op.f("ix_evidence_settlement_id"), "evidence", ["settlement_id"], unique=False)
    triggers.make_append_only("identity_view")


def downgrade() -> None:
    triggers.drop_append_only("identity_view")
    op.drop_index(op.f("ix_evidence_settlement_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_complaint_unit_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_station_id"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_county_code_state"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_county_code"), table_name="complaint")
    op.drop_index(op.f("ix_complaint_consumer_id_opened_at"), table_name="complaint")
    op.drop_table("complaint")
    op.drop_index(op.f("ix_settlement_unit_id"), table_name="settlement")
    op.drop_index(op.f("ix_settlement_station_id_state"), table_name="settlement")
    op.drop_index(op.f("ix_settlement_county_code"), table_name="settlement")
    op.drop_index(op.f("ix_settlement_consumer_id_opened_at"), table_name="settlement")
    op.drop_table("settlement")
    op.drop_index(op.f("ix_complainant_phone_index"), table_name="complainant")
    op.drop_index(op.f("ix_complainant_account_id"), table_name="complainant")
    op.drop_table("complainant")
    op.drop_index(op.f("ix_identity_view_complaint_id"), table_name="identity_view")
    op.drop_table("identity_view")

"""Reports with their photos, questions and answers, and who looked at a reporter's contact."""

import sqlalchemy as sa
from alembic import op

from migrations import triggers

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_SOURCE = ("reporter", "mediation")
_SUSPICION = (
    "unlicensed", "food", "counterfeit", "advertising", "price", "measure", "medicine", "equipment", "prepaid", "terms",
    "personal_data", "pyramid", "other",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("access_hash", sa.String(length=64), nullable=True),
        sa.Column("source", _enum(*_SOURCE, name="source"), nullable=False),
        sa.Column("linked_no", sa.String(length=30), nullable=True),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("target_name", sa.String(length=120), nullable=False),
        sa.Column("target_address", sa.String(length=200), nullable=True),
        sa.Column("target_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("suspicion", _enum(*_SUSPICION, name="suspicion"), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("facts_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("extension_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("extension_reason", sa.String(length=1000), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("transferred_to", sa.String(length=120), nullable=True),
        sa.Column("into_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["extension_by"], ["account.id"], name=op.f("fk_report_extension_by_account")),
        sa.ForeignKeyConstraint(["into_id"], ["report.id"], name=op.f("fk_report_into_id_report")),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_report_officer_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("case_no", name=op.f("uq_report_case_no")),
    )
    for column in ("county_code", "linked_no", "target_index"):
        op.create_index(op.f(f"ix_report_{column}"), "report", [column], unique=False)
    op.create_table(
        "report_photo",
        sa.Column("report_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_photo_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_photo")),
        sa.UniqueConstraint("object_key", name=op.f("uq_report_photo_object_key")),
        sa.UniqueConstraint("report_id", "position", name=op.f("uq_report_photo_report_id_position")),
    )
    op.create_table(
        "report_message",
        sa.Column("report_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_report_message_officer_id_account")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_message_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_message")),
    )
    op.create_index(op.f("ix_report_message_report_id"), "report_message", ["report_id"], unique=False)
    op.create_table(
        "reporter_view",
        sa.Column("report_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_reporter_view")),
    )
    op.create_index(op.f("ix_reporter_view_report_id"), "reporter_view", ["report_id"], unique=False)
    triggers.make_append_only("reporter_view")


def downgrade() -> None:
    triggers.drop_append_only("reporter_view")
    op.drop_index(op.f("ix_reporter_view_report_id"), table_name="reporter_view")
    op.drop_table("reporter_view")
    op.drop_index(op.f("ix_report_message_report_id"), table_name="report_message")
    op.drop_table("report_message")
    op.drop_table("report_photo")
    for column in ("target_index", "linked_no", "county_code"):
        op.drop_index(op.f(f"ix_report_{column}"), table_name="report")
    op.drop_table("report")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)

"""Questions after the close, and who wants none."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questionnaire",
        sa.Column("settlement_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("consumer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("ended_as", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_questionnaire_settlement_id_settlement")
        ),
        sa.ForeignKeyConstraint(["consumer_id"], ["account.id"], name=op.f("fk_questionnaire_consumer_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_questionnaire_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
        sa.UniqueConstraint("settlement_id", name=op.f("uq_questionnaire_settlement_id")),
        sa.UniqueConstraint("case_no", name=op.f("uq_questionnaire_case_no")),
    )
    op.create_index(op.f("ix_questionnaire_consumer_id"), "questionnaire", ["consumer_id"])
    op.create_index(op.f("ix_questionnaire_unit_id"), "questionnaire", ["unit_id"])
    op.create_table(
        "asks_not",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_asks_not_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_asks_not")),
    )
    op.create_index(op.f("ix_settlement_state_state_since"), "settlement", ["state", "state_since"])
    op.create_index(op.f("ix_complaint_state_state_since"), "complaint", ["state", "state_since"])


def downgrade() -> None:
    op.drop_index(op.f("ix_complaint_state_state_since"), table_name="complaint")
    op.drop_index(op.f("ix_settlement_state_state_since"), table_name="settlement")
    op.drop_table("asks_not")
    op.drop_index(op.f("ix_questionnaire_unit_id"), table_name="questionnaire")
    op.drop_index(op.f("ix_questionnaire_consumer_id"), table_name="questionnaire")
    op.drop_table("questionnaire")

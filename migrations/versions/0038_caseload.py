"""A county's complaints are paged by id; requests of the last days are looked through for mass harm."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_complaint_county_code_id"), "complaint", ["county_code", "id"])
    op.create_index(op.f("ix_settlement_opened_at"), "settlement", ["opened_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_settlement_opened_at"), table_name="settlement")
    op.drop_index(op.f("ix_complaint_county_code_id"), table_name="complaint")

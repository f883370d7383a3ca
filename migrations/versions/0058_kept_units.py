"""Which units a person keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_unit",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_kept_unit_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kept_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_unit")),
        sa.UniqueConstraint("account_id", "unit_id", name=op.f("uq_kept_unit_account_id_unit_id")),
    )
    op.create_index(op.f("ix_kept_unit_unit_id"), "kept_unit", ["unit_id"])


def downgrade() -> None:
    op.drop_table("kept_unit")

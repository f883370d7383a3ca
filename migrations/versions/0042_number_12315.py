"""The national 12315 platform's number, brought back by the consumer."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("settlement", sa.Column("number_12315", sa.String(length=40), nullable=True))
    op.add_column("settlement", sa.Column("number_12315_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("settlement", "number_12315_at")
    op.drop_column("settlement", "number_12315")

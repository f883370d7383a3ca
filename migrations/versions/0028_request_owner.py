"""Who of a station has taken a settlement request, and since when a colleague is asked to take it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("settlement", sa.Column("owner_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("settlement", sa.Column("handing_over_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("settlement", "handing_over_at")
    op.drop_column("settlement", "owner_id")

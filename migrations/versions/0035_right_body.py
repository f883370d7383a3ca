"""Who handles what the bureau does not, as told with a refusal."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint", sa.Column("right_body_name", sa.String(length=80), nullable=True))
    op.add_column("complaint", sa.Column("right_body_reach", sa.String(length=300), nullable=True))


def downgrade() -> None:
    op.drop_column("complaint", "right_body_reach")
    op.drop_column("complaint", "right_body_name")

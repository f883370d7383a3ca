"""Who said something of the program without a name reads the answer by number and access code."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("access_hash", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("feedback", "access_hash")

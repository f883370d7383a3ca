"""A piece of evidence is the consumer's or the liaison station's."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_SIDE = sa.Enum("consumer", "station", name="side", native_enum=False, length=40)


def upgrade() -> None:
    op.add_column("evidence", sa.Column("side", _SIDE, nullable=False, server_default="consumer"))


def downgrade() -> None:
    op.drop_column("evidence", "side")

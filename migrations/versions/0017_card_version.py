"""Every change of a card has a number, so that all machines learn of it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    version = op.create_table(
        "card_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_version")),
    )
    op.bulk_insert(version, [{"id": 1, "value": 0}])
    with op.batch_alter_table("card") as batch:
        batch.add_column(sa.Column("version", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
        batch.create_index(op.f("ix_card_version"), ["version"])


def downgrade() -> None:
    with op.batch_alter_table("card") as batch:
        batch.drop_index(op.f("ix_card_version"))
        batch.drop_column("version")
    op.drop_table("card_version")

"""How often codes that are not ours are scanned, by day and kind."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_KINDS = ("malformed", "foreign", "forged", "unissued")


def upgrade() -> None:
    op.create_table(
        "unknown_codes",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*_KINDS, name="kind", native_enum=False, create_constraint=False, length=40), nullable=False
        ),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", name=op.f("pk_unknown_codes")),
    )


def downgrade() -> None:
    op.drop_table("unknown_codes")

"""Consumer warnings of the council."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consumer_warning",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("counties_packed", sa.String(length=120), nullable=False),
        sa.Column("categories_packed", sa.String(length=120), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by"], ["account.id"], name=op.f("fk_consumer_warning_published_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consumer_warning")),
        sa.UniqueConstraint("number", name=op.f("uq_consumer_warning_number")),
    )
    op.create_index(op.f("ix_consumer_warning_until_on"), "consumer_warning", ["until_on"])


def downgrade() -> None:
    op.drop_table("consumer_warning")

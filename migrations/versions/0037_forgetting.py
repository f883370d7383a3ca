"""Since when what a person said is forgotten, and files that wait to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_SINCE = (
    ("account", "erased_at"),
    ("settlement", "erased_at"),
    ("complainant", "phone_erased_at"),
    ("complainant", "erased_at"),
    ("emergency", "erased_at"),
    ("report", "erased_at"),
)


def upgrade() -> None:
    for table, column in _SINCE:
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "doomed_object",
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("object_key", name=op.f("pk_doomed_object")),
    )


def downgrade() -> None:
    op.drop_table("doomed_object")
    for table, column in reversed(_SINCE):
        op.drop_column(table, column)

"""How long a station's first answer took, an index for its figures, and the medians of the categories."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_CATEGORIES = ("market", "shop", "online_shop", "restaurant", "scenic_area", "cosmetics")
_CATEGORY = sa.Enum(*_CATEGORIES, name="category", native_enum=False, length=40)
_FIRST = (
    "(SELECT min(event.at) FROM case_event event WHERE event.case_type = 'settlement' AND event.case_id = settlement.id"
    " AND event.action IN ('offer', 'refuse'))"
)
_MINUTES = {
    "postgresql": f"CAST(floor(extract(epoch FROM {_FIRST} - opened_at) / 60) AS integer)",
    "sqlite": f"(CAST(strftime('%s', {_FIRST}) AS integer) - CAST(strftime('%s', opened_at) AS integer)) / 60",
}


def upgrade() -> None:
    op.add_column("settlement", sa.Column("answered_in_min", sa.Integer(), nullable=True))
    op.execute(f"UPDATE settlement SET answered_in_min = {_MINUTES[op.get_bind().dialect.name]}")  # noqa: S608 - our text
    op.create_index(op.f("ix_settlement_station_id_opened_at"), "settlement", ["station_id", "opened_at"])
    op.create_table(
        "category_median",
        sa.Column("category", _CATEGORY, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer_minutes", sa.Float(), nullable=True),
        sa.Column("settled_percent", sa.Float(), nullable=True),
        sa.Column("performed_percent", sa.Float(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("category", "days", name=op.f("pk_category_median")),
    )


def downgrade() -> None:
    op.drop_table("category_median")
    op.drop_index(op.f("ix_settlement_station_id_opened_at"), table_name="settlement")
    op.drop_column("settlement", "answered_in_min")

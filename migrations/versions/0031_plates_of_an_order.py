"""The plates of an order are paged by id: one index over both in place of the order's alone."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_plate_order_id"), table_name="plate")
    op.create_index(op.f("ix_plate_order_id_id"), "plate", ["order_id", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_plate_order_id_id"), table_name="plate")
    op.create_index(op.f("ix_plate_order_id"), "plate", ["order_id"])

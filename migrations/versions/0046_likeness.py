"""By what disputes are found to be alike, an order's number, and the complaint that another one is handled in."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("settlement", sa.Column("facts_mark", sa.LargeBinary(length=16), nullable=True))
    op.add_column("settlement", sa.Column("order_no", sa.String(length=60), nullable=True))
    op.create_index(op.f("ix_settlement_facts_mark"), "settlement", ["facts_mark"])
    op.add_column("complainant", sa.Column("address_index", sa.LargeBinary(length=16), nullable=True))
    op.create_index(op.f("ix_complainant_address_index"), "complainant", ["address_index"])
    op.add_column("complaint", sa.Column("merged_into", sa.Uuid(as_uuid=False), nullable=True))
    op.create_index(op.f("ix_complaint_merged_into"), "complaint", ["merged_into"])


def downgrade() -> None:
    op.drop_index(op.f("ix_complaint_merged_into"), table_name="complaint")
    op.drop_column("complaint", "merged_into")
    op.drop_index(op.f("ix_complainant_address_index"), table_name="complainant")
    op.drop_column("complainant", "address_index")
    op.drop_index(op.f("ix_settlement_facts_mark"), table_name="settlement")
    op.drop_column("settlement", "order_no")
    op.drop_column("settlement", "facts_mark")

"""Official forms as they were issued, and how they were served."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_PARTIES = ("consumer", "merchant")
_WAYS = ("internet", "phone", "sms", "email", "letter", "in_person")


def upgrade() -> None:
    op.create_table(
        "issued_paper",
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("party", _enum(*_PARTIES, name="party"), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_issued_paper_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_issued_paper_issued_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint(
            "complaint_id", "form", "party", "part", name=op.f("uq_issued_paper_complaint_id_form_party_part")
        ),
    )
    op.create_table(
        "paper_serving",
        sa.Column("paper_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("way", _enum(*_WAYS, name="servingway"), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_paper_serving")),
    )
    op.create_index(op.f("ix_paper_serving_paper_id"), "paper_serving", ["paper_id"], unique=False)
    make_append_only("paper_serving")


def downgrade() -> None:
    drop_append_only("paper_serving")
    op.drop_table("paper_serving")
    op.drop_table("issued_paper")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)

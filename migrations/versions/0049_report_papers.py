"""Official forms of reports, kept as they were issued."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_paper",
        sa.Column("report_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_report_paper_issued_by_account")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_paper_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_paper")),
        sa.UniqueConstraint("report_id", "form", name=op.f("uq_report_paper_report_id_form")),
    )


def downgrade() -> None:
    op.drop_table("report_paper")

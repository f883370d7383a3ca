"""What people say of the program itself."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_KIND = sa.Enum("broken", "unclear", "idea", "praise", name="kind", native_enum=False, length=40)
_SCREENED = sa.Enum("waiting", "passed", "doubtful", "not_asked", name="screened", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.String(length=120), nullable=True),
        sa.Column("screened", _SCREENED, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_feedback_account_id_account")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_feedback_answered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("number", name=op.f("uq_feedback_number")),
    )
    for column in ("account_id", "sent_at", "answered_at"):
        op.create_index(op.f(f"ix_feedback_{column}"), "feedback", [column])


def downgrade() -> None:
    op.drop_table("feedback")

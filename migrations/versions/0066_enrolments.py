"""Requests of shops to be entered in the register, and which unit came in by one."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

_CATEGORY = sa.Enum(
    "market", "shop", "online_shop", "restaurant", "scenic_area", "cosmetics",
    name="category", native_enum=False, length=40,
)  # fmt: skip
_REASON = sa.Enum(
    "not_true", "elsewhere", "other_trade", "unreachable", "not_entitled",
    name="declinereason", native_enum=False, length=40,
)  # fmt: skip
_OPEN = sa.text("state = 'submitted'")


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_enrolment_{column}_{to}"))


def upgrade() -> None:
    op.add_column("unit", sa.Column("enrolment_no", sa.String(length=30), nullable=True))
    op.create_index("uq_unit_enrolment_no", "unit", ["enrolment_no"], unique=True)
    op.create_table(
        "enrolment",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        _uuid("account_id"),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("merchant_name", sa.String(length=120), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("category", _CATEGORY, nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_proved", sa.Boolean(), nullable=False),
        sa.Column("invitation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason", _REASON, nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        _uuid("decided_by", nullable=True),
        _uuid("unit_id", nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("id"),
        _refers("account_id", "account"),
        _refers("decided_by", "account"),
        _refers("unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("case_no", name=op.f("uq_enrolment_case_no")),
    )
    for column in ("account_id", "county_code", "state"):
        op.create_index(op.f(f"ix_enrolment_{column}"), "enrolment", [column])
    op.create_index("uq_enrolment_open", "enrolment", ["uscc"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_table("enrolment")
    op.drop_index("uq_unit_enrolment_no", "unit")
    op.drop_column("unit", "enrolment_no")

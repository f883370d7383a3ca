"""Closing and moving notices of units."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_KIND = sa.Enum("close", "move", name="closingkind", native_enum=False, length=40)
_PREPAID = sa.Enum("none", "in_shop", "same_way", "other_shop", name="prepaid", native_enum=False, length=40)
_OPEN = sa.text("state = 'announced'")


def _uuid(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=False)


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_closing_notice_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "closing_notice",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        _uuid("certificate_id"),
        _uuid("unit_id"),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        _uuid("station_id"),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("closing_on", sa.Date(), nullable=False),
        sa.Column("new_address", sa.String(length=120), nullable=True),
        sa.Column("prepaid", _PREPAID, nullable=False),
        sa.Column("refund_by", sa.Date(), nullable=True),
        _uuid("announced_by"),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("id"),
        _refers("certificate_id", "certificate"),
        _refers("unit_id", "unit"),
        _refers("station_id", "liaison_station"),
        _refers("announced_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_notice")),
        sa.UniqueConstraint("case_no", name=op.f("uq_closing_notice_case_no")),
    )
    for column in ("certificate_id", "unit_id", "county_code"):
        op.create_index(op.f(f"ix_closing_notice_{column}"), "closing_notice", [column])
    op.create_index(
        "uq_closing_notice_open", "closing_notice", ["unit_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    op.drop_table("closing_notice")

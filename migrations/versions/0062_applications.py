"""Applications for a certificate, and objections during their public notice."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_KIND = sa.Enum("new", "renewal", name="kind", native_enum=False, length=40)
_CATEGORY = sa.Enum(
    "market", "shop", "online_shop", "restaurant", "scenic_area", "cosmetics",
    name="category", native_enum=False, length=40,
)  # fmt: skip
_REASON = sa.Enum(
    "standard_not_met", "false_material", "penalty", "listed", "disputes", "objection",
    name="refusalreason", native_enum=False, length=40,
)  # fmt: skip
_OPEN = sa.text("state IN ('draft', 'submitted', 'returned', 'examined', 'recommended', 'public_notice', 'noticed')")


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _case() -> list[sa.Column[object]]:
    return [
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("id"),
    ]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "application",
        *_case(),
        sa.Column("kind", _KIND, nullable=False),
        _uuid("unit_id"),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("category", _CATEGORY, nullable=False),
        _uuid("station_id"),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("finding", sa.Boolean(), nullable=True),
        _uuid("examined_by", nullable=True),
        sa.Column("examined_text", sa.Text(), nullable=True),
        _uuid("confirmed_by", nullable=True),
        sa.Column("confirmed_text", sa.Text(), nullable=True),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("reason", _REASON, nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("awarded_no", sa.String(length=40), nullable=True),
        sa.Column("awarded_until", sa.Date(), nullable=True),
        _refers("application", "unit_id", "unit"),
        _refers("application", "station_id", "liaison_station"),
        _refers("application", "examined_by", "account"),
        _refers("application", "confirmed_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("case_no", name=op.f("uq_application_case_no")),
    )
    for column in ("unit_id", "station_id", "county_code", "state"):
        op.create_index(op.f(f"ix_application_{column}"), "application", [column])
    op.create_index(
        "uq_application_open", "application", ["unit_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "application_objection",
        *_case(),
        _uuid("application_id"),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        _uuid("station_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=True),
        _uuid("decided_by", nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        _refers("application_objection", "application_id", "application"),
        _refers("application_objection", "station_id", "liaison_station"),
        _refers("application_objection", "decided_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_objection")),
        sa.UniqueConstraint("case_no", name=op.f("uq_application_objection_case_no")),
    )
    for column in ("application_id", "station_id", "county_code"):
        op.create_index(op.f(f"ix_application_objection_{column}"), "application_objection", [column])


def downgrade() -> None:
    op.drop_table("application_objection")
    op.drop_table("application")

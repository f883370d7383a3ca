"""Paying first: who hosts whom, caps, advance payments, recoveries, the ledger."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_BECAUSE = ("unperformed", "left")
_ACTS = ("paid", "recovered", "written_off")
_ACCOUNTS = ("fund", "borne", "to_recover", "written_off")
_NOT_DECLINED = sa.text("state <> 'declined'")


def upgrade() -> None:
    op.create_table(
        "hosted_unit",
        _id("unit_id"),
        _id("host_unit_id"),
        _id("set_by"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _id("id"),
        _refers("hosted_unit", "host_unit_id", "unit"),
        _refers("hosted_unit", "set_by", "account"),
        _refers("hosted_unit", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosted_unit")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_hosted_unit_unit_id")),
    )
    op.create_index(op.f("ix_hosted_unit_host_unit_id"), "hosted_unit", ["host_unit_id"], unique=False)
    op.create_table(
        "fund_cap",
        _id("station_id"),
        sa.Column("per_case_fen", sa.Integer(), nullable=False),
        sa.Column("per_day_fen", sa.Integer(), nullable=False),
        _id("set_by"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _sequence(),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_fund_cap")),
    )
    op.create_index(op.f("ix_fund_cap_station_id"), "fund_cap", ["station_id"], unique=False)
    make_append_only("fund_cap")
    op.create_table(
        "advance_payment",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        _id("settlement_id"),
        sa.Column("settlement_no", sa.String(length=30), nullable=False),
        _id("consumer_id"),
        sa.Column("alias", sa.String(length=40), nullable=False),
        _id("unit_id"),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        _id("payer_station_id"),
        _id("host_unit_id", nullable=True),
        sa.Column("because", _enum(*_BECAUSE, name="because"), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        _id("decided_by", nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("reference_masked", sa.String(length=8), nullable=True),
        sa.Column("voucher_key", sa.String(length=120), nullable=True),
        sa.Column("voucher_sha256", sa.String(length=64), nullable=True),
        *_case_columns(),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_advance_payment_amount_is_positive")),
        _refers("advance_payment", "consumer_id", "account"),
        _refers("advance_payment", "decided_by", "account"),
        _refers("advance_payment", "host_unit_id", "unit"),
        _refers("advance_payment", "payer_station_id", "liaison_station"),
        _refers("advance_payment", "settlement_id", "settlement"),
        _refers("advance_payment", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advance_payment")),
        sa.UniqueConstraint("case_no", name=op.f("uq_advance_payment_case_no")),
    )
    for columns in (["consumer_id"], ["county_code"], ["payer_station_id", "decided_on"], ["unit_id"]):
        op.create_index(op.f(f"ix_advance_payment_{'_'.join(columns)}"), "advance_payment", columns, unique=False)
    op.create_index(
        "uq_advance_payment_settlement",
        "advance_payment",
        ["settlement_id"],
        unique=True,
        sqlite_where=_NOT_DECLINED,
        postgresql_where=_NOT_DECLINED,
    )
    op.create_table(
        "recovery",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        _id("payment_id"),
        _id("unit_id"),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        _id("payer_station_id"),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("result_text", sa.Text(), nullable=True),
        *_case_columns(),
        _refers("recovery", "payer_station_id", "liaison_station"),
        _refers("recovery", "payment_id", "advance_payment"),
        _refers("recovery", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("case_no", name=op.f("uq_recovery_case_no")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_recovery_payment_id")),
    )
    for column in ("county_code", "payer_station_id", "unit_id"):
        op.create_index(op.f(f"ix_recovery_{column}"), "recovery", [column], unique=False)
    op.create_table(
        "ledger_entry",
        _id("payment_id"),
        sa.Column("act", _enum(*_ACTS, name="act"), nullable=False),
        sa.Column("account", _enum(*_ACCOUNTS, name="account"), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        _id("booked_by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _sequence(),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("payment_id", "act", "account", name=op.f("uq_ledger_entry_payment_id_act_account")),
    )
    make_append_only("ledger_entry")


def downgrade() -> None:
    drop_append_only("ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_table("recovery")
    op.drop_table("advance_payment")
    drop_append_only("fund_cap")
    op.drop_table("fund_cap")
    op.drop_table("hosted_unit")


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _sequence() -> sa.Column[int]:
    return sa.Column(
        "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
    )


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _case_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
    )

"""Orders of plates, what each brings to a unit, and the history of every plate."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_PLACEMENT = sa.Enum("door", "counter", "table", "online_shop", name="placement", native_enum=False, length=40)
_CATEGORY = sa.Enum(
    "market",
    "shop",
    "online_shop",
    "restaurant",
    "scenic_area",
    "cosmetics",
    name="category",
    native_enum=False,
    length=40,
)
_DEED = sa.Enum(
    "ordered", "issued", "drawn", "sent", "reported_lost", "reported_damaged", "voided", "replaced",
    name="deed", native_enum=False, length=40,
)  # fmt: skip
_NEW_COLUMNS = ("label", "order_id", "replaces_id", "mini_code_key")


def upgrade() -> None:
    op.create_table(
        "plate_order",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("county_code", sa.String(length=6), nullable=True),
        sa.Column("category", _CATEGORY, nullable=True),
        sa.Column("placement", _PLACEMENT, nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("plates", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("ordered_by_kind", sa.String(length=40), nullable=False),
        sa.Column("ordered_by_alias", sa.String(length=60), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("codes_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("codes_fault", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_plate_order_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plate_order_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plate_order")),
        sa.UniqueConstraint("number", name=op.f("uq_plate_order_number")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_plate_order_replaces_id")),
    )
    for column in ("unit_id", "station_id", "county_code"):
        op.create_index(op.f(f"ix_plate_order_{column}"), "plate_order", [column], unique=False)
    op.create_table(
        "plate_order_line",
        sa.Column("order_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("plates", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["plate_order.id"], name=op.f("fk_plate_order_line_order_id_plate_order")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plate_order_line_unit_id_unit")),
        sa.PrimaryKeyConstraint("order_id", "unit_id", name=op.f("pk_plate_order_line")),
    )
    op.create_index(op.f("ix_plate_order_line_unit_id"), "plate_order_line", ["unit_id"], unique=False)
    op.create_index(
        "ix_plate_order_line_waiting",
        "plate_order_line",
        ["order_id", "unit_id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    with op.batch_alter_table("plate") as plate:
        plate.add_column(sa.Column("label", sa.String(length=20), nullable=True))
        plate.add_column(sa.Column("order_id", sa.Uuid(as_uuid=False), nullable=True))
        plate.add_column(sa.Column("replaces_id", sa.Uuid(as_uuid=False), nullable=True))
        plate.add_column(sa.Column("mini_code_key", sa.String(length=120), nullable=True))
        plate.create_foreign_key(op.f("fk_plate_order_id_plate_order"), "plate_order", ["order_id"], ["id"])
        plate.create_foreign_key(op.f("fk_plate_replaces_id_plate"), "plate", ["replaces_id"], ["id"])
        plate.create_index(op.f("ix_plate_order_id"), ["order_id"], unique=False)
        plate.create_index(op.f("ix_plate_replaces_id"), ["replaces_id"], unique=False)
    op.create_table(
        "plate_event",
        sa.Column("plate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=40), nullable=False),
        sa.Column("actor_alias", sa.String(length=60), nullable=False),
        sa.Column("deed", _DEED, nullable=False),
        sa.Column("detail", sa.String(length=60), nullable=True),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["plate_id"], ["plate.id"], name=op.f("fk_plate_event_plate_id_plate")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_plate_event")),
    )
    op.create_index(op.f("ix_plate_event_plate_id"), "plate_event", ["plate_id"], unique=False)
    _tell_the_past()
    make_append_only("plate_event")


def _tell_the_past() -> None:
    """What the plates themselves say of their past; by whom stands in the audit alone."""
    for deed, at, detail in (("issued", "issued_at", "NULL"), ("voided", "voided_at", "void_reason")):
        op.execute(
            "INSERT INTO plate_event (plate_id, at, actor_kind, actor_alias, deed, detail) "  # noqa: S608  (constants)
            f"SELECT id, {at}, 'system', '系统', '{deed}', {detail} FROM plate WHERE {at} IS NOT NULL ORDER BY {at}, id"
        )


def downgrade() -> None:
    drop_append_only("plate_event")
    op.drop_table("plate_event")
    with op.batch_alter_table("plate") as plate:
        plate.drop_index(op.f("ix_plate_replaces_id"))
        plate.drop_index(op.f("ix_plate_order_id"))
        plate.drop_constraint(op.f("fk_plate_replaces_id_plate"), type_="foreignkey")
        plate.drop_constraint(op.f("fk_plate_order_id_plate_order"), type_="foreignkey")
        for column in _NEW_COLUMNS:
            plate.drop_column(column)
    op.drop_table("plate_order_line")
    op.drop_table("plate_order")

"""Photos beside an application: the business licence and the premises."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

_KIND = sa.Enum("licence", "premises", name="photokind", native_enum=False, length=40)


def upgrade() -> None:
    op.add_column("application", sa.Column("photos_added", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "application_photo",
        sa.Column("application_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_photo_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_photo")),
        sa.UniqueConstraint("application_id", "position", name=op.f("uq_application_photo_application_id_position")),
        sa.UniqueConstraint("object_key", name=op.f("uq_application_photo_object_key")),
    )


def downgrade() -> None:
    op.drop_table("application_photo")
    op.drop_column("application", "photos_added")

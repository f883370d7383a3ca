"""Photos beside a rating: public once an officer has looked at them."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

_STATE = sa.Enum("waiting", "shown", "refused", name="photostate", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "rating_photo",
        sa.Column("rating_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("showing", _STATE, nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_photo_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_photo")),
        sa.UniqueConstraint("object_key", name=op.f("uq_rating_photo_object_key")),
        sa.UniqueConstraint("rating_id", "position", name=op.f("uq_rating_photo_rating_id_position")),
    )
    # The officers' queue asks for those that wait.
    op.create_index(op.f("ix_rating_photo_showing"), "rating_photo", ["showing"])


def downgrade() -> None:
    op.drop_table("rating_photo")

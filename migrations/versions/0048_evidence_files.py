"""A piece of evidence is a photo or a PDF."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_KIND = sa.Enum("photo", "pdf", name="evidencekind", native_enum=False, length=40)


def upgrade() -> None:
    op.add_column("evidence", sa.Column("kind", _KIND, nullable=False, server_default="photo"))
    op.add_column("evidence", sa.Column("pages", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("evidence", "pages")
    op.drop_column("evidence", "kind")

"""The reason of a move can be emptied, when it need not be kept any longer; nothing else of a move changes."""

from migrations.triggers import drop_moves_kept, keep_moves

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keep_moves()


def downgrade() -> None:
    drop_moves_kept()

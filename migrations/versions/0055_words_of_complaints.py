"""The words of complaints alone are indexed: a request that its station settles is never searched, and is cheaper to write without."""

from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_WORDS = "CREATE INDEX ix_settlement_words ON settlement USING gin (word_pairs(unit_name || ' ' || facts))"


def upgrade() -> None:
    _index(f"{_WORDS} WHERE state = 'escalated'")


def downgrade() -> None:
    _index(_WORDS)


def _index(statement: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_settlement_words")
        op.execute(statement)

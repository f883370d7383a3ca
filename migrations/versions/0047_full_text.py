"""Pairs of characters of what happened and where, so that officers find a complaint by its words (PostgreSQL)."""

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION word_pairs(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY(
        SELECT DISTINCT substr(lower($1), place, 2) FROM generate_series(1, length($1)) AS place
    ))
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute("CREATE INDEX ix_settlement_words ON settlement USING gin (word_pairs(unit_name || ' ' || facts))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_settlement_words")
        op.execute("DROP FUNCTION word_pairs(text)")

"""The turn to write a chain and the chain's end are had in one statement; a stored reply stays in its row (PostgreSQL)."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

#: Volatile: its second statement sees what was committed while the first one waited.
_TURN = """
CREATE FUNCTION audit_turn(wanted varchar, OUT "position" integer, OUT hash varchar) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit:' || wanted));
    SELECT entry.position, entry.hash INTO audit_turn.position, audit_turn.hash
    FROM audit_entry entry WHERE entry.chain = wanted ORDER BY entry.position DESC LIMIT 1;
END
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_TURN)
        op.execute("ALTER TABLE stored_reply SET (toast_tuple_target = 8160)")  # sealed text cannot be compressed


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE stored_reply RESET (toast_tuple_target)")
        op.execute("DROP FUNCTION audit_turn(varchar)")

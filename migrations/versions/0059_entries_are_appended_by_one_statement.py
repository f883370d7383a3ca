"""Waiting for the turn to write a chain, reading its end and appending to it are one statement (PostgreSQL)."""

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

#: Volatile: what follows the lock sees what was committed while it was waited for. An entry's hash covers `head`, its position, `rest`.
_APPEND = """
CREATE FUNCTION audit_append(wanted varchar, told json) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    place integer;
    previous varchar;
    digest varchar;
    entry record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit:' || wanted));
    SELECT last.position, last.hash INTO place, previous
    FROM audit_entry last WHERE last.chain = wanted ORDER BY last.position DESC LIMIT 1;
    place := coalesce(place, 0);
    previous := coalesce(previous, repeat('0', 64));
    FOR entry IN SELECT * FROM json_to_recordset(told) AS one(
        at timestamptz, actor_id uuid, actor_kind varchar, action varchar, subject_type varchar, subject_id varchar,
        ground varchar, before json, after json, head text, rest text
    ) LOOP
        place := place + 1;
        digest := encode(sha256(convert_to(previous || entry.head || place || entry.rest, 'UTF8')), 'hex');
        INSERT INTO audit_entry (
            chain, position, at, actor_id, actor_kind, action, subject_type, subject_id, ground, before, after, previous_hash, hash
        ) VALUES (
            wanted, place, entry.at, entry.actor_id, entry.actor_kind, entry.action, entry.subject_type, entry.subject_id,
            entry.ground, entry.before, entry.after, previous, digest
        );
        previous := digest;
    END LOOP;
END
$$
"""
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
        op.execute("DROP FUNCTION audit_turn(varchar)")
        op.execute(_APPEND)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append(varchar, json)")
        op.execute(_TURN)

"""Triggers that the models cannot express: append-only tables, and deadlines that cannot be back-dated."""

from alembic import op

_GUARDED = "OLD.started_at <> NEW.started_at OR OLD.clock <> NEW.clock OR OLD.case_id <> NEW.case_id"
_BREACH = (
    "(OLD.breached_at IS NOT NULL AND (NEW.breached_at IS NULL OR NEW.breached_at <> OLD.breached_at"
    " OR NEW.due_at <> OLD.due_at))"
)
_STOP = "(OLD.stopped_at IS NOT NULL AND (NEW.stopped_at IS NULL OR NEW.stopped_at <> OLD.stopped_at))"
_NO_PLACING = (
    "OLD.position IS NOT NULL OR NEW.position IS NULL OR OLD.sequence <> NEW.sequence OR OLD.hash <> NEW.hash"
    " OR OLD.content <> NEW.content OR OLD.certificate_no <> NEW.certificate_no"
)
_NO_ERASING = (
    "NEW.text <> '' OR OLD.sequence <> NEW.sequence OR OLD.settlement_id <> NEW.settlement_id OR OLD.side <> NEW.side"
    " OR OLD.author_id <> NEW.author_id OR OLD.at <> NEW.at"
)
_OF_MOVES = {
    "complaint_move": ("complaint_id", "step", "from_body", "to_body", "basis", "by_id", "at"),
    "dispatch_move": ("dispatch_id", "step", "from_body", "to_body", "by_id", "at"),
}
_DISHONEST = f"{_GUARDED} OR {_BREACH} OR {_STOP}"


def make_append_only(table: str) -> None:
    """UPDATE and DELETE fail on this table from now on, for whoever tries."""
    if _sqlite():
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    function = f"{table}_refuse_change"
    op.execute(
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


def drop_append_only(table: str) -> None:
    """Undo `make_append_only`."""
    if _sqlite():
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
    op.execute(f"DROP FUNCTION {table}_refuse_change()")


def keep_leaves() -> None:
    """A leaf of the log cannot be changed or deleted; only its position, once, from none to one."""
    _keep_but_for("log_leaf", "placed_once", _NO_PLACING)


def drop_leaves_kept() -> None:
    """Undo `keep_leaves`."""
    _drop_kept("log_leaf", "placed_once")


def keep_messages() -> None:
    """A message cannot be changed or deleted; only its text emptied, when it need not be kept any longer (PIPL §47)."""
    _keep_but_for("message", "emptied", _NO_ERASING)


def drop_messages_kept() -> None:
    """Undo `keep_messages`."""
    _drop_kept("message", "emptied")


def keep_moves() -> None:
    """A move cannot be changed or deleted; only its reason emptied, when it need not be kept any longer (PIPL §47)."""
    for table, columns in _OF_MOVES.items():
        drop_append_only(table)
        changed = (f"COALESCE(CAST(OLD.{one} AS TEXT), '') <> COALESCE(CAST(NEW.{one} AS TEXT), '')" for one in columns)
        _keep_but_for(table, "emptied", " OR ".join(["NEW.reason <> ''", "OLD.sequence <> NEW.sequence", *changed]))


def drop_moves_kept() -> None:
    """Undo `keep_moves`: moves are append-only without exception again."""
    for table in _OF_MOVES:
        _drop_kept(table, "emptied")
        make_append_only(table)


def _keep_but_for(table: str, name: str, refused: str) -> None:
    make_append_only(table)
    if _sqlite():
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {refused} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION {table}_refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({refused}) "
        f"EXECUTE FUNCTION {table}_refuse_change()"
    )


def _drop_kept(table: str, name: str) -> None:
    if not _sqlite():
        op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
    drop_append_only(table)


def keep_deadlines_honest() -> None:
    """Late stays late: a deadline's start, a marked breach and a stop cannot be changed, nor a deadline deleted."""
    message = "a deadline cannot be back-dated"
    if _sqlite():
        op.execute(
            f"CREATE TRIGGER deadline_honest BEFORE UPDATE ON deadline WHEN {_DISHONEST} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        op.execute(
            f"CREATE TRIGGER deadline_kept BEFORE DELETE ON deadline BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION deadline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER deadline_honest BEFORE UPDATE ON deadline FOR EACH ROW WHEN ({_DISHONEST}) "
        "EXECUTE FUNCTION deadline_refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER deadline_kept BEFORE DELETE ON deadline FOR EACH ROW EXECUTE FUNCTION deadline_refuse_change()"
    )


def drop_deadlines_honest() -> None:
    """Undo `keep_deadlines_honest`."""
    if _sqlite():
        op.execute("DROP TRIGGER deadline_kept")
        op.execute("DROP TRIGGER deadline_honest")
        return
    op.execute("DROP TRIGGER deadline_kept ON deadline")
    op.execute("DROP TRIGGER deadline_honest ON deadline")
    op.execute("DROP FUNCTION deadline_refuse_change()")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"

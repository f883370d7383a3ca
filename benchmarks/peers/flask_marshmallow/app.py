"""The application."""

import os
from typing import Any

from flask import Flask, abort, render_template
from flask_sqlalchemy import SQLAlchemy

from benchmarks.peers import facts, models
from benchmarks.peers.flask_marshmallow.schemas import CardOut

app = Flask(__name__, template_folder="../templates")
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["PEER_DATABASE_URL"]
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
    "pool_size": 8,
    "max_overflow": 0,
    "connect_args": {"options": "-csearch_path=peer"},
}
app.json.ensure_ascii = False  # type: ignore[attr-defined]
db = SQLAlchemy(app, model_class=models.Base)
_schema = CardOut()


@app.get("/api/v1/badges/<token>")
def card(token: str) -> dict[str, Any]:
    answer: dict[str, Any] = _schema.dump(_scanned(token))
    return answer


@app.get("/b/<token>")
def page(token: str) -> str:
    return render_template("badge.html", card=_scanned(token), token=token)


def _scanned(token: str) -> dict[str, Any]:
    badge = db.session.scalars(models.badge_of(token)).one_or_none()
    if badge is None:
        abort(404)
    unit_id = badge.unit_id
    found = facts.card(
        badge,
        db.session.scalars(models.certificate_of(unit_id)).one(),
        db.session.scalars(models.commitments_of(unit_id)).all(),
        db.session.execute(models.ratings_of(unit_id)).mappings().one(),
        db.session.execute(models.complaints_of(unit_id)).mappings().one(),
    )
    db.session.add(models.Scan(badge_id=badge.id, at=facts.now()))
    db.session.commit()
    return found

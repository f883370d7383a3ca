"""A plain Flask-SQLAlchemy application that takes a complaint: who asks, which badge, marshmallow, one row, commit. For `complaint`."""

import os
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, ValidationError, fields, validate
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    """Declarative base."""


class Person(Base):
    __tablename__ = "peer_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(100), unique=True)


class Unit(Base):
    __tablename__ = "peer_unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    county_code: Mapped[str] = mapped_column(sa.String(6))


class Badge(Base):
    __tablename__ = "peer_badge"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(40), unique=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("peer_unit.id"))
    unit: Mapped[Unit] = relationship()


class Complaint(Base):
    __tablename__ = "peer_complaint"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(sa.String(40), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("peer_person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("peer_unit.id"), index=True)
    nature: Mapped[str] = mapped_column(sa.String(40))
    wanted: Mapped[list[str]] = mapped_column(sa.JSON)
    amount_fen: Mapped[int]
    happened_on: Mapped[Any] = mapped_column(sa.Date)
    facts: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[str] = mapped_column(sa.String(40), default="received")
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    unit: Mapped[Unit] = relationship()


class ComplaintIn(Schema):
    token = fields.String(required=True)
    nature = fields.String(required=True)
    wanted = fields.List(fields.String(validate=validate.Length(max=40)), required=True)
    amount_fen = fields.Integer(required=True, validate=validate.Range(min=0))
    happened_on = fields.Date(required=True)
    facts = fields.String(required=True, validate=validate.Length(min=10, max=2000))


class UnitOut(Schema):
    name = fields.String()
    county_code = fields.String()


class ComplaintOut(ComplaintIn):
    token = fields.String(load_only=True)
    case_no = fields.String()
    state = fields.String()
    opened_at = fields.DateTime()
    unit = fields.Nested(UnitOut)


db = SQLAlchemy(model_class=Base)
doors = Blueprint("doors", __name__)


def create_app() -> Flask:
    """The application, on the database PEER_DATABASE_URL."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["PEER_DATABASE_URL"]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    db.init_app(app)
    app.register_blueprint(doors)
    return app


_taken, _given = ComplaintIn(), ComplaintOut()


@doors.get("/")
def root() -> str:
    return "ok"


@doors.post("/api/v1/settlements")
def file() -> tuple[dict[str, Any], int]:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    person = db.session.scalars(sa.select(Person).filter_by(token=bearer)).one_or_none()
    if person is None:
        abort(401)
    try:
        body = _taken.load(request.get_json())
    except ValidationError as error:
        return {"errors": error.messages}, 422
    wanted = sa.select(Badge).filter_by(token=body.pop("token")).options(joinedload(Badge.unit))
    badge = db.session.scalars(wanted).one_or_none()
    if badge is None:
        abort(404)
    complaint = Complaint(
        **body,
        case_no=f"TS{uuid.uuid4().hex}",
        person_id=person.id,
        unit=badge.unit,
        opened_at=datetime.now(UTC),
    )
    db.session.add(complaint)
    db.session.commit()
    return _given.dump(complaint), 201


def fill(url: str, tokens: list[str], bearers: list[str]) -> None:
    """Make the tables and their people, units and badges.

    url   of the database
    """
    engine = sa.create_engine(url)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(Person), [{"token": bearer} for bearer in bearers])
        units = [{"id": n, "name": f"第{n}家店", "county_code": "330302"} for n in range(1, len(tokens) + 1)]
        connection.execute(sa.insert(Unit), units)
        connection.execute(sa.insert(Badge), [{"token": token, "unit_id": n} for n, token in enumerate(tokens, 1)])
    engine.dispose()

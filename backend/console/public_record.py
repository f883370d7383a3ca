"""The public record: what waits for a decision, and what officers and the council enter about a unit."""

from typing import Any

from flask import Response, flash, url_for

from backend.access.actor import Actor
from backend.access.decide import may, permits
from backend.access.policy import Action
from backend.badges import cards
from backend.casework import queries as cases
from backend.certification.model import Certificate
from backend.infrastructure import current, photos
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.web import form, page
from backend.merchants import queries as merchants
from backend.merchants.rules import Category
from backend.pages.case_steps import clocks
from backend.public_record import queries, schemas, service
from backend.public_record.rules import EntryKind, GradeKind, GradeLevel

from .doors import staff_blueprint
from .schemas import Button, EntryWithdrawForm, ObjectionRejectForm, ObjectionUpholdForm, ShowingForm

blueprint = staff_blueprint("console_record", "")

_PHOTO_BODY = photos.MOST_BYTES + 64 * 1024
_PUBLISH = {EntryKind.PENALTY: Action.PENALTY_PUBLISH, EntryKind.WARNING: Action.WARNING_PUBLISH}


@blueprint.get("/public-record")
@page(Action.UNIT_REPLY_DECIDE, "console/public_record_waiting.html")
def waiting(actor: Actor) -> dict[str, Any]:
    """Photos and replies that wait, the oldest first."""
    return {
        "photos": [_row(one) for one in queries.photos_waiting(actor)],
        "replies": [_row(one) | _answered(one) for one in queries.replies_waiting(actor)],
        "kitchens": [_row(one) for one in queries.kitchens_waiting(actor)],
        "objections": _objections(actor),
    }


@blueprint.get("/public-record/photos/<number>.jpg")
@page(Action.SHOP_PHOTO_DECIDE, "console/public_record_waiting.html")
def photo(actor: Actor, number: str) -> Response:
    """A photo to look at before the decision."""
    return Response(
        queries.photo_bytes(actor, number), content_type="image/jpeg", headers={"Cache-Control": "no-store"}
    )


@blueprint.post("/public-record/photos")
@form(Action.SHOP_PHOTO_DECIDE, ShowingForm, back="console_record.waiting")
def decide_photo(actor: Actor, body: dict[str, Any]) -> str:
    service.decide_photo(actor, **body)
    return _decided(body["show"])


@blueprint.post("/public-record/replies")
@form(Action.UNIT_REPLY_DECIDE, ShowingForm, back="console_record.waiting")
def decide_reply(actor: Actor, body: dict[str, Any]) -> str:
    service.decide_reply(actor, **body)
    return _decided(body["show"])


@blueprint.post("/public-record/kitchens")
@form(Action.KITCHEN_LINK_DECIDE, ShowingForm, back="console_record.waiting")
def decide_kitchen(actor: Actor, body: dict[str, Any]) -> str:
    service.decide_kitchen(actor, **body)
    return _decided(body["show"])


@blueprint.post("/public-record/objections/uphold")
@form(Action.OBJECTION_UPHOLD, ObjectionUpholdForm, back="console_record.waiting")
def uphold(actor: Actor, body: dict[str, Any]) -> str:
    service.uphold(actor, **body)
    flash("公示已更正，联络站会收到通知。" if body["correction"] else "公示已撤下，联络站会收到通知。", "success")
    return url_for("console_record.waiting")


@blueprint.post("/public-record/objections/reject")
@form(Action.OBJECTION_REJECT, ObjectionRejectForm, back="console_record.waiting")
def reject(actor: Actor, body: dict[str, Any]) -> str:
    service.reject(actor, **body)
    flash("异议不成立，理由已告诉联络站。", "success")
    return url_for("console_record.waiting")


@blueprint.get("/units/<number>/record")
@page(Action.RECORD_READ, "console/public_record.html")
def record(actor: Actor, number: str) -> dict[str, Any]:
    """Everything on a unit's record, and the forms to add to it."""
    certificate = queries.unit_of(actor, Action.RECORD_READ, number)

    def may_here(action: Action) -> bool:
        return permits(actor, action, certificate, Certificate.__scope__)

    unit = merchants.unit(certificate.unit_id)
    found = queries.record(unit.id)
    return {
        "unit": unit,
        "number": number,
        "record": found,
        "disputed": {one.entry_id for one in found.objections if one.state == "received"},
        "photo": cards.section(unit.id, "photo"),
        "today": current.today(),
        "may_send": may_here(Action.SHOP_PHOTO_SEND),
        "kitchen": cards.section(unit.id, "record").get("kitchen"),
        "may_remove_kitchen": may_here(Action.KITCHEN_LINK_REMOVE),
        "may_grade": unit.category is Category.RESTAURANT and may_here(Action.CATERING_GRADE_RECORD),
        "entry_kinds": [(kind.value, kind.zh) for kind, action in _PUBLISH.items() if may_here(action)],
        "may_withdraw_penalty": may(actor, Action.PENALTY_WITHDRAW),
        "grade_kinds": [(kind.value, kind.zh) for kind in GradeKind],
        "grade_levels": [
            (level.value, f"{level.words(GradeKind.INSPECTION)} / {level.words(GradeKind.YEAR)}")
            for level in GradeLevel
        ],
    }


@blueprint.post("/units/<number>/record/photo")
@form(
    Action.SHOP_PHOTO_SEND, Button, back="console_record.record", max_body=_PHOTO_BODY, limit="60/hour",
    self_contained=True,
)  # fmt: skip
def send_photo(actor: Actor, number: str, body: dict[str, Any]) -> str:
    picture = service.prepare(photos.needed_of_form())
    with unit_of_work():
        service.send_photo(actor, number, picture)
    return _after(number, "店面照片已公开，扫码页面马上会显示。")


@blueprint.post("/units/<number>/record/kitchen")
@form(Action.KITCHEN_LINK_REMOVE, Button, back="console_record.record")
def remove_kitchen(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.remove_kitchen(actor, number)
    return _after(number, "阳光厨房链接已撤下。")


@blueprint.post("/units/<number>/record/grade")
@form(Action.CATERING_GRADE_RECORD, schemas.CateringGradeIn, back="console_record.record", idempotent=True)
def record_grade(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.record_grade(actor, number, **body)
    return _after(number, "量化分级已登记，扫码页面马上会显示。")


@blueprint.post("/units/<number>/record/entry")
@form(Action.WARNING_PUBLISH, schemas.PublicEntryIn, back="console_record.record", idempotent=True)
def publish(actor: Actor, number: str, body: dict[str, Any]) -> str:
    entry = service.publish(actor, number, **body)
    return _after(number, f"{entry.kind.zh}已公示，扫码页面马上会显示，联络站会收到通知。")


@blueprint.post("/units/<number>/record/withdraw")
@form(Action.WARNING_WITHDRAW, EntryWithdrawForm, back="console_record.record")
def withdraw(actor: Actor, number: str, body: dict[str, Any]) -> str:
    service.withdraw(actor, body["entry"], reason=body["reason"])
    return _after(number, "已撤下，原位置会写明理由。")


def _row(one: Any) -> dict[str, Any]:
    return {"one": one, "unit_name": cards.section(one.unit_id, "unit").get("name", "")}


def _objections(actor: Actor) -> list[dict[str, Any]]:
    """The open objections with what they are about, and which of the two ways out the actor has."""
    found = queries.objections(actor)
    due = cases.next_deadlines("objection", [one.id for one in found])
    rows = []
    for one in found:
        entry = queries.entry_of(one)
        theirs = entry.kind is EntryKind.WARNING or may(actor, Action.PENALTY_WITHDRAW)
        rows.append(
            {
                "one": one,
                "entry": entry,
                "clock": clocks(one, [due[one.id]])[0],
                "may_uphold": theirs,
                "may_reject": theirs and entry.entered_by != actor.account_id,
            }
        )
    return rows


def _answered(reply: Any) -> dict[str, Any]:
    entries = queries.entries(reply.unit_id) if reply.about else []
    return {"entry": next((entry for entry in entries if entry.number == reply.about), None)}


def _decided(shown: bool) -> str:
    flash("已公开，联络站会收到通知。" if shown else "不公开，理由已告诉联络站。", "success")
    return url_for("console_record.waiting")


def _after(number: str, words: str) -> str:
    flash(words, "success")
    return url_for("console_record.record", number=number)

"""The package for the national 12315 platform (材料包): form 1 as data and PDF, the evidence, the conversation, a list with hashes.

source: Order 121 §8, §10, §40
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.complaints import conversation, queries
from backend.complaints.model import Complaint, Settlement
from backend.complaints.package_zip import Part, streamed
from backend.complaints.platform import PLATFORM, HandedOver
from backend.complaints.rules import Side
from backend.documents import service as documents
from backend.documents.service import Document
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.clock import local_date
from backend.kernel.errors import InvalidInput, NotPermitted
from backend.kernel.wording import local_time

from .form_values import register_values
from .identity import Identity, identity_of, reveal_identity

_NUMBER = re.compile(r"[0-9A-Z-]{6,40}")
_BY_HAND = "（由本人填写）"


@dataclass(frozen=True)
class Package:
    """A package that is ready to be streamed, after the unit of work."""

    name: str
    parts: list[Part]
    made_at: datetime

    def stream(self) -> Iterator[bytes]:
        """The ZIP in pieces."""
        return streamed(self.parts, self.made_at)


def own_package(actor: Actor, case_no: str) -> Package:
    """A consumer's own dispute. An identity that was not given yet is left for them to fill in by hand."""
    settlement = queries.settlement(actor, Action.SETTLEMENT_PACKAGE, case_no)
    held = settlement.complainant_id
    identity = identity_of(held) if held else Identity(_BY_HAND, _BY_HAND, _BY_HAND)
    return _package(settlement, queries.complaint_of(settlement.id), identity)


def officers_package(actor: Actor, case_no: str, *, purpose: str) -> Package:
    """A complaint's package to the officer in charge; the look at the identity is noted with its purpose.

    raises   NotPermitted not_in_charge
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_PACKAGE, case_no)
    if complaint.officer_id != actor.account_id:
        raise NotPermitted("not_in_charge", "材料包只有承办人能下载。要由您来办，请先办理这件投诉。")
    identity, _ = reveal_identity(actor, case_no, purpose=purpose)
    return _package(session().get_one(Settlement, complaint.settlement_id), complaint, identity)


def hand_over_steps(actor: Actor, case_no: str) -> tuple[Settlement, HandedOver]:
    """What a consumer does to bring a dispute to the national platform."""
    settlement = queries.settlement(actor, Action.SETTLEMENT_PACKAGE, case_no)
    return settlement, PLATFORM.hand_over(settlement.case_no)


def keep_number_12315(actor: Actor, case_no: str, *, number: str) -> Settlement:
    """The consumer writes down the number that the national platform gave; a wrong one is written anew. raises InvalidInput"""
    settlement = queries.settlement(actor, Action.SETTLEMENT_NUMBER_12315, case_no)
    plain = re.sub(r"\s", "", number).upper()
    if not _NUMBER.fullmatch(plain):
        message = "12315 平台的编号由数字和字母组成，请照平台上的填写。"
        raise InvalidInput("number_12315_invalid", message, fields={"number": [message]})
    before = settlement.number_12315
    settlement.number_12315, settlement.number_12315_at = plain, current.now()
    audit.record(
        actor,
        Action.SETTLEMENT_NUMBER_12315,
        "settlement",
        settlement.id,
        chain=settlement.county_code,
        before={"number": before},
        after={"number": plain},
    )
    return settlement


def _package(settlement: Settlement, complaint: Complaint | None, identity: Identity) -> Package:
    case_no = complaint.case_no if complaint else settlement.case_no
    form = _register_form(settlement, complaint, identity)
    parts = [
        Part("投诉登记表.json", partial(_data, form), {}),
        Part("投诉登记表.pdf", partial(documents.pdf, form), {}),
    ]
    get = current.runtime().storage.get
    for photo in queries.evidence(settlement.id):
        told = {"uploaded_sha256": photo.sha256, "added_at": photo.added_at.isoformat()}
        whose = "联络站的" if photo.side is Side.STATION else ""
        name = f"凭证/{whose}凭证-{photo.position:02d}{PurePosixPath(photo.object_key).suffix}"
        parts.append(Part(name, partial(get, photo.object_key), told))
    lines = conversation.transcript(settlement.id)
    if lines:
        said = "".join(f"{local_time(line.at)}　{line.side.zh}：{line.text}\n" for line in lines)
        parts.append(Part("沟通记录.txt", said.encode, {"messages": len(lines)}))
    return Package(f"12315材料包-{case_no}.zip", parts, current.now())


def _register_form(settlement: Settlement, complaint: Complaint | None, identity: Identity) -> Document:
    opened = complaint.opened_at if complaint else settlement.opened_at
    number = complaint.case_no if complaint else settlement.case_no
    values = register_values(settlement, number, opened, identity)
    if identity.id_kind and identity.id_number:
        values |= {"id_kind": identity.id_kind, "id_number": identity.id_number}
    form = documents.fill(1, issuer=settlement.county_code, dated=local_date(opened), values=values)
    return form if complaint else replace(form, number=f"和解诉求 {number}，还没有转成投诉")


def _data(form: Document) -> bytes:
    return form.text().encode()

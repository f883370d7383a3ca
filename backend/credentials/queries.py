"""Reads: a certificate's credential, and the status lists, each true at the moment of asking."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import NotFound, NotPossibleNow
from backend.merchants.model import Unit

from . import issuing
from .model import StatusPlace
from .rules import TTL, Purpose


@dataclass(frozen=True)
class Served:
    """A signed list as it is served.

    etag   changes when a bit does, and when the list has been kept for as long as it may be
    """

    etag: str
    token: str


def credential(number: str) -> str:
    """The credential of this certificate. raises NotFound; NotPossibleNow in the seconds before it has its place in the lists"""
    certificate = certificates.by_number(number)
    place = session().scalars(sa.select(StatusPlace).filter_by(certificate_id=certificate.id)).one_or_none()
    if place is None:
        raise NotPossibleNow(
            "credential_not_ready", "这张证书刚刚办理，电子凭证一分钟内生成，请稍后再下载。", state="waiting"
        )
    return issuing.credential(certificate, session().get_one(Unit, certificate.unit_id), place)


def status_list(purpose: Purpose, number: int) -> Served:
    """The list of this purpose and number. raises NotFound

    The set bits are read each time by one indexed query; only when they changed, or the copy grew old, is the list written and signed anew.
    """
    last = session().scalar(sa.select(sa.func.max(StatusPlace.list_number))) or 1
    if not 1 <= number <= last:
        raise NotFound("status_list_not_found", "没有这份状态清单。")
    found = session().scalars(
        sa.select(StatusPlace.position)
        .join(Certificate, Certificate.id == StatusPlace.certificate_id)
        .where(StatusPlace.list_number == number, Certificate.state.in_(purpose.states))
    )
    positions = sorted(found)
    age = int(current.now().timestamp() // TTL.total_seconds())
    etag = hashlib.sha256(f"{purpose}:{number}:{age}:{positions}".encode()).hexdigest()[:32]
    kept: dict[tuple[Purpose, int], Served] = current_app.extensions.setdefault("fangxin_status_lists", {})
    served = kept.get((purpose, number))
    if served is None or served.etag != etag:
        served = Served(etag, issuing.status_list(purpose, number, positions))
        kept[purpose, number] = served
    return served


def every_list() -> list[str]:
    """All lists of all purposes, signed, as of now."""
    last = session().scalar(sa.select(sa.func.max(StatusPlace.list_number))) or 1
    return [status_list(purpose, number).token for purpose in Purpose for number in range(1, last + 1)]

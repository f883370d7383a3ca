"""Officers who act over HTTP, and units to act on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyotp
import sqlalchemy as sa

from backend.access.actor import Role
from backend.badges import queries
from backend.badges.model import Plate
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.demo.people import PASSWORD, make_staff, officer, with_role
from backend.infrastructure.database import db, session, unit_of_work
from backend.supervision import service as supervision
from benchmarks.asking import Client
from benchmarks.installation import Installation


@dataclass(frozen=True)
class Shop:
    """A certified unit with its first plate."""

    token: str
    serial: str
    certificate_no: str
    station_id: str


class Office:
    """The bureau of an installation."""

    def __init__(self, made: Installation) -> None:
        self._made = made
        self._staff = self._inside(make_staff)

    def sign_in(self, client: Client) -> str:
        """A city officer's bearer token."""
        body = {
            "username": "shiju1",
            "password": PASSWORD,
            "one_time_code": pyotp.TOTP(self._staff["shiju1"]["totp_secret"]).now(),
        }
        token: str = json.loads(client.post("/api/v1/staff-sessions", body).body)["token"]
        return token

    def shops(self, count: int) -> list[Shop]:
        """So many units whose certificates stand."""

        def read() -> list[Shop]:
            with unit_of_work(read_only=True):
                rows = session().execute(
                    sa.select(Plate, Certificate.number)
                    .join(Certificate, Certificate.unit_id == Plate.unit_id)
                    .where(Certificate.state == "certified")
                    .order_by(Plate.id)
                    .limit(count)
                )
                return [Shop(queries.token_of(plate), plate.serial, number, plate.station_id) for plate, number in rows]

        return self._inside(read)

    def proposal(self, shop: Shop) -> str:
        """The number of a proposal to revoke that waits for the city officer's decision."""

        def propose() -> str:
            member = with_role("bench-member", Role.STATION_MEMBER, shop.station_id)
            with unit_of_work():
                case_no = supervision.propose(
                    officer(self._staff, "shiju2"),
                    shop.certificate_no,
                    ground=Ground.G07_REFUSES_LIAISON,
                    statement="今年以来五次没有答复消费者的和解诉求。",
                ).case_no
            with unit_of_work():
                supervision.reply(member, case_no, text="已更换联络人，今后按时答复。")
            return case_no

        return self._inside(propose)

    def _inside(self, work: Callable[[], Any]) -> Any:
        with self._made.app.app_context():
            try:
                return work()
            finally:
                db.session.remove()

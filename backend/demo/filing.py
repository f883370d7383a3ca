"""The first steps of a dispute in the demonstration, on which its stories go on."""

import io
from collections.abc import Iterator
from datetime import timedelta

from PIL import Image, ImageDraw

from backend.access.actor import Actor
from backend.badges import queries as badges
from backend.badges import tickets
from backend.complaints import queries as disputes
from backend.complaints import service as complaints
from backend.complaints.service import Identity
from backend.infrastructure import current, photos
from backend.infrastructure.database import unit_of_work

from .cast import HOUR, Shop
from .scene import act
from .texts import Dispute

COMPLAINANT = Identity("林国强", "13857700002", "温州市瓯海区茶山街道 12 号")
_FILED_BY_ITSELF = Identity("郑晓燕", "13857700001", "温州市鹿城区信河街 8 号")


def ticket(token: str) -> str:
    """What a scan of the unit's plate gives."""
    with unit_of_work(read_only=True):
        return tickets.issue(badges.by_token(token).plate.id)


def submitted(
    consumer: Actor, shop: Shop, said: Dispute, *, file_for_me: bool = False, consent_delegate: bool = False
) -> str:
    """The number of a new settlement request, with a receipt."""
    number: str = act(
        complaints.submit,
        consumer,
        token=shop.token,
        visit_ticket=ticket(shop.token),
        nature=said.nature,
        wanted=said.wanted,
        amount_fen=said.amount_fen,
        happened_on=current.today() - timedelta(days=1),
        facts=said.facts,
        file_for_me=file_for_me,
        consent_delegate=consent_delegate,
        identity=_FILED_BY_ITSELF if file_for_me else None,
    ).settlement.case_no
    receipt = photos.clean(_receipt(said.amount_fen))
    act(complaints.add_photo, consumer, number, receipt, for_station=True)
    return number


def escalated(
    consumer: Actor, member: Actor, shop: Shop, said: Dispute, *, consent_delegate: bool = False
) -> Iterator[timedelta]:
    """The station refuses, and the consumer goes on to the bureau."""
    number = submitted(consumer, shop, said, consent_delegate=consent_delegate)
    yield 30 * HOUR
    act(complaints.refuse, member, number, text="店里核对过，认为没有做错，不同意退款。")
    yield 26 * HOUR
    act(complaints.escalate, consumer, number, COMPLAINANT)


def lodged(consumer: Actor) -> str:
    """The number of the consumer's newest complaint."""
    with unit_of_work(read_only=True):
        return disputes.complaints(consumer).items[0].case_no


def _receipt(fen: int) -> bytes:
    picture = Image.new("RGB", (480, 640), "#f6f3ea")
    pen = ImageDraw.Draw(picture)
    for line in range(9):
        pen.line((60, 90 + line * 48, 300 + line * 11 % 90, 90 + line * 48), fill="#8a8577", width=5)
    pen.text((60, 540), f"TOTAL  CNY {fen / 100:.2f}", fill="#222", font_size=34)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()

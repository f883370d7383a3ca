"""Visit tickets: a signed note that whoever holds it scanned a plate within a certain hour. Names no person."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from backend.infrastructure import current
from backend.kernel.errors import InvalidInput

#: How long a ticket proves a visit.
LIFE = timedelta(days=7)


@dataclass(frozen=True)
class Visit:
    """A scan of a plate, to the hour."""

    plate_id: str
    hour: datetime


def issue(plate_id: str) -> str:
    """A ticket for a scan made now."""
    hour = current.now().replace(minute=0, second=0, microsecond=0)
    return _serializer().dumps([plate_id, int(hour.timestamp())])


def read(ticket: str) -> Visit:
    """raises InvalidInput when the ticket is not ours, or too old"""
    try:
        plate_id, hour = _serializer().loads(ticket)
    except BadSignature:
        raise InvalidInput(
            "visit_ticket_invalid", "到店凭证无效，请重新扫描店里的放心码。", fields={"visit_ticket": ["请重新扫码。"]}
        ) from None
    visit = Visit(plate_id, datetime.fromtimestamp(hour, UTC))
    if current.now() - visit.hour > LIFE + timedelta(hours=1):
        raise InvalidInput(
            "visit_ticket_expired",
            "到店凭证已超过 7 天，请重新扫描店里的放心码。",
            fields={"visit_ticket": ["请重新扫码。"]},
        )
    return visit


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current.runtime().settings.secret_key, salt="visit-ticket")

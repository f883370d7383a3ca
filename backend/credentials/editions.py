"""The register as a signed file: made once a day by the worker, for whoever wants to keep or check the whole of it.

A line for each certificate, so that it can be written and read piece by piece; what vouches for it is a small JWS over its SHA-256.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from backend.certification import queries as certificates
from backend.certification.model import Certificate
from backend.certification.rules import GROUNDS, Ground
from backend.infrastructure import current
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.object_storage import ObjectMissing, random_key
from backend.kernel.errors import NotFound
from backend.kernel.identifiers import county_name
from backend.merchants.model import Merchant, Unit
from backend.transparency import queries as transparency

from . import issuing
from .model import RegisterEdition
from .rules import REMEMBERED

_KEPT_EDITIONS = 30
_PIECE = 256 * 1024


def publish() -> None:
    """Make today's edition, and remove the file of the one that is too old. Periodic work of the worker."""
    with unit_of_work(read_only=True):
        packed, digest, units = _written()
        head = transparency.latest_head()
    key = random_key("register", "gz")
    current.runtime().storage.put(key, packed)
    now = current.now()
    content = {
        "iat": int(now.timestamp()),
        "sha256": digest,
        "units": units,
        "log_head": head.note if head else None,
    }
    with unit_of_work():
        session().add(RegisterEdition(made_at=now, storage_key=key, signature=issuing.manifest(content), units=units))
        session().flush()
        outdated = (
            session()
            .scalars(sa.select(RegisterEdition).order_by(RegisterEdition.made_at.desc()).offset(_KEPT_EDITIONS))
            .all()
        )
        for edition in outdated:
            session().delete(edition)
    for edition in outdated:
        current.runtime().storage.delete(edition.storage_key)


def newest() -> RegisterEdition:
    """The newest edition. raises NotFound before the first"""
    found = session().scalars(sa.select(RegisterEdition).order_by(RegisterEdition.made_at.desc()).limit(1)).first()
    if found is None:
        raise _not_there()
    return found


def pieces(edition: RegisterEdition) -> Iterator[bytes]:
    """The file's bytes, a quarter of a megabyte at a time; the packed file is read at once. raises NotFound"""
    try:
        return _unpacked(current.runtime().storage.get(edition.storage_key))
    except ObjectMissing:
        raise _not_there() from None


def _not_there() -> NotFound:
    return NotFound("register_not_published", "名录文件每天生成一次，现在还没有生成，请稍后再来。")


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=31)
    while packed:
        yield unpacking.decompress(packed, _PIECE)
        packed = unpacking.unconsumed_tail


def _written() -> tuple[bytes, str, int]:
    """The packed file, the SHA-256 of what is in it, and how many certificates."""
    packing, digest = zlib.compressobj(wbits=31), hashlib.sha256()
    packed, units = [], 0
    opening = {
        "issuer": issuing.did(),
        "name": "放心消费单位名录",
        "as_of": current.now().isoformat(timespec="seconds"),
    }
    text = json.dumps(opening, ensure_ascii=False)[:-1] + ', "units": [\n'
    for row in _rows():
        text += f"{',' if units else ''}{json.dumps(row, ensure_ascii=False)}\n"
        units += 1
        if len(text) > _PIECE:
            digest.update(text.encode())
            packed.append(packing.compress(text.encode()))
            text = ""
    text += "]}\n"
    digest.update(text.encode())
    packed += [packing.compress(text.encode()), packing.flush()]
    return b"".join(packed), digest.hexdigest(), units


def _rows() -> Iterator[dict[str, Any]]:
    """Certificates that are open, or ended within three years."""
    since = current.now() - REMEMBERED
    statement = (
        sa.select(Certificate, Unit.name, Unit.category, Merchant.uscc)
        .join(Unit, Unit.id == Certificate.unit_id)
        .join(Merchant, Merchant.id == Unit.merchant_id)
        .where(sa.or_(Certificate.state.in_(certificates.OPEN), Certificate.state_since >= since))
        .order_by(Certificate.number)
    )
    today = current.today()
    for certificate, name, category, uscc in session().execute(statement).yield_per(1000):
        yield {
            "certificate": certificate.number,
            "unit": name,
            "uscc": issuing.published_code(uscc),
            "category": category.value,
            "county": certificate.county_code,
            "county_name": county_name(certificate.county_code),
            "standing": certificate.standing_on(today).value,
            "state": certificate.state,
            "since": certificate.reason_on.isoformat() if certificate.reason_on else None,
            "reason": GROUNDS[Ground(certificate.ground)] if certificate.ground else None,
            "issued_on": certificate.issued_on.isoformat(),
            "valid_until": certificate.valid_until.isoformat(),
        }

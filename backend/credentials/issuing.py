"""What we sign: the credential of a certificate, the lists of bits, and the document that names our keys."""

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from backend.certification.model import Certificate
from backend.infrastructure import current
from backend.kernel.clock import SHANGHAI, end_of_local_day, local_instant
from backend.kernel.identifiers import county_name, is_sole_trader
from backend.merchants.model import Unit

from . import jws
from .model import StatusPlace
from .rules import TTL, Purpose, did_of, encode_bits

CREDENTIAL_TYPE = "vc+jwt"
OFFICE = "温州市消费者权益保护工作联席会议办公室"
_CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
_CRITERIA = (
    "首问负责、先行赔付、设有维权联络站、消费纠纷绿色通道四项承诺公开并履行，"
    "经县（市、区）市场监管部门推荐、联席会议办公室认定，受社会监督和动态管理。"
)


def did() -> str:
    """Our identifier."""
    return did_of(_site())


def key_id(name: str) -> str:
    """The verification method of a signing key."""
    return f"{did()}#key-{name}"


def did_document() -> dict[str, Any]:
    """The did:web document: every key that signs or signed. source: DID Core 1.0, RFC 8037"""
    keys = current.runtime().signing.public
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did(),
        "verificationMethod": [
            {"id": key_id(name), "type": "JsonWebKey", "controller": did(), "publicKeyJwk": _jwk(public)}
            for name, public in keys.items()
        ],
        "assertionMethod": [key_id(name) for name in keys],
    }


def credential(certificate: Certificate, unit: Unit, place: StatusPlace) -> str:
    """The signed credential of a certificate. source: Open Badges 3.0 §8.2 (claims), VC-JOSE-COSE §3.1"""
    begins, ends = local_instant(certificate.issued_on), end_of_local_day(certificate.valid_until)
    address, subject = f"{unit_address(certificate.number)}/credential", unit_address(certificate.number)
    content = {
        "@context": _CONTEXT,
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "放心消费单位证书",
        "issuer": {"id": did(), "type": ["Profile"], "name": OFFICE, "url": _site()},
        "validFrom": _time(begins),
        "validUntil": _time(ends),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "licenseNumber": certificate.number,
            "identifier": [_named(kind, value) for kind, value in _identity(unit).items()],
            "achievement": {
                "id": f"{_site()}/about-mark",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": "放心消费单位",
                "description": "“放心消费在温州”行动认定的放心消费单位。",
                "criteria": {"narrative": _CRITERIA},
            },
        },
        "credentialStatus": [_status(purpose, place) for purpose in Purpose],
        "evidence": [
            {
                "id": f"{_site()}/transparency/{quote(certificate.number)}",
                "type": ["Evidence"],
                "name": "透明日志里这张证书的全部记录",
            }
        ],
        "iss": did(),
        "sub": subject,
        "jti": address,
        "nbf": int(begins.timestamp()),
        "exp": int(ends.timestamp()),
    }
    return _signed(content, CREDENTIAL_TYPE)


def status_list(purpose: Purpose, number: int, positions: Iterable[int]) -> str:
    """A signed list with these bits set, as of now. source: Bitstring Status List 1.0 §2.2"""
    now = current.now()
    address = list_address(purpose, number)
    content = {
        "@context": _CONTEXT[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(),
        "validFrom": _time(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": encode_bits(positions),
            "ttl": int(TTL.total_seconds() * 1000),
        },
        "iss": did(),
        "jti": address,
        "sub": f"{address}#list",
        "nbf": int(now.timestamp()),
    }
    return _signed(content, CREDENTIAL_TYPE)


def manifest(content: Mapping[str, Any]) -> str:
    """What vouches for the register's file, signed."""
    return _signed({"iss": did(), **content}, "register+jwt")


def list_address(purpose: Purpose, number: int) -> str:
    """Where a list is served."""
    return f"{_site()}/credentials/status/{purpose.value}/{number}"


def unit_address(certificate_no: str) -> str:
    """A unit's page, which also names it in its credential."""
    return f"{_site()}/units/{quote(certificate_no)}"


def published_code(uscc: str) -> str | None:
    """The code as it may be copied by everybody; None for a sole trader's."""
    return None if is_sole_trader(uscc) else uscc


def _signed(content: Mapping[str, Any], kind: str) -> str:
    signing = current.runtime().signing
    return jws.signed(content, kind, key_id(signing.newest_id), signing.sign)


def _identity(unit: Unit) -> dict[str, str]:
    held = {
        "name": unit.name,
        "ext:uscc": published_code(unit.merchant.uscc),
        "ext:category": unit.category.zh,
        "ext:county": county_name(unit.county_code),
    }
    return {kind: value for kind, value in held.items() if value is not None}


def _named(kind: str, value: str) -> dict[str, Any]:
    """source: Open Badges 3.0, IdentityObject"""
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _status(purpose: Purpose, place: StatusPlace) -> dict[str, str]:
    address = list_address(purpose, place.list_number)
    return {
        "id": f"{address}#{place.position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose.value,
        "statusListIndex": str(place.position),
        "statusListCredential": address,
    }


def _jwk(public: bytes) -> dict[str, str]:
    x = base64.urlsafe_b64encode(public).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "alg": jws.ALGORITHM, "use": "sig"}


def _time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _site() -> str:
    return current.runtime().settings.public_url

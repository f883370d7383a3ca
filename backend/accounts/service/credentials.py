"""Password hashes and one-time codes."""

import hmac
from datetime import datetime
from functools import cache

import pyotp
from argon2 import Parameters, PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from ..rules import TOTP_PERIOD_S, TOTP_WINDOW

ISSUER = "放心消费在温州"
#: Argon2id, above OWASP's least (19 MiB, t=2, p=1) and bearable on two cores: about 40 ms and 32 MiB a hash.
PRICE = Parameters(Type.ID, version=19, salt_len=16, hash_len=32, time_cost=2, memory_cost=32 * 1024, parallelism=1)
_hasher = PasswordHasher.from_parameters(PRICE)


def hash_password(password: str) -> str:
    """Argon2id with a random salt, in PHC string form."""
    return _hasher.hash(password)


def password_matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def decoy() -> tuple[str, str]:
    """A hash and a TOTP secret of nobody, so that an unknown user costs as much work as a known one."""
    return hash_password(pyotp.random_base32()), pyotp.random_base32()


def new_totp_secret() -> str:
    """160 random bits in base32 (RFC 4226 §4 R6)."""
    return pyotp.random_base32()


def totp_uri(secret: str, username: str) -> str:
    """The otpauth:// address that authenticator apps read from a QR code."""
    return pyotp.TOTP(secret, interval=TOTP_PERIOD_S).provisioning_uri(name=username, issuer_name=ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The 30-second step whose code this is, within one step of `now`; None when there is none."""
    totp = pyotp.TOTP(secret, interval=TOTP_PERIOD_S)
    present, matched = int(now.timestamp()) // TOTP_PERIOD_S, None
    for step in range(present - TOTP_WINDOW, present + TOTP_WINDOW + 1):
        # Every step is compared, whichever matches, so that time tells nothing.
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            matched = step
    return matched

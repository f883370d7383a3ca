"""Sealed columns: personal values encrypted with AES-256-GCM under a key id, and blind indexes to find them again.

Stored form: version byte, key id byte, 12-byte nonce, ciphertext with tag. The associated data is table, column and row id, so
a value copied to another row or column does not open. An SM4 version can stand beside version 1 (密评).
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Any, Self, cast, overload

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import current
from .database import Model, session

_VERSION = 1
_NONCE = 12


class CannotOpen(Exception):
    """A sealed value does not open: its key is gone, or the value was tampered with or moved."""


class Keyring:
    """The sealing keys by id, the first for new values, and the key of the blind indexes."""

    def __init__(self, keys: Mapping[str, bytes], index_key: bytes) -> None:
        self.current = next(iter(keys))
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._index_key = index_key

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt for one place.

        place   what the value belongs to, e.g. "complaint.phone_sealed:<id>"
        """
        nonce = os.urandom(_NONCE)
        ciphertext = self._ciphers[self.current].encrypt(nonce, text.encode(), place.encode())
        return bytes([_VERSION]) + self.current.encode() + nonce + ciphertext

    def open(self, sealed: bytes, place: str) -> str:
        """Decrypt. raises CannotOpen"""
        cipher = self._ciphers.get(chr(sealed[1])) if len(sealed) > 2 + _NONCE and sealed[0] == _VERSION else None
        if cipher is None:
            raise CannotOpen(place.partition(":")[0])
        try:
            return cipher.decrypt(sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :], place.encode()).decode()
        except InvalidTag:
            raise CannotOpen(place.partition(":")[0]) from None

    def index(self, purpose: str, text: str) -> bytes:
        """16-byte keyed digest by which an equal value is found. The index key is as precious as the sealing keys."""
        return hmac.new(self._index_key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()[:16]


class Sealed:
    """Attribute that reads and writes plain text while its column holds the sealed form.

    Usage::

        phone_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
        phone = Sealed("phone_sealed")
    """

    registry: list[tuple[type[Model], str]] = []

    def __init__(self, column: str) -> None:
        self.column = column

    def __set_name__(self, owner: type[Model], name: str) -> None:
        self.owner = owner
        self.registry.append((owner, self.column))

    def seal(self, row_id: str, text: str) -> bytes:
        """The column's value for a row that is written without the mapper."""
        return current.runtime().keyring.seal(text, self._place(row_id))

    @overload
    def __get__(self, row: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, row: Model, owner: type[Any]) -> str | None: ...
    def __get__(self, row: Model | None, owner: type[Any]) -> Self | str | None:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        return None if sealed is None else current.runtime().keyring.open(sealed, self._place(row.id))

    def __set__(self, row: Model, text: str | None) -> None:
        setattr(row, self.column, None if text is None else self.seal(row.id, text))

    def _place(self, row_id: str) -> str:
        return f"{self.owner.__tablename__}.{self.column}:{row_id}"


def blind_index(purpose: str, text: str) -> bytes:
    """See `Keyring.index`."""
    return current.runtime().keyring.index(purpose, text)


def rotate_batch(size: int = 500) -> int:
    """Re-seal up to `size` values under the current key; restartable, safe beside writers (compare and set).

    returns   how many values were re-sealed; 0 means that the rotation is complete
    """
    keyring, opened, done = current.runtime().keyring, session(), 0
    for model, column_name in Sealed.registry:
        table = cast("sa.Table", model.__table__)
        column = table.c[column_name]
        current_prefix = bytes([_VERSION]) + keyring.current.encode()
        stale = sa.select(table.c.id, column).where(column.is_not(None), sa.func.substr(column, 1, 2) != current_prefix)
        for row_id, sealed in opened.execute(stale.limit(size - done)).all():
            place = f"{table.name}.{column_name}:{row_id}"
            renewed = keyring.seal(keyring.open(sealed, place), place)
            opened.execute(
                sa.update(table).where(table.c.id == row_id, column == sealed).values({column_name: renewed})
            )
            done += 1
        if done >= size:
            break
    return done

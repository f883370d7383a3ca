"""Where files are kept: four methods, a local folder by default. Keys are made by us, never from a person's file name."""

import os
import re
import secrets
from pathlib import Path
from typing import Protocol

_KEY = re.compile(r"[a-z0-9][a-z0-9_\-]*(/[a-z0-9][a-z0-9_\-]*)*\.[a-z0-9]{2,5}")


class ObjectMissing(LookupError):
    """No object under this key."""


class ObjectStorage(Protocol):
    """Keeps bytes under keys such as `evidence/ab/cdef….jpg`."""

    def put(self, key: str, content: bytes) -> None:
        """Store or replace; durable when it returns."""
        ...

    def get(self, key: str) -> bytes:
        """raises ObjectMissing"""
        ...

    def delete(self, key: str) -> None:
        """Remove; no error when absent."""
        ...

    def exists(self, key: str) -> bool:
        """Whether an object stands under the key."""
        ...


class LocalStorage:
    """A folder of this machine; each file is written beside its place, synced, then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with part.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise ObjectMissing(key) from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a storage key: {key!r}")
        return self._folder / key


def random_key(folder: str, extension: str) -> str:
    """A fresh unguessable key below `folder`."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}.{extension}"

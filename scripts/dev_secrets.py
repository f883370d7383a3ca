"""Secrets of a development installation: made once, kept in DATA_DIR/secrets.env, readable by its owner alone.

Losing the file makes the personal data and the printed badges of that folder unreadable; production brings its own.
"""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


_MAKERS: Mapping[str, Callable[[], str]] = {
    "FANGXIN_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "FANGXIN_SEALING_KEYS": lambda: f"1:{_key()}",
    "FANGXIN_INDEX_KEY": _key,
    "FANGXIN_BADGE_KEYS": lambda: f"1:{_key()}",
    "FANGXIN_SIGNING_KEYS": lambda: f"1:{_key()}",
}


def development_secrets(path: Path) -> dict[str, str]:
    """Variable → value from the file; what is missing there is made and added first.

    raises   ValueError naming the line that cannot be read
    """
    kept = _read(path)
    made = {name: make() for name, make in _MAKERS.items() if name not in kept}
    if made:
        _write(path, kept | made)
    return kept | made


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    values = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator:
            raise ValueError(f"{path}, line {number}: expected NAME=value")
        values[name] = value
    return values


def _write(path: Path, values: Mapping[str, str]) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "# Development secrets of this folder. Keep them with the data; never use them elsewhere.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    new.replace(path)

"""A package (材料包) as a ZIP file, streamed: no more than one of its files is held at a time."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.kernel.clock import SHANGHAI


@dataclass(frozen=True)
class Part:
    """One file of a package.

    name      path inside the ZIP
    content   gives the bytes when their turn comes
    told      what the list of files says of it besides name, size and hash
    """

    name: str
    content: Callable[[], bytes]
    told: dict[str, Any]


class _Pipe:
    """A file that cannot seek, whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._held.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = b"".join(self._held), []
        return held


def streamed(parts: Sequence[Part], made_at: datetime) -> Iterator[bytes]:
    """The ZIP in pieces: the parts in order, then 清单.json (name, size, SHA-256 of each) and SHA256SUMS, which `sha256sum -c` reads.

    made_at   aware; the time of every file
    """
    pipe, listed = _Pipe(), []
    with zipfile.ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]
        for part in parts:
            content = part.content()
            listed.append(
                {"name": part.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **part.told}
            )
            archive.writestr(_info(part.name, made_at), content)
            yield pipe.taken()
        made = made_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        manifest = json.dumps({"made_at": made, "files": listed}, ensure_ascii=False, indent=2).encode()
        archive.writestr(_info("清单.json", made_at), manifest)
        sums = "".join(f"{one['sha256']}  {one['name']}\n" for one in listed)
        archive.writestr(_info("SHA256SUMS", made_at), sums.encode())
        yield pipe.taken()
    yield pipe.taken()


def _info(name: str, made_at: datetime) -> zipfile.ZipInfo:
    local = made_at.astimezone(SHANGHAI)
    info = zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
    info.external_attr = 0o644 << 16
    # Photos are packed already; the rest is small.
    info.compress_type = zipfile.ZIP_STORED if name.endswith(".jpg") else zipfile.ZIP_DEFLATED
    return info

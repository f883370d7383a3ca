"""PDFs from people: looked at by a process of its own, within bounds, kept as they came, handed out as a file and never shown.

A contract's signature would be lost if it were made anew, so nothing is taken out of it, and whoever sends one is told so.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from backend.kernel.errors import InvalidInput

MOST_BYTES = 8 * 1024 * 1024
MOST_PAGES = 50
MAGIC = b"%PDF-"
_LOOK = Path(__file__).with_name("pdf_look.py")
_TIMEOUT_S = 15


@dataclass(frozen=True)
class Pdf:
    """A PDF that can be kept.

    sha256   of the bytes that were uploaded, which are the bytes that are kept: the uploader's receipt
    """

    content: bytes
    sha256: str
    pages: int


def checked(content: bytes) -> Pdf:
    """Check an uploaded PDF: at most 8 MB and 50 pages, opens without a password, no scripts, no files inside.

    raises   InvalidInput: pdf_too_large, pdf_unreadable, pdf_too_many_pages, pdf_active
    """
    if len(content) > MOST_BYTES:
        raise _refused("pdf_too_large", "PDF 超过 8 MB，请压缩或者分开上传。")
    found = _looked_at(content) if content.startswith(MAGIC) else None
    if found is None or found["pages"] < 1:
        raise _refused("pdf_unreadable", "这个 PDF 打不开，可能已经损坏或者加了密码。请换一份，或者拍成照片上传。")
    if found["pages"] > MOST_PAGES:
        raise _refused("pdf_too_many_pages", f"PDF 最多 {MOST_PAGES} 页，请只上传和这件事有关的几页。")
    if found["active"]:
        raise _refused(
            "pdf_active", "这个 PDF 里有脚本或者夹带的文件，为了安全不能上传。请打印成新的 PDF，或者拍成照片。"
        )
    return Pdf(content, hashlib.sha256(content).hexdigest(), found["pages"])


def _looked_at(content: bytes) -> dict[str, int] | None:
    """What the other process counted; None when it could not open the file, ran out of its bounds, or broke."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_LOOK)], input=content, capture_output=True, timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


def _refused(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, message, fields={"photo": [message]})

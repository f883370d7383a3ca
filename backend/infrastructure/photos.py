"""Photos from people: decoded within limits, turned upright, copied as bare pixels, saved anew. Nothing else survives.

Metadata, appended bytes and scripts are gone because only pixels are copied; decompression bombs are refused by their header.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import IO

import pillow_heif
import zxingcpp
from flask import request
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from backend.kernel.errors import InvalidInput, NotFound

from . import current
from .object_storage import ObjectMissing

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 24_000_000
_LONGEST_SIDE = 2400
THUMBNAIL_BYTES = 12_000
_THUMBNAIL_SIDES = (480, 400, 320, 240, 160, 96)
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MOST_CODES, _LONGEST_TEXT = 4, 500

pillow_heif.register_heif_opener()
ImageFile.LOAD_TRUNCATED_IMAGES = False


@dataclass(frozen=True)
class Photo:
    """A cleaned photo.

    jpeg      fresh JPEG bytes
    sha256    of the bytes that were uploaded: the uploader's receipt
    """

    jpeg: bytes
    sha256: str
    width: int
    height: int


def clean(content: bytes) -> Photo:
    """Clean an uploaded photo (JPEG, PNG, WebP, HEIC; at most 8 MB and 24 million pixels).

    raises   InvalidInput: photo_too_large, photo_too_many_pixels, photo_unreadable
    """
    if len(content) > MOST_BYTES:
        raise _refused("photo_too_large", "照片超过 8 MB，请压缩后再上传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _refused("photo_too_many_pixels", "照片的像素太大，请用手机相册缩小后再上传。")
                opened.load()
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refused("photo_too_many_pixels", "照片的像素太大，请用手机相册缩小后再上传。") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise _refused("photo_unreadable", "这个文件不是能打开的照片，请上传 JPG、PNG、WebP 或 HEIC 照片。") from None
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=85, optimize=True)
    return Photo(buffer.getvalue(), hashlib.sha256(content).hexdigest(), *bare.size)


def uploaded(sent: IO[bytes]) -> Photo:
    """Clean an uploaded file; of one that is too large no more is read than tells so. raises InvalidInput as `clean`"""
    return clean(sent.read(MOST_BYTES + 1))


def of_form() -> Photo | None:
    """The cleaned photo in the field `photo` of the form that was posted, if one was chosen. raises InvalidInput as `clean`"""
    sent = request.files.get("photo")
    return uploaded(sent.stream) if sent is not None and sent.filename else None


def needed_of_form() -> Photo:
    """The same where a photo must be chosen. raises InvalidInput"""
    photo = of_form()
    if photo is None:
        raise InvalidInput("photo_missing", "请选择一张照片。", fields={"photo": ["请选择一张照片。"]})
    return photo


def needed_bytes_of_form() -> bytes:
    """What was chosen in the field `photo`, not looked at yet; of what is too large no more than tells so. raises InvalidInput"""
    sent = request.files.get("photo")
    if sent is None or not sent.filename:
        raise InvalidInput("photo_missing", "请选择一个文件。", fields={"photo": ["请选择一个文件。"]})
    return sent.stream.read(MOST_BYTES + 1)


def stored(key: str | None, gone: str = "照片已经按规定删除。") -> bytes:
    """The JPEG that is kept under a key. raises NotFound photo_gone, in these words, when there is no key or no file"""
    try:
        if key is not None:
            return current.runtime().storage.get(key)
    except ObjectMissing:
        pass
    raise NotFound("photo_gone", gone)


def thumbnail(jpeg: bytes) -> bytes:
    """A small JPEG of at most THUMBNAIL_BYTES of a photo that `clean` made, for a page that carries it inside itself."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
        small = Image.new("RGB", opened.size)
        small.paste(opened)
    for side in _THUMBNAIL_SIDES:
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in (72, 62, 52, 42):
            buffer = io.BytesIO()
            small.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
            if buffer.tell() <= THUMBNAIL_BYTES:
                return buffer.getvalue()
    raise AssertionError("a picture of 96 pixels is smaller than that")


def measured(content: bytes) -> tuple[str, int, int]:
    """Format ('png' or 'jpeg'), width and height of a picture that another system made; every pixel of it is read.

    raises   InvalidInput photo_unreadable
    """
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            opened.load()
            return str(opened.format).lower(), opened.width, opened.height
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise _refused("photo_unreadable", "这不是能打开的图片。") from None


def _refused(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, message, fields={"photo": [message]})


def qr_texts(photo: Photo) -> list[str]:
    """What the QR codes in a cleaned photo say, at most four; codes without text are left out."""
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L"), formats=_QR)
    return [code.text[:_LONGEST_TEXT] for code in found if code.text][:_MOST_CODES]

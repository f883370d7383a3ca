"""Photos: only pixels survive, and what is no photo or too much of one is refused before it costs anything."""

import hashlib
import io
import struct
import zipfile
import zlib

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from backend.infrastructure import photos
from backend.kernel.errors import InvalidInput

MARK = b"SECRET-MARKER-1357"


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Left half red, right half blue."""
    made = Image.new("RGB", (width, height), (0, 0, 255))
    made.paste((255, 0, 0), (0, 0, width // 2, height))
    return made


def encoded(kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture().save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def with_metadata() -> bytes:
    """A JPEG with place, device, comment and a thumbnail's marker."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9286] = "Maker", MARK.decode(), MARK
    exif.get_ifd(0x8825)[2] = (28.0, 0.0, 36.0)
    return encoded("JPEG", exif=exif, comment=MARK, icc_profile=MARK * 20)


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        photos.clean(content)
    assert caught.value.fields["photo"]
    return caught.value.code


def opened(photo: photos.Photo) -> Image.Image:
    return Image.open(io.BytesIO(photo.jpeg))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_fresh_jpeg_with_its_receipt(kind: str) -> None:
    content = encoded(kind)
    cleaned = photos.clean(content)
    shown = opened(cleaned)
    assert (shown.format, shown.size, cleaned.width, cleaned.height) == ("JPEG", (60, 40), 60, 40)
    assert cleaned.sha256 == hashlib.sha256(content).hexdigest()
    left = shown.getpixel((5, 20))
    assert isinstance(left, tuple)
    assert left[0] > 200
    assert left[2] < 60


def test_a_phone_s_heic_is_taken() -> None:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(picture(64, 48)).save(buffer)
    assert opened(photos.clean(buffer.getvalue())).size == (64, 48)


def test_place_device_and_comments_are_gone() -> None:
    content = with_metadata()
    assert content.count(MARK) > 3
    cleaned = photos.clean(content)
    shown = opened(cleaned)
    assert MARK not in cleaned.jpeg
    assert (dict(shown.getexif()), shown.info.get("comment"), shown.info.get("icc_profile")) == ({}, None, None)


def test_text_chunks_of_a_png_are_gone() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARK.decode())
    assert MARK not in photos.clean(encoded("PNG", pnginfo=info)).jpeg


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    shown = opened(photos.clean(encoded("JPEG", exif=exif)))
    assert shown.size == (40, 60)
    top = shown.getpixel((20, 5))
    assert isinstance(top, tuple)
    assert top[0] > 200


def test_what_is_appended_is_gone() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("x.html", "<script>alert(1)</script>")
    polyglot = encoded() + b"<script>alert(1)</script>" + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(polyglot))
    cleaned = photos.clean(polyglot).jpeg
    assert not zipfile.is_zipfile(io.BytesIO(cleaned))
    assert b"script" not in cleaned


def test_a_large_photo_is_made_smaller() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (4000, 3000)).save(buffer, "JPEG")
    assert opened(photos.clean(buffer.getvalue())).size == (2400, 1800)


def png(width: int, height: int, chunks: bytes = b"") -> bytes:
    """A PNG that says it is so large, with next to nothing inside."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunks + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (100_000, 100_000), (24_000_001, 1), (6000, 4001)])
def test_a_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    assert refused(png(width, height)) == "photo_too_many_pixels"


def test_a_text_bomb_is_refused() -> None:
    data = b"x\0\0" + zlib.compress(b"A" * 80_000_000)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    assert refused(png(10, 10, chunk)) == "photo_unreadable"


def test_too_many_bytes_are_refused_unread() -> None:
    assert refused(encoded() + b"x" * photos.MOST_BYTES) == "photo_too_large"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a photo",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html></html>",
        b"%PDF-1.7",
        encoded("GIF"),
        encoded("TIFF"),
        encoded("BMP"),
        encoded("ICO"),
        encoded()[:400],
        encoded("PNG")[:60],
        encoded("WEBP")[:30],
        b"\xff\xd8\xff" + b"\0" * 200,
        b"\0\0\0\x18ftypheic" + b"\0" * 200,
    ],
    ids=str,
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    assert refused(content) == "photo_unreadable"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixels_becomes_plain_colour(mode: str) -> None:
    buffer = io.BytesIO()
    made = Image.new(mode, (20, 20)) if mode == "I;16" else picture().convert(mode)
    made.save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(photos.clean(buffer.getvalue())).mode == "RGB"


def test_control_a_mere_copy_keeps_what_must_go() -> None:
    """Saving the opened picture again, as one would at first, keeps the place where it was taken."""
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(with_metadata())) as copied:
        copied.save(buffer, "JPEG", exif=copied.getexif(), comment=copied.info["comment"])
    assert MARK in buffer.getvalue()

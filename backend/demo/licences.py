"""Drawn business licences for the demonstration, marked as samples: no emblem, no seal, no likeness of a real one."""

import io

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

_SIZE = (1200, 850)
_INK, _FRAME, _PAPER = "#2b2b2b", "#b08d3c", "#fbf7ea"


def licence(name: str, uscc: str, address: str) -> bytes:
    """A JPEG of a licence with this name, unified social credit code and address, the same one each time."""
    picture = Image.new("RGB", _SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 1176, 826), outline=_FRAME, width=10)
    pen.rectangle((44, 44, 1156, 806), outline=_FRAME, width=2)
    pen.text((600, 120), "营业执照", fill=_INK, font=_font(76), anchor="mm")
    pen.text((600, 190), "（演示用样张，不是真的执照）", fill="#a83a32", font=_font(30), anchor="mm")
    lines = (("统一社会信用代码", uscc), ("名　　称", name), ("类　　型", "有限责任公司"), ("住　　所", address))
    for row, (label, value) in enumerate(lines):
        pen.text((110, 280 + row * 95), label, fill="#7a6a3a", font=_font(32))
        pen.text((420, 278 + row * 95), value, fill=_INK, font=_font(36))
    pen.text((1090, 720), "样　张", fill="#e3d6b4", font=_font(110), anchor="rm")
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=85)
    return held.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(pylopdf_fonts_zh_cn.sans_path(), size)

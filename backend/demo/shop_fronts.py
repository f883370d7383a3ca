"""Drawn shop fronts for the demonstration: a sign, a window, a door, a street; no photograph of any real place."""

import io
import random

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from backend.merchants.rules import Category

_SIZE = (1200, 900)
#: Sign and letters, awning, wall.
_COLOURS = (
    ("#7a1f1f", "#ffe9b8", "#a83a32", "#d9cfc0"),
    ("#14453f", "#f4efe0", "#2d7268", "#cfd6d2"),
    ("#1f3354", "#ffffff", "#3d5a8c", "#d6d1c7"),
    ("#5c3a14", "#fff3d6", "#9a6a2c", "#c9c2b4"),
    ("#2f2f35", "#f2d680", "#5a5a66", "#dad7d0"),
)
_GOODS = {
    Category.RESTAURANT: "#e8c98a",
    Category.COSMETICS: "#f0c6d2",
    Category.MARKET: "#b9d39a",
    Category.SCENIC_AREA: "#a9cfe0",
}


def shop_front(name: str, category: Category) -> bytes:
    """A JPEG of a shop front that carries this name, the same one each time."""
    chance = random.Random(name)  # noqa: S311  (a drawing, not a secret)
    sign, letters, awning, wall = chance.choice(_COLOURS)
    picture = Image.new("RGB", _SIZE, "#bcd3e2")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 60, 1200, 760), fill=wall)
    for row in range(60, 760, 28):
        for brick in range(-30 + (row // 28 % 2) * 30, 1200, 60):
            pen.rectangle((brick, row, brick + 58, row + 26), outline=_darker(wall, 12))
    pen.rectangle((0, 760, 1200, 900), fill="#9a9a96")
    for slab in range(0, 1200, 150):
        pen.line((slab, 760, slab - 70, 900), fill="#86867f", width=3)
    _windows(pen, _GOODS.get(category, "#d9dde2"), chance)
    for stripe in range(12):
        left = 60 + stripe * 90
        colour = awning if stripe % 2 else _lighter(awning)
        pen.polygon([(left, 300), (left + 90, 300), (left + 100, 385), (left - 5, 385)], fill=colour)
    pen.rectangle((50, 110, 1150, 300), fill=sign, outline=_darker(sign, 30), width=8)
    font = _fitted(name, 1020)
    pen.text((600, 205), name, fill=letters, font=font, anchor="mm")
    for lamp in (200, 600, 1000):
        pen.polygon([(lamp - 26, 96), (lamp + 26, 96), (lamp + 14, 74), (lamp - 14, 74)], fill="#3a3a3a")
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=88)
    return held.getvalue()


def _windows(pen: ImageDraw.ImageDraw, goods: str, chance: random.Random) -> None:
    for left, right in ((90, 470), (740, 1110)):
        pen.rectangle((left, 390, right, 700), fill="#35505c", outline="#2a2a2a", width=10)
        for shelf in (500, 610, 690):
            pen.line((left + 12, shelf, right - 12, shelf), fill="#20323a", width=6)
            at = left + 24
            while at < right - 60:
                wide, tall = chance.randint(24, 58), chance.randint(34, 80)
                pen.rectangle((at, shelf - tall, at + wide, shelf - 4), fill=_darker(goods, chance.randint(0, 60)))
                at += wide + chance.randint(8, 22)
        pen.polygon([(left + 20, 400), (left + 110, 400), (left + 40, 560), (left + 20, 560)], fill="#4d6b78")
    pen.rectangle((500, 390, 710, 760), fill="#2c2520", outline="#1c1815", width=8)
    pen.rectangle((525, 415, 685, 690), fill="#54707c")
    pen.rectangle((664, 560, 676, 640), fill="#d8b25a")
    pen.rounded_rectangle((545, 600, 615, 690), 6, fill="#ffffff", outline="#0b5f58", width=6)
    pen.ellipse((562, 618, 598, 654), fill="#0b5f58")


def _fitted(text: str, width: int) -> ImageFont.FreeTypeFont:
    path = pylopdf_fonts_zh_cn.sans_path()
    size = 130
    while size > 36 and ImageFont.truetype(path, size).getlength(text) > width:
        size -= 4
    return ImageFont.truetype(path, size)


def _darker(colour: str, by: int) -> str:
    return "#" + "".join(f"{max(int(colour[at : at + 2], 16) - by, 0):02x}" for at in (1, 3, 5))


def _lighter(colour: str) -> str:
    return "#" + "".join(f"{(int(colour[at : at + 2], 16) + 510) // 3:02x}" for at in (1, 3, 5))

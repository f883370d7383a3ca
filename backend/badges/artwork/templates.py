"""The templates (版式): what is printed, how large, and what stands where on it. One design in five sizes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from .items import GOLD, INK, PALE_GOLD, TEAL, WHITE, Art, Block

Align = Literal["left", "middle", "right"]
Field = Literal["category_zh", "certificate_no", "serial"]

PROMISE = "本码页面绝不要求付款、输入密码或身份证号"
_OFFICE = "温州市消费者权益保护工作联席会议办公室"


@dataclass(frozen=True)
class Line:
    """A sentence that every plate of a template bears; x is its start, middle or end, y its base line."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    weight: float = 0.0
    tracking: float = 0.0
    align: Align = "middle"


@dataclass(frozen=True)
class NameBox:
    """Where the unit's name stands, broken into at most `lines` as large as fit, between two sizes of letters."""

    x: float
    y: float
    width: float
    height: float
    largest: float
    smallest: float
    lines: int = 4
    align: Align = "middle"


@dataclass(frozen=True)
class Value:
    """One of the face's own values, made smaller when it is wider than `width`; x as in Line.

    before   words in the same line before it
    """

    field: Field
    x: float
    y: float
    size: float
    width: float
    align: Align = "middle"
    before: str = ""


@dataclass(frozen=True)
class Template:
    """One size of plate. All places are in mm of the trimmed sheet before `scale`.

    zh                what people call it
    width, height     of the trimmed sheet, mm
    bleed             what is drawn beyond the trimmed edge and cut off, mm; 0 for a screen
    dpi               pixels to the inch of its picture
    code              x, y and side of the square for the symbol with its quiet zone
    smallest_module   the smallest module that is drawn, mm
    scale, right      the places are multiplied by `scale`, then moved to the right by `right` mm
    """

    name: str
    zh: str
    width: float
    height: float
    art: tuple[Art, ...]
    lines: tuple[Line, ...]
    name_box: NameBox
    values: tuple[Value, ...]
    code: tuple[float, float, float]
    blocks: tuple[Block, ...] = ()
    bleed: float = 3.0
    dpi: float = 300.0
    smallest_module: float = 0.8
    scale: float = 1.0
    right: float = 0.0

    @property
    def pixel(self) -> float:
        """The side of a pixel, in mm."""
        return 25.4 / self.dpi

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return round(self.width / self.pixel), round(self.height / self.pixel)


A5_DOOR = Template(
    name="a5-door",
    zh="A5 门牌",
    width=148,
    height=210,
    art=(
        Art("head.svg", -3, -3, 154, 73),
        Art("foot.svg", -3, 192, 154, 21),
        Art("mark.svg", 59.5, 4.8, 29, 29),
    ),
    lines=(
        Line("放心消费在温州", 74, 41.2, 6.2, PALE_GOLD, tracking=1.1),
        Line("放心消费单位", 74, 55.4, 12.2, WHITE, weight=0.035, tracking=1.2),
        Line("类别", 22, 97.8, 2.9, TEAL),
        Line("证书编号", 60, 97.8, 2.9, TEAL),
        Line("标牌编号", 111, 97.8, 2.9, TEAL),
        Line("微信扫一扫，看证书是否有效、评价、投诉", 74, 182.6, 5.4, TEAL, weight=0.03),
        Line(PROMISE, 74, 189.4, 4.4, INK),
        Line("投诉举报  12315", 12, 206, 4.6, PALE_GOLD, weight=0.03, align="left"),
        Line(_OFFICE, 136, 206, 3.6, WHITE, align="right"),
    ),
    blocks=(Block(36, 95.2, 0.25, 8, GOLD), Block(84, 95.2, 0.25, 8, GOLD)),
    name_box=NameBox(12, 71.5, 124, 21, largest=12, smallest=4),
    values=(
        Value("category_zh", 22, 102.8, 3.5, 24),
        Value("certificate_no", 60, 102.8, 3.5, 44),
        Value("serial", 111, 102.8, 3.5, 50),
    ),
    code=(40, 106.5, 68),
)

A4_DOOR = replace(A5_DOOR, name="a4-door", zh="A4 门牌", width=210, height=297, scale=math.sqrt(2), right=0.35)

#: Fits the usual upright A6 stand.
COUNTER_CARD = Template(
    name="counter-card",
    zh="台卡",
    width=105,
    height=148,
    art=(
        Art("head.svg", -3, -3, 111, 36),
        Art("foot.svg", -3, 137, 111, 14),
        Art("mark.svg", 10.6, 3.2, 22.5, 22.5),
    ),
    lines=(
        Line("放心消费在温州", 37, 11.4, 4.4, PALE_GOLD, tracking=0.8, align="left"),
        Line("放心消费单位", 36.6, 22.4, 8.8, WHITE, weight=0.035, tracking=0.9, align="left"),
        Line("证书编号", 28, 56.2, 2.4, TEAL),
        Line("标牌编号", 75, 56.2, 2.4, TEAL),
        Line("微信扫一扫，看证书、评价、投诉", 52.5, 129.2, 4.6, TEAL, weight=0.03),
        Line(PROMISE, 52.5, 134.8, 3.6, INK),
        Line("投诉举报  12315", 9, 145.6, 3.3, PALE_GOLD, weight=0.03, align="left"),
        Line(_OFFICE, 96, 145.6, 2.6, WHITE, align="right"),
    ),
    blocks=(Block(50.5, 53.9, 0.25, 7, GOLD),),
    name_box=NameBox(8, 35.5, 89, 16.5, largest=9, smallest=3),
    values=(Value("certificate_no", 28, 60.6, 2.9, 40), Value("serial", 75, 60.6, 2.9, 44)),
    code=(23.4, 63.6, 58.2),
)

#: For a table or a shelf: less is said, in letters that still read.
STICKER = Template(
    name="sticker",
    zh="贴纸",
    width=80,
    height=100,
    art=(
        Art("head.svg", -3, -3, 86, 25),
        Art("foot.svg", -3, 95, 86, 8),
        Art("mark.svg", 9.6, 2.2, 15, 15),
    ),
    lines=(
        Line("放心消费在温州", 27.6, 7.7, 3.1, PALE_GOLD, tracking=0.55, align="left"),
        Line("放心消费单位", 27.3, 15.2, 6.2, WHITE, weight=0.035, tracking=0.6, align="left"),
        Line("微信扫一扫，看证书、评价、投诉", 40, 86, 3.5, TEAL, weight=0.03),
        Line(PROMISE, 40, 90.3, 2.8, INK),
    ),
    name_box=NameBox(6, 23.5, 68, 11.5, largest=6.5, smallest=2.2),
    values=(Value("serial", 40, 94.4, 2.4, 68, before="标牌编号  "),),
    code=(17.1, 35.4, 45.8),
)

#: 800 × 800 pixels, the shops' usual main image; a millimetre is four pixels.
ONLINE_IMAGE = Template(
    name="online-image",
    zh="网店图",
    width=200,
    height=200,
    bleed=0,
    dpi=101.6,
    smallest_module=1.25,
    art=(
        Art("head.svg", 0, 0, 200, 58),
        Art("foot.svg", 0, 187, 200, 13),
        Art("mark.svg", 20, 5, 38, 38),
    ),
    lines=(
        Line("放心消费在温州", 66.5, 18.5, 8, PALE_GOLD, tracking=1.4, align="left"),
        Line("放心消费单位", 66, 38, 17, WHITE, weight=0.035, tracking=1.6, align="left"),
        Line("类别", 116, 112, 4.2, TEAL, align="left"),
        Line("证书编号", 116, 129, 4.2, TEAL, align="left"),
        Line("标牌编号", 116, 146, 4.2, TEAL, align="left"),
        Line("微信扫码或长按识别，看证书、评价、投诉", 100, 174.5, 8, TEAL, weight=0.03),
        Line(PROMISE, 100, 184, 6.4, INK),
    ),
    blocks=(Block(116, 104.8, 74, 0.5, GOLD),),
    name_box=NameBox(116, 60, 74, 43, largest=12, smallest=4.5, lines=6, align="left"),
    values=(
        Value("category_zh", 116, 118.4, 5.2, 74, align="left"),
        Value("certificate_no", 116, 135.4, 5.2, 74, align="left"),
        Value("serial", 116, 152.4, 5.2, 74, align="left"),
    ),
    code=(10, 61, 100),
)

#: By name, in the order in which they are offered.
TEMPLATES: Mapping[str, Template] = {
    template.name: template for template in (A4_DOOR, A5_DOOR, COUNTER_CARD, STICKER, ONLINE_IMAGE)
}

#: The template of a plate that hangs in a place (a `Placement`'s value), when none is asked for.
BY_PLACEMENT: Mapping[str, Template] = {
    "door": A5_DOOR,
    "counter": COUNTER_CARD,
    "table": STICKER,
    "online_shop": ONLINE_IMAGE,
}

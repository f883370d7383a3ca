"""Plates for the artwork's tests, and how to look at what was drawn."""

import io

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageStat

from backend.badges.artwork import PlateFace, Template

URL = "https://fangxin.wenzhou.gov.cn/b/1.7K3QX9C2M5TR.aB3-xY_9kQ"
OTHER_URL = "https://fangxin.wenzhou.gov.cn/b/1.7K3QX9C2M5TS.Zz3-xY_9kQ"
LONG_NAME = "温州市鹿城区五马历史文化街区瓯越传统手工艺品与非物质文化遗产展示销售（旗舰店）"


def face(name: str = "五马街老字号百货", *, url: str = URL) -> PlateFace:
    return PlateFace(name, "化妆品经营单位", "FXXF-330302-2026-00001", "FXXF-330302-2026-00001-01", url)


def opened(png: bytes) -> Image.Image:
    """The picture in RGB."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def as_png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def printed(pdf: bytes, dpi: float = 300) -> Image.Image:
    """The first page as a printer would lay it down, in RGB."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return page.convert("RGB")
    finally:
        document.close()


def difference(one: Image.Image, other: Image.Image, template: Template) -> float:
    """Mean difference in levels of 255 over the rows a plate has of its own, seen a little out of focus: edges may differ."""
    top = round(min(template.name_box.y, template.code[1]) * template.scale / template.pixel)
    bottom = round((template.code[1] + template.code[2]) * template.scale / template.pixel)
    focus = ImageFilter.BoxBlur(0.3 / template.pixel)
    own = [plate.convert("L").crop((0, top, plate.width, bottom)).filter(focus) for plate in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*own)).mean[0]

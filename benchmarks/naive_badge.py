"""The same plate as one would write it in an afternoon with qrcode and Pillow; what `benchmarks.badges` compares with.

The template is opened from its PNG file and the fonts from theirs for each plate, the page is RGB, the PNG is saved as Pillow does.
Name and values stand where ours do, in the same sizes; it breaks no lines, draws no strokes and knows one font only.
"""

import io

import pylopdf_fonts_zh_cn
import qrcode
from PIL import Image, ImageDraw, ImageFont

from backend.badges.artwork import A5_DOOR, PlateFace
from backend.badges.artwork.picture import painted

_PIXEL = A5_DOOR.pixel


def template() -> bytes:
    """The fixed part as a PNG file."""
    buffer = io.BytesIO()
    painted(A5_DOOR).save(buffer, "PNG")
    return buffer.getvalue()


def draw(template: bytes, face: PlateFace) -> bytes:
    """The A5 plate as PNG bytes."""
    page = Image.open(io.BytesIO(template)).convert("RGB")
    pen = ImageDraw.Draw(page)
    font = str(pylopdf_fonts_zh_cn.sans_path())
    box = A5_DOOR.name_box
    largest = min(box.largest, box.width / len(face.unit_name))
    middle = ((box.x + box.width / 2) / _PIXEL, (box.y + box.height / 2) / _PIXEL)
    pen.text(middle, face.unit_name, "black", ImageFont.truetype(font, largest / _PIXEL), anchor="mm")
    for value in A5_DOOR.values:
        small = ImageFont.truetype(font, value.size / _PIXEL)
        pen.text((value.x / _PIXEL, value.y / _PIXEL), getattr(face, value.field), "black", small, anchor="ms")
    left, top, side = A5_DOOR.code
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4)
    code.add_data(face.url)
    code.make(fit=True)
    code.box_size = int(side / _PIXEL) // (code.modules_count + 8)
    picture = code.make_image(fill_color="black", back_color="white").get_image()
    page.paste(picture.convert("RGB"), (round(left / _PIXEL), round(top / _PIXEL)))
    buffer = io.BytesIO()
    page.save(buffer, "PNG", dpi=(300, 300))
    return buffer.getvalue()

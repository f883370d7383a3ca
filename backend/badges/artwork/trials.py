"""What a plate goes through between the press and a phone; each template's design must read after all of it.

Costs about a second a plate, so not every plate is put through it: each design in the tests, and plates of a template until one has
passed in the process that draws.
"""

import io
import random
from collections.abc import Callable, Mapping
from functools import partial

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from .face import ArtworkUnreadable
from .proof import must_read

#: A plate in a phone's viewfinder: pixels on its long side, on a table twice as large.
_SEEN = 1000
_TABLE = "#777777"

Trial = Callable[[Image.Image], Image.Image]


def proved_hard(png: bytes, url: str) -> None:
    """The picture reads `url`, and nothing else, after each trial. raises ArtworkUnreadable, naming the trial"""
    with Image.open(io.BytesIO(png)) as picture:
        plate = ImageOps.contain(picture.convert("RGB"), (_SEEN, _SEEN))
    for name, trial in TRIALS.items():
        try:
            must_read(trial(plate).convert("L"), [url])
        except ArtworkUnreadable as error:
            raise ArtworkUnreadable(f"{name}: {error}") from None


def smaller(plate: Image.Image, side: int) -> Image.Image:
    """As many pixels on the long side."""
    return ImageOps.contain(plate, (side, side), Image.Resampling.BILINEAR)


def blurred(plate: Image.Image, radius: float) -> Image.Image:
    """Out of focus."""
    return plate.filter(ImageFilter.GaussianBlur(radius))


def turned(plate: Image.Image, degrees: float) -> Image.Image:
    """Held askew."""
    return plate.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=_TABLE)


def slanted(plate: Image.Image, right: float, down: float) -> Image.Image:
    """Seen from the side: the right edge is shorter by the part `right` on either end, the lower one by `down`."""
    across, high = plate.size
    corners = (
        (0.0, 0.0),
        (across * (1 - right / 2), high * right / 2),
        (across * (1 - right / 2 - down), high * (1 - right)),
        (across * down, high * (1 - down / 2)),
    )
    sources = ((0, 0), (across, 0), (across, high), (0, high))
    return plate.transform(
        plate.size,
        Image.Transform.PERSPECTIVE,
        _perspective(corners, sources),
        Image.Resampling.BILINEAR,
        fillcolor=_TABLE,
    )


def darkened(plate: Image.Image, light: float, contrast: float = 1.0) -> Image.Image:
    """By little light, 1 being full, and through haze."""
    return ImageEnhance.Brightness(ImageEnhance.Contrast(plate).enhance(contrast)).enhance(light)


def shaded(plate: Image.Image) -> Image.Image:
    """Full light at the left, a quarter of it at the right."""
    light = Image.linear_gradient("L").rotate(90).point([64 + value * 3 // 4 for value in range(256)])
    return ImageChops.multiply(plate, Image.merge("RGB", [light.resize(plate.size)] * 3))


def noisy(plate: Image.Image, strength: float) -> Image.Image:
    """A sensor's noise: each pixel up or down by at most `strength` of full white; the same noise each time."""
    across, high = plate.size
    noise = Image.frombytes("L", plate.size, random.Random(across).randbytes(across * high))  # noqa: S311 - no secret
    up = noise.point([max(0, round((value - 128) * 2 * strength)) for value in range(256)])
    down = noise.point([max(0, round((127 - value) * 2 * strength)) for value in range(256)])
    grey = ImageChops.subtract(ImageChops.add(plate.convert("L"), up), down)
    return grey.convert("RGB")


def packed(plate: Image.Image, quality: int) -> Image.Image:
    """Sent through a messenger."""
    buffer = io.BytesIO()
    plate.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer)


def stained(plate: Image.Image, part: float) -> Image.Image:
    """A white spot of `part` of the plate's width in its middle."""
    x, y, radius = plate.width / 2, plate.height * 0.6, plate.width * part / 2
    spotted = plate.copy()
    ImageDraw.Draw(spotted).ellipse((x - radius, y - radius, x + radius, y + radius), fill="white")
    return spotted


TRIALS: Mapping[str, Trial] = {
    **{f"{side} pixels": partial(smaller, side=side) for side in (1000, 700, 500, 400)},
    **{f"blur of {radius}": partial(blurred, radius=radius) for radius in (1, 2, 3)},
    **{f"turned by {degrees}": partial(turned, degrees=degrees) for degrees in (7, 33, 45, 90, 180, 278)},
    **{
        f"slanted by {right}, {down}": partial(slanted, right=right, down=down)
        for right, down in ((0.15, 0.0), (0.0, 0.15), (0.3, 0.1))
    },
    **{f"{light} of the light": partial(darkened, light=light) for light in (0.5, 0.25, 0.12)},
    "haze": partial(darkened, light=0.9, contrast=0.25),
    "shade": shaded,
    **{f"noise of {strength}": partial(noisy, strength=strength) for strength in (0.2, 0.4)},
    **{f"JPEG quality {quality}": partial(packed, quality=quality) for quality in (60, 30, 10)},
    "spot": partial(stained, part=0.1),
    "a poor photograph": lambda plate: packed(noisy(darkened(blurred(turned(plate, 12), 1.5), 0.4), 0.1), 30),
}


def _perspective(corners: tuple[tuple[float, float], ...], sources: tuple[tuple[int, int], ...]) -> tuple[float, ...]:
    """Pillow's eight numbers, by which corners of the result come from these of the source (Gauss-Jordan)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, sources, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [value - factor * own for value, own in zip(rows[row], rows[column], strict=True)]
    return tuple(row[8] for row in rows)

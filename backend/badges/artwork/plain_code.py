"""A plain QR code for a screen, such as the secret of an authenticator or the address of an invitation."""

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def plain_code(text: str) -> str:
    """The QR code of `text` as a data: address of an SVG picture, with its quiet zone."""
    made = qrcode.make(text, image_factory=SvgPathImage, border=4)
    return "data:image/svg+xml;base64," + base64.b64encode(made.to_string()).decode()

"""What comes in about bodies."""

from backend.infrastructure.fields import Input, Text


class BodyContactIn(Input):
    """How a body is reached."""

    EXAMPLE = {"phone": "0577-88961234", "address": "鹿城区某路 1 号"}
    phone = Text(30, required=True)
    address = Text(200, load_default=None, allow_none=True)

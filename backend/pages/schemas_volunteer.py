"""What the forms of the volunteers bring."""

from typing import Any

from marshmallow import validate

from backend.experience_reviews.rules import MOST_CHECKS
from backend.infrastructure.fields import Input, Text, fields

#: Answer → its words on the form.
ANSWERS = {"pass": "做到了", "fail": "没有做到", "na": "没遇到，不好说"}


class StartForm(Input):
    """The badge that was scanned: the address that the code opened, or its last part."""

    badge = Text(500, required=True)


class NothingForm(Input):
    """A form that is only a button."""


def _answer() -> fields.Field[Any]:
    return fields.String(validate=validate.OneOf(tuple(ANSWERS), error="请从给出的选项中选一个。"))


def answer_name(position: int) -> str:
    """Form field of a checklist's item, by its position from 0."""
    return f"answer_{position}"


#: One group of radio buttons for each item; which of them exist, the visit's checklist says.
ReviewForm = Input.from_dict(
    {
        **{answer_name(position): _answer() for position in range(MOST_CHECKS)},
        "remark": Text(1000, least=0, lines=True, load_default=""),
    },
    name="ReviewForm",
)

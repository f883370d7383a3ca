"""Marshmallow fields and the schema base for what people send: refused before the database, so both databases answer alike."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate

#: Python alone would also read "1_0" and the digits of every script.
_DIGITS = re.compile(r"-?[0-9]{1,20}")
#: Marshmallow's own words, in plain Chinese.
MESSAGES = {
    "required": "这一项必须填写。",
    "null": "这一项不能为空。",
    "validator_failed": "填写的内容不符合要求。",
    "invalid": "填写的格式不对。",
    "invalid_utf8": "文字编码不正确，请使用 UTF-8。",
    "too_large": "数字太大。",
    "unknown": "没有这一项，请去掉。",
    "type": "内容格式不对，应当是一个对象。",
    "special": "数字不能是无穷或非数。",
    "format": "日期或时间的格式不对。",
    "invalid_uuid": "编号格式不对。",
    "invalid_self": "填写的内容不符合要求。",
}
for _field in (
    fields.Field, fields.String, fields.Number, fields.Integer, fields.Boolean, fields.UUID, fields.Date, fields.DateTime,
    fields.AwareDateTime, fields.Enum, fields.List, fields.Nested, fields.Dict,
):  # fmt: skip
    _field.default_error_messages = {
        name: MESSAGES.get(name, text) for name, text in _field.default_error_messages.items()
    }


class Input(Schema):
    """Base of every schema that reads input: unknown fields are refused, all messages come at once.

    EXAMPLE   a body that the schema takes, shown in the API's documentation
    """

    EXAMPLE: ClassVar[Mapping[str, Any] | None] = None

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": MESSAGES["unknown"], "type": MESSAGES["type"]}


def need(sent: object, *names: str, without: str | None = None) -> None:
    """What some bodies must bring and others need not: name all that is missing, together with what else is wrong.

    sent      the body as it came, so that what is wrong is not missing too; one that is no object is refused for that alone
    without   the field that stands for all of them
    raises    ValidationError
    """
    if not isinstance(sent, Mapping) or (without is not None and sent.get(without) is not None):
        return
    if missing := [name for name in names if sent.get(name) is None]:
        raise ValidationError({name: [MESSAGES["required"]] for name in missing})


class Output(Schema):
    """Base of every schema that answers; one per audience."""


class Text(fields.String):
    """Text from a person: trimmed, NFC, 1..`most` characters, without NUL, lone surrogates or control characters.

    most       greatest length in characters
    lines      whether line breaks are allowed
    least      smallest length after trimming; 0 allows an empty text
    """

    default_error_messages = {
        "invalid": "这里应当填写文字。",
        "unprintable": "含有不能使用的控制字符，请重新输入。",
        "short": "至少填写 {least} 个字。",
        "long": "最多 {most} 个字，现在有 {length} 个。",
    }

    def __init__(self, most: int, *, least: int = 1, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.most, self.least, self.lines = most, least, lines
        self.metadata = {"maxLength": most, **self.metadata}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
        kept = "\n\t" if self.lines else ""
        if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in kept for char in text):
            raise self.make_error("unprintable")
        if len(text) < self.least:
            raise self.make_error("short" if self.least > 1 else "required", least=self.least)
        if len(text) > self.most:
            raise self.make_error("long", most=self.most, length=len(text))
        return text


class Whole(fields.Integer):
    """A whole number between `low` and `high`, both allowed."""

    default_error_messages = {"invalid": "这里应当填写整数。"}

    def __init__(self, low: int, high: int, **options: Any) -> None:
        bounds = validate.Range(low, high, error=f"应当在 {low} 到 {high} 之间。")
        super().__init__(strict=False, validate=bounds, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        if isinstance(value, bool | float) or (isinstance(value, str) and not _DIGITS.fullmatch(value.strip())):
            raise self.make_error("invalid")
        result: int = super()._deserialize(value, attr, data, **options)
        return result


class Fen(Whole):
    """An amount of money in fen (分), 0 to ten million yuan."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, 1_000_000_000, **options)


class YesNo(fields.Boolean):
    """A tick box; only real truth values."""

    truthy = {True, "true", "1", "on", "yes"}
    falsy = {False, "false", "0", "off", "no", ""}
    default_error_messages = {"invalid": "这里只能选是或否。"}


class Day(fields.Date):
    """A calendar day, YYYY-MM-DD."""

    default_error_messages = {
        "invalid": "日期写成 2026-11-23 这样。",
        "format": "日期写成 2026-11-23 这样。",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        day = super()._deserialize(value, attr, data, **options)
        if not 1900 <= day.year <= 2200:
            raise self.make_error("invalid")
        return day


class Choice(fields.Enum[Any]):
    """One member of a StrEnum, by value."""

    def __init__(self, enum: Any, **options: Any) -> None:
        super().__init__(enum, by_value=True, **options)
        self.error_messages["unknown"] = "请从给出的选项中选一个。"
        self.error_messages["invalid"] = "请从给出的选项中选一个。"


__all__ = [
    "MESSAGES",
    "Choice",
    "Day",
    "Fen",
    "Input",
    "Output",
    "Text",
    "ValidationError",
    "Whole",
    "YesNo",
    "fields",
    "need",
]

"""Amounts as people type them."""

import re
import unicodedata
from typing import Any

from backend.infrastructure.fields import ValidationError, fields

_AMOUNT = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")
_MOST_FEN = 1_000_000_000


class Yuan(fields.Field[int]):
    """An amount typed in yuan, e.g. 128 or ¥1,280.50; kept in fen. Zero to ten million yuan."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        typed = unicodedata.normalize("NFKC", str(value)[:40])
        matched = _AMOUNT.fullmatch(re.sub(r"[\s,，¥￥元]", "", typed))
        if matched is None:
            raise ValidationError("金额写成 128 或 128.50 这样，单位是元。")
        fen = int(matched[1]) * 100 + int((matched[2] or "").ljust(2, "0"))
        if fen > _MOST_FEN:
            raise ValidationError("金额最多一千万元。")
        return fen

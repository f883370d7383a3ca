"""What a leaf says, in which time it enters the tree, and what a monitor holds the log to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from backend.kernel.identifiers import is_sole_trader

#: The longest time from an act's commit until a signed head covers it (maximum merge delay).
MERGE_DELAY = timedelta(seconds=60)
#: A head is signed at least so often, also when nothing was appended.
HEAD_EVERY = timedelta(days=1)
#: How much older than the head before it a new leaf may be. A transaction notes its instant before it commits, and a large import commits late.
LATENESS = timedelta(minutes=10)

#: Acts → what people read. 'import' stands for what was in force when the log began.
ACTS = {
    "import": "日志启用时已有的证书",
    "award": "发证",
    "renew": "更改有效期",
    "rectify": "责令整改",
    "suspend": "暂停",
    "restore": "恢复有效",
    "revoke": "撤销",
    "cancel": "注销",
    "expire": "过期",
}


@dataclass(frozen=True)
class Act:
    """One act on a certificate, public data alone.

    uscc     of the legal entity; a sole trader's is left out of what is published for ever
    state    the certificate's state from now on
    ground   public reason code, or None
    on       the day from which it holds
    """

    act: str
    certificate: str
    unit: str
    uscc: str
    state: str
    ground: str | None
    on: date
    issued_on: date
    valid_until: date
    at: datetime

    def canonical(self) -> str:
        """The leaf: JSON with sorted names and without spaces (RFC 8785 for what stands in it)."""
        content: dict[str, Any] = {
            "act": self.act,
            "at": self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "certificate": self.certificate,
            "issued_on": self.issued_on.isoformat(),
            "on": self.on.isoformat(),
            "state": self.state,
            "unit": self.unit,
            "v": 1,
            "valid_until": self.valid_until.isoformat(),
        }
        if self.ground is not None:
            content["ground"] = self.ground
        if not is_sole_trader(self.uscc):
            content["uscc"] = self.uscc
        return canonical(content)


def canonical(content: Mapping[str, Any]) -> str:
    """JSON of strings and whole numbers with one spelling."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

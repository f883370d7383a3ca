"""When a consumer is asked, and what can be answered."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum


class Answer(StrEnum):
    """What became of the matter, in the consumer's own judgement."""

    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"

    @property
    def zh(self) -> str:
        """The words on the button."""
        return _ZH[self]


_ZH = {Answer.SOLVED: "解决了", Answer.PARTLY: "解决了一部分", Answer.NOT_SOLVED: "没有解决"}
#: From the close to the question; and how long the question stands.
ASK_AFTER = timedelta(days=7)
STANDS = timedelta(days=30)
#: Closed by itself, by the parties, or by the bureau; who withdrew is not asked.
SETTLEMENT_ENDS = ("performed", "lapsed")
COMPLAINT_ENDS = ("mediated", "terminated", "not_accepted")


class Because(StrEnum):
    """Why a dispute is opened again."""

    CALL_BACK = "call_back"
    CONSUMER = "consumer"

    @property
    def zh(self) -> str:
        """In words."""
        return {"call_back": "回访结果不属实", "consumer": "消费者反映没有解决"}[self.value]


class Way(StrEnum):
    """How somebody is called back: by phone, where an identity was given; else by a question in the inbox."""

    PHONE = "phone"
    MESSAGE = "message"


class Result(StrEnum):
    """What the call-back showed of the result that stands in the file."""

    TRUE = "true"
    NOT_TRUE = "not_true"
    UNREACHED = "unreached"

    @property
    def zh(self) -> str:
        """The words on the form."""
        return {"true": "属实", "not_true": "不属实", "unreached": "联系不上"}[self.value]


#: One in ten of what closed in a week, at least one: domain row 59; Order 121 §26 lets the bureau spot-check and call back.
SHARE = 10
#: How long an answer to a question in the inbox is waited for.
MESSAGE_WAITS = timedelta(days=14)


def drawn(case_nos: Sequence[str], seed: str) -> list[str]:
    """The numbers that are called back: anyone can draw again from the same list and seed, in whatever order it comes.

    returns   a tenth of them, rounded up
    """
    ranked = sorted(case_nos, key=lambda number: hashlib.sha256(f"{seed}/{number}".encode()).digest())
    return sorted(ranked[: -(-len(ranked) // SHARE)])


def digest(case_nos: Sequence[str]) -> str:
    """SHA-256 of the list from which was drawn, one number a line in order."""
    return hashlib.sha256("\n".join(sorted(case_nos)).encode()).hexdigest()

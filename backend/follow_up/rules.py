"""When a consumer is asked, and what can be answered."""

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

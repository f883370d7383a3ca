"""One line of a result."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One step of a result.

    words       the calculation or the rule, in plain Chinese
    article     the article that it rests on
    amount_fen  what it comes to; None for a line without an amount
    """

    words: str
    article: str
    amount_fen: int | None = None

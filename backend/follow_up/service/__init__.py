"""After the close: asking, calling back, opening again."""

from .asking import answer, sweep, want_questions
from .calling import draw, record, sweep_messages
from .reopening import close, reopen, sweep_reopenings, take, withdraw

__all__ = [
    "answer", "close", "draw", "record", "reopen", "sweep", "sweep_messages", "sweep_reopenings", "take", "want_questions", "withdraw",
]  # fmt: skip

"""Searching Chinese text: no words to split at, so PostgreSQL indexes pairs of characters, and the embedded database looks through all.

The SQL function `word_pairs` and the indexes over it are made by the migrations; nothing has to be kept in step with what is written.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from .database import session

#: Indexes that the migrations make by hand: no model can declare an expression that the embedded database does not know.
_INDEXES = frozenset({"ix_settlement_words"})
#: Words of one search; further ones are left out.
_MOST_WORDS = 8


def holds(text: sa.ColumnElement[str], typed: str) -> sa.ColumnElement[bool]:
    """Whether a text holds every word that was typed, large and small letters alike.

    text    on PostgreSQL exactly the expression that an index over word_pairs(…) is on
    typed   words with spaces between them, at least one
    """
    words = typed.lower().split()[:_MOST_WORDS]
    found = [sa.func.lower(text).contains(word, autoescape=True) for word in words]
    if session().get_bind().dialect.name == "postgresql":
        pairs = " & ".join(pair for word in words for pair in _pairs(word))
        found.insert(0, sa.func.word_pairs(text).op("@@")(sa.cast(pairs, postgresql.TSQUERY)))
    return sa.and_(*found)


def _pairs(word: str) -> list[str]:
    """Lexemes of a query; a word of one character begins any pair."""
    if len(word) == 1:
        return [f"{_quoted(word)}:*"]
    return [_quoted(word[place : place + 2]) for place in range(len(word) - 1)]


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def is_declared(_row: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    """Whether the models are to know of something in the database; for comparing them with the migrations (`include_object`)."""
    return not (kind == "index" and name in _INDEXES)

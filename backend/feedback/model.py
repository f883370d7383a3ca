"""What people say of the program."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .rules import Kind, Screened


class Feedback(Model):
    """One thing that somebody said of the program, and the answer. Texts may name somebody, so they are sealed.

    account_id   None when it was said without a name: who knows the access code reads the answer
    access_hash  of that code; None where there is an account
    page         where it was said, without what names a case (rules.page_of)
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "account_id"}

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    account_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    text_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    page: Mapped[str | None] = mapped_column(sa.String(120))
    screened: Mapped[Screened] = mapped_column(enum_column(Screened))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    answer_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    answered_by: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    access_hash: Mapped[str | None] = mapped_column(sa.String(64))
    text = Sealed("text_sealed")
    answer = Sealed("answer_sealed")

    @property
    def answered_zh(self) -> str:
        """Whether it is answered, as the writer reads it."""
        return "还没有答复" if self.answered_at is None else "已答复"

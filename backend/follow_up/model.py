"""Questionnaires, and who wants none."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.infrastructure.database import Model, RowBase, UtcDateTime, enum_column

from .rules import Answer


class Questionnaire(Model):
    """One question about one closed dispute. `answer` may be changed while the question stands.

    case_no   of the settlement request, by which the consumer knows the dispute
    ended_as  the state in which the dispute was closed
    """

    __scope__: ClassVar[dict[Scope, str]] = {Scope.OWN: "consumer_id"}

    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), unique=True)
    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    county_code: Mapped[str] = mapped_column(sa.String(6))
    ended_as: Mapped[str] = mapped_column(sa.String(40))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class AsksNot(RowBase):
    """This person does not want to be asked."""

    __tablename__ = "asks_not"

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime())

"""Mediation over JSON and in forms: what comes in, and what the parties and the officer read."""

import re
from datetime import time
from typing import Any

from backend.infrastructure.fields import Choice, Day, Input, Output, Text, ValidationError, YesNo, fields

from .rules import Closing, ConsentWay, MeetingWay, Party, Subject

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class TimeOfDay(fields.Field[time]):
    """A time on the wall clock of Wenzhou, HH:MM."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> time:
        found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            raise ValidationError("时间写成 14:30 这样。")
        return time(int(found[1]), int(found[2]))


class ConsentIn(Input):
    """Whether the party that asks agrees to mediation."""

    EXAMPLE = {"agree": True, "subject": "mediation"}
    agree = YesNo(required=True)
    subject = Choice(Subject, load_default=Subject.MEDIATION)


class ConsentNoteIn(Input):
    """What a party answered an officer."""

    EXAMPLE = {"party": "merchant", "agree": True, "way": "phone"}
    party = Choice(Party, required=True)
    agree = YesNo(required=True)
    way = Choice(ConsentWay, required=True)
    subject = Choice(Subject, load_default=Subject.MEDIATION)


class InviteIn(Input):
    """When, where or how, and by whom mediation is held."""

    EXAMPLE = {
        "meeting_on": "2026-12-01",
        "meeting_time": "14:30",
        "way": "on_site",
        "place": "鹿城区市场监管局二楼调解室",
        "mediator": "lucheng",
    }
    meeting_on = Day(required=True)
    meeting_time = TimeOfDay(required=True, metadata={"type": "string", "description": "温州时间，如 14:30"})
    way = Choice(MeetingWay, required=True)
    place = Text(200, least=2, required=True, metadata={"description": "地点，或者怎样参加"})
    mediator = Text(60, load_default=None, allow_none=True, metadata={"description": "调解人员的用户名"})


class AbsenceIn(Input):
    """Who did not come, and what is known of the reason."""

    EXAMPLE = {"party": "merchant", "text": "电话通知两次，没有说明理由，到时没有来。"}
    party = Choice(Party, required=True)
    text = Text(500, least=5, lines=True, required=True)


class RecusalIn(Input):
    """Why the mediator should step back."""

    EXAMPLE = {"text": "调解人员是店主的亲戚。"}
    text = Text(500, least=5, lines=True, required=True)


class RecusalDecisionIn(Input):
    """The decision, and who mediates from now on where the mediator steps back."""

    EXAMPLE = {"granted": True, "text": "有利害关系，应当回避。", "mediator": "lucheng2"}
    granted = YesNo(required=True)
    text = Text(500, least=5, lines=True, required=True)
    mediator = Text(60, load_default=None, allow_none=True)


class AgreementIn(Input):
    """What was agreed, and what stands of it."""

    EXAMPLE = {"text": "商家于 11 月 30 日前退还货款 128.50 元。", "closing": "signed"}
    text = Text(2000, least=5, lines=True, required=True)
    closing = Choice(Closing, required=True, metadata={"description": "调解书由双方签名，或者为什么只留存记录"})


class ConsentOut(Output):
    """A party's last answer."""

    party = fields.Enum(Party, by_value=True)
    agreed = fields.Boolean()
    way_zh = fields.String(attribute="way.zh")
    at = fields.AwareDateTime()


class MeetingOut(Output):
    """A meeting to which both parties were called."""

    number = fields.Integer()
    meeting_at = fields.AwareDateTime()
    way = fields.Enum(MeetingWay, by_value=True)
    place = fields.String()
    absent = fields.Enum(Party, by_value=True, allow_none=True)


class RecusalOut(Output):
    """A request that the mediator step back; `granted` is null until somebody else has decided."""

    asked_by = fields.Enum(Party, by_value=True)
    asked_at = fields.AwareDateTime()
    granted = fields.Boolean(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)
    decision_text = fields.String(allow_none=True)


class MediationOut(Output):
    """A mediation as its parties read it."""

    consents = fields.Function(lambda held: [ConsentOut().dump(one) for one in held.consents.values()])
    both_agree = fields.Boolean()
    delegation_consents = fields.Function(
        lambda held: [ConsentOut().dump(one) for one in held.delegation_consents.values()]
    )
    both_delegate = fields.Boolean(metadata={"description": "双方都同意委托消保委调解"})
    mediator = fields.String(allow_none=True)
    meetings = fields.List(fields.Nested(MeetingOut))
    recusals = fields.List(fields.Nested(RecusalOut))


class _RecusalForOfficer(RecusalOut):
    reason = fields.String()


class MediationForOfficer(MediationOut):
    """A mediation as the bureau reads it."""

    recusals = fields.List(fields.Nested(_RecusalForOfficer))


class SuggestionOut(Output):
    """A ground that the facts speak for; the officer decides."""

    ground = fields.String(metadata={"description": "R16_… 或 T23_…"})
    because = fields.String()

"""What the console's own forms bring; where a JSON schema of the feature fits, the forms use that one."""

import unicodedata
from typing import Any

from marshmallow import post_load, validate

from backend.accounts.schemas import PasswordChange, StaffInput, StaffSignIn
from backend.authenticity.schemas import KnownFakeWords
from backend.badges.order_schemas import PlateBatchIn
from backend.badges.schemas import VoidIn
from backend.certification.rules import Ground
from backend.experience_reviews.rules import MOST_CHECKS
from backend.infrastructure.fields import Choice, Input, Text, ValidationError, Whole, YesNo, fields
from backend.merchants.rules import Category
from backend.pages.money import Yuan
from backend.public_record.schemas import ObjectionRejectIn, ObjectionUpholdIn, PublicEntryWithdrawIn, ShowingDecisionIn
from backend.ratings.schemas import HideIn, PhotosDecisionIn

_MOST_LINES = 4000
_REPEATED = "两次输入的新密码不一样，请重新输入。"


class Button(Input):
    """A form that is only a button."""


class ReleaseRatingForm(Input):
    """The rating that is published."""

    number = Text(40, required=True)


class RatingPhotosForm(PhotosDecisionIn):
    """The rating whose photos are shown, or not."""

    number = Text(40, required=True)


class HideRatingForm(HideIn):
    """The rating that is not, and why."""

    number = Text(40, required=True)


class Lines(fields.Field[list[str]]):
    """One entry a line, empty lines left out.

    most   greatest number of entries
    each   greatest length of an entry, in characters
    """

    def __init__(self, most: int, each: int, **options: Any) -> None:
        super().__init__(**options)
        self.most, self.each = most, Text(each)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[str]:
        typed = unicodedata.normalize("NFC", str(value))[:_MOST_LINES].splitlines()
        entries = [str(self.each.deserialize(line)) for line in typed if line.strip()]
        if not 1 <= len(entries) <= self.most:
            raise ValidationError(f"请写 1 到 {self.most} 行，现在有 {len(entries)} 行。")
        return entries


class SignInForm(StaffSignIn):
    """Signing in, and where to go then."""

    next = Text(500, load_default="")


class ShowingForm(ShowingDecisionIn):
    """Which photo or reply is shown or not."""

    number = Text(40, required=True)


class ObjectionUpholdForm(ObjectionUpholdIn):
    """Which objection is found right."""

    case_no = Text(40, required=True)


class ObjectionRejectForm(ObjectionRejectIn):
    """Which objection is found wrong."""

    case_no = Text(40, required=True)


class EntryWithdrawForm(PublicEntryWithdrawIn):
    """Which entry is taken down."""

    entry = Text(40, required=True)


class CalendarForm(Input):
    """A year's holiday notice; its file is read by the view."""

    source = Text(200, required=True)


class PasswordForm(PasswordChange):
    """One's own new password, typed twice."""

    repeated = fields.String(required=True)

    @post_load
    def same(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """The new password, once. raises ValidationError when the two differ"""
        if data.pop("repeated") != data["new_password"]:
            raise ValidationError(_REPEATED, "repeated")
        return data


class ProposalForm(Input):
    """Why a certificate should be revoked."""

    ground = Choice(Ground, required=True)
    statement = Text(2000, least=10, lines=True, required=True)


class VoidForm(VoidIn):
    """Which plate of the unit is void, and why."""

    serial = Text(40, required=True)


class PlateBatchForm(PlateBatchIn):
    """Plates for many units; a box that is not ticked means every unit."""

    only_missing = YesNo(load_default=False)


class CampaignForm(Input):
    """A new campaign; its checklist has one item a line."""

    title = Text(80, required=True)
    category = Choice(Category, required=True)
    sample_size = Whole(1, 500, required=True)
    checklist = Lines(MOST_CHECKS, 60, required=True)


class KnownFakeForm(KnownFakeWords):
    """A kind of false plaque; one word a line, the price in yuan."""

    words = Lines(10, 60, required=True)
    price_fen = Yuan(load_default=None)


class WithdrawFakeForm(Input):
    """Which kind of false plaque leaves the list."""

    number = Text(40, required=True)


class StaffForm(StaffInput):
    """A new staff account."""


class EndRoleForm(Input):
    """Which role ends."""

    grant_id = fields.UUID(required=True)


class ReviveForm(Input):
    """Which given-up work is tried again."""

    kind = fields.String(required=True, validate=validate.OneOf(("notice", "job")))
    row_id = fields.UUID(required=True)

"""What the accounts API takes and gives."""

import unicodedata
from typing import Any

from marshmallow import validate

from backend.access.actor import STAFF_ROLES, Role
from backend.bodies.rules import DEPARTMENTS
from backend.infrastructure.fields import Choice, Input, Output, Text, YesNo, fields
from backend.kernel.identifiers import COUNTIES

from .consent_texts import Purpose
from .queries import InvitationState
from .rules import INVITERS, PASSWORD_MOST

_COUNTY = validate.OneOf(list(COUNTIES), error="请选择温州的县（市、区）。")
_DEPARTMENT = validate.OneOf(list(DEPARTMENTS), error="请选择联席会议的成员单位。")


class Password(fields.String):
    """A password exactly as typed: neither trimmed nor cut; its length is judged by `rules.check_password`."""

    default_error_messages = {
        "invalid": "这里应当填写文字。",
        "unprintable": "密码含有不能使用的字符，请重新输入。",
        "long": f"密码最多 {PASSWORD_MOST} 个字符。",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
            raise self.make_error("unprintable")
        if len(value) > PASSWORD_MOST:
            raise self.make_error("long")
        return value


class MiniProgramSignIn(Input):
    """A code of `wx.login`."""

    EXAMPLE = {"code": "0c3kQx000WxVwQ1abc200Tx4pq3kQx0r"}
    code = Text(128, required=True, metadata={"description": "wx.login 得到的 code，只能用一次"})


class StaffSignIn(Input):
    """User name, password and one-time code, all at once."""

    EXAMPLE = {"username": "wang.jg", "password": "一句只有自己记得的长话", "one_time_code": "287082"}
    username = Text(64, required=True)
    password = Password(required=True)
    one_time_code = fields.String(
        required=True,
        validate=validate.Regexp(r"[0-9]{6}\Z", error="动态码是 6 位数字。"),
        metadata={"description": "身份验证器上的 6 位动态码"},
    )
    new_password = Password(metadata={"description": "首次登录时设置的新密码"})


class PasswordChange(Input):
    """One's own new password."""

    EXAMPLE = {"password": "一句只有自己记得的长话", "new_password": "换成另一句只有自己记得的长话"}
    password = Password(required=True, metadata={"description": "现在的密码"})
    new_password = Password(required=True)


class StaffInput(Input):
    """A new staff account."""

    EXAMPLE = {
        "username": "wang.jg",
        "display_name": "王建国",
        "password": "一句只有自己记得的长话",
        "role": "county_officer",
        "county_code": "330302",
    }
    username = Text(64, required=True)
    display_name = Text(40, required=True)
    password = Password(required=True, metadata={"description": "初始密码，本人首次登录时必须更换"})
    role = Choice(Role, required=True, validate=validate.OneOf(STAFF_ROLES, error="请选择一种工作人员身份。"))
    county_code = fields.String(validate=_COUNTY)
    department_code = fields.String(validate=_DEPARTMENT)


class StaffRoleInput(Input):
    """One more role for a staff account."""

    EXAMPLE = {"role": "county_officer", "county_code": "330302"}
    role = Choice(Role, required=True, validate=validate.OneOf(STAFF_ROLES, error="请选择一种工作人员身份。"))
    county_code = fields.String(validate=_COUNTY)
    department_code = fields.String(validate=_DEPARTMENT)


class InvitationInput(Input):
    """Whom to invite."""

    EXAMPLE = {"role": "station_member", "station_id": "019ab0f4-7d4e-7cc0-8a55-6f1d0c1b2a3e"}
    role = Choice(Role, required=True, validate=validate.OneOf(list(INVITERS), error="只能邀请联络站人员或志愿者。"))
    station_id = fields.UUID(metadata={"description": "邀请维权联络站人员时填写"})


class InvitationCode(Input):
    """The code that a person was given."""

    EXAMPLE = {"code": "7K3Q-X9C2-M4TP-8WZD"}
    code = Text(32, required=True, metadata={"description": "16 位邀请码，可带短横"})


class ShownInvitationOut(Output):
    """An invitation as its holder reads it before accepting."""

    role = fields.Enum(Role, by_value=True)
    name = fields.String(attribute="role.zh", metadata={"description": "身份的中文名称"})
    state = fields.Enum(InvitationState, by_value=True, metadata={"description": "open 可以接受；mine 您已经接受"})
    expires_at = fields.AwareDateTime()
    station_name = fields.String(allow_none=True)
    county_name = fields.String(allow_none=True)


class ConsentInput(Input):
    """Yes or no to a text of this version."""

    EXAMPLE = {"given": True, "version": "2026-11"}
    given = YesNo(required=True)
    version = Text(20, required=True)


class HeldRoleOut(Output):
    """A role with what it is bound to."""

    role = fields.Enum(Role, by_value=True)
    name = fields.String(metadata={"description": "中文名称"})
    county_code = fields.String(allow_none=True)
    county_name = fields.String(allow_none=True)
    station_id = fields.String(allow_none=True)
    station_name = fields.String(allow_none=True)
    department_code = fields.String(allow_none=True)
    department_name = fields.String(allow_none=True)


class GrantOut(HeldRoleOut):
    """A role as operators see it, with the id by which it is ended."""

    grant_id = fields.String(allow_none=True)


class ConsentOut(Output):
    """A purpose, its text, and whether the person agreed."""

    purpose = fields.Enum(Purpose, by_value=True)
    title = fields.String()
    text = fields.String()
    version = fields.String()
    given_at = fields.AwareDateTime(allow_none=True)


class MeOut(Output):
    """One's own account."""

    alias = fields.String(metadata={"description": "别人看到的称呼"})
    display_name = fields.String(allow_none=True, metadata={"description": "工作人员姓名，仅本人和管理员可见"})
    roles = fields.List(fields.Nested(HeldRoleOut))
    consents = fields.List(fields.Nested(ConsentOut))


class SessionOut(Output):
    """A session token, given this once, with one's own account."""

    token = fields.String(metadata={"description": "放进 Authorization: Bearer 请求头"})
    me = fields.Nested(MeOut)


class InvitationOut(Output):
    """An invitation with its code, given this once."""

    invitation_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    code = fields.String()
    join_url = fields.String()
    expires_at = fields.AwareDateTime()


class NewStaffOut(Output):
    """A staff account with the secret of its one-time codes, given this once."""

    account_id = fields.String()
    username = fields.String()
    totp_secret = fields.String()
    totp_uri = fields.String()


class StaffMemberOut(Output):
    """A staff account as operators see it."""

    account_id = fields.String()
    username = fields.String()
    display_name = fields.String()
    roles = fields.List(fields.Nested(GrantOut))
    created_at = fields.AwareDateTime()
    disabled_at = fields.AwareDateTime(allow_none=True)
    locked_until = fields.AwareDateTime(allow_none=True)


class StaffListOut(Output):
    """Every staff account."""

    staff = fields.List(fields.Nested(StaffMemberOut))


_VERSION = Text(20, required=True, metadata={"description": "所同意的“短信提醒”说明的版本"})


class NoticePhoneIn(Input):
    """A number that a code is sent to."""

    EXAMPLE = {"phone": "13857712345", "version": "2026-11"}
    phone = Text(30, required=True)
    version = _VERSION


class PhoneCodeIn(Input):
    """The code that came by text message."""

    EXAMPLE = {"code": "287082"}
    code = fields.String(required=True, validate=validate.Regexp(r"[0-9]{6}\Z", error="验证码是 6 位数字。"))


class WeChatPhoneIn(Input):
    """A code of WeChat's getPhoneNumber."""

    EXAMPLE = {"code": "0c3kQx000WxVwQ1abc200Tx4pq3kQx0r", "version": "2026-11"}
    code = Text(128, required=True, metadata={"description": "getPhoneNumber 得到的 code，只能用一次"})
    version = _VERSION


class NoticePhoneOut(Output):
    """One's own number for text messages."""

    phone = fields.String(allow_none=True, metadata={"description": "只显示前三位和后四位；没有号码时为 null"})
    waiting = fields.Boolean(metadata={"description": "验证码已发出，等您输入"})
    available = fields.Boolean(metadata={"description": "这里是否开通了短信"})
    text = fields.String(metadata={"description": "开通前要读的说明"})
    version = fields.String()

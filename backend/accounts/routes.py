"""JSON API of accounts: sessions, one's own account, invitations, staff."""

from typing import Any
from uuid import UUID

from flask import request

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.http import ApiBlueprint, Public, endpoint
from backend.kernel.errors import NotFound

from . import queries, schemas, service
from .consent_texts import Purpose

blueprint = ApiBlueprint("accounts", __name__, description="账号、登录、邀请和同意")


@blueprint.post("/sessions")
@endpoint(
    Public("signing in is what makes a person known"),
    body=schemas.MiniProgramSignIn,
    reply=schemas.SessionOut,
    status=201,
    limit="20/minute",
    self_contained=True,
)
def sign_in(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """小程序登录。"""
    return _session(service.sign_in_by_wechat(body["code"]))


@blueprint.post("/staff-sessions")
@endpoint(
    Public("signing in is what makes a person known"),
    body=schemas.StaffSignIn,
    reply=schemas.SessionOut,
    status=201,
    limit="20/minute",
    self_contained=True,
)
def sign_in_staff(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """工作人员登录：用户名、密码和动态码一次提交。"""
    return _session(service.staff_sign_in(**body, address=request.remote_addr or "unknown"))


@blueprint.delete("/sessions/current")
@endpoint(Action.SESSION_END, status=204)
def sign_out(actor: Actor) -> None:
    """退出登录，令牌立即失效。"""
    service.end_session(actor)


@blueprint.get("/me")
@endpoint(Action.SELF_READ, reply=schemas.MeOut)
def read_me(actor: Actor) -> queries.Me:
    """我的账号：称呼、身份、同意事项。"""
    return queries.me(actor)


@blueprint.put("/me/password")
@endpoint(Action.SELF_READ, body=schemas.PasswordChange, status=204, limit="5/minute")
def change_password(actor: Actor, body: dict[str, Any]) -> None:
    """工作人员修改自己的密码，其他登录随即失效。"""
    service.change_password(actor, body["password"], body["new_password"])


@blueprint.put("/me/consents/<string:purpose>")
@endpoint(Action.CONSENT_SET, body=schemas.ConsentInput, reply=schemas.MeOut)
def set_consent(actor: Actor, purpose: str, body: dict[str, Any]) -> queries.Me:
    """同意或撤回同意；撤回和同意一样方便。"""
    if purpose not in set(Purpose):
        raise NotFound("consent_purpose_unknown", "没有这个同意事项。")
    service.set_consent(actor, Purpose(purpose), **body)
    return queries.me(actor)


@blueprint.get("/me/notice-phone")
@endpoint(Action.NOTICE_PHONE_SET, reply=schemas.NoticePhoneOut)
def read_notice_phone(actor: Actor) -> queries.NoticePhoneState:
    """我的短信提醒号码。"""
    return queries.notice_phone(actor)


@blueprint.post("/me/notice-phone")
@endpoint(Action.NOTICE_PHONE_SET, body=schemas.NoticePhoneIn, reply=schemas.NoticePhoneOut, limit="10/hour")
def ask_phone_code(actor: Actor, body: dict[str, Any]) -> queries.NoticePhoneState:
    """开通短信提醒：向这个号码发验证码。"""
    service.ask_phone_code(actor, body["phone"], version=body["version"])
    return queries.notice_phone(actor)


@blueprint.post("/me/notice-phone/confirm")
@endpoint(
    Action.NOTICE_PHONE_SET,
    body=schemas.PhoneCodeIn,
    reply=schemas.NoticePhoneOut,
    limit="30/hour",
    self_contained=True,
)
def confirm_phone(actor: Actor, body: dict[str, Any]) -> queries.NoticePhoneState:
    """输入验证码，短信提醒随即开通。"""
    service.confirm_phone(actor, body["code"])
    return _notice_phone(actor)


@blueprint.post("/me/notice-phone/wechat")
@endpoint(
    Action.NOTICE_PHONE_SET,
    body=schemas.WeChatPhoneIn,
    reply=schemas.NoticePhoneOut,
    limit="10/hour",
    self_contained=True,
)
def confirm_phone_by_wechat(actor: Actor, body: dict[str, Any]) -> queries.NoticePhoneState:
    """用微信验证过的手机号开通短信提醒。"""
    service.confirm_phone_by_wechat(actor, body["code"], version=body["version"])
    return _notice_phone(actor)


@blueprint.delete("/me/notice-phone")
@endpoint(Action.NOTICE_PHONE_SET, status=204)
def forget_phone(actor: Actor) -> None:
    """停用短信提醒，号码立即删除。"""
    service.forget_phone(actor)


@blueprint.post("/invitations")
@endpoint(
    Action.INVITATION_CREATE,
    body=schemas.InvitationInput,
    reply=schemas.InvitationOut,
    status=201,
    idempotent=True,
    limit="30/minute",
)
def invite(actor: Actor, body: dict[str, Any]) -> service.IssuedInvitation:
    """邀请维权联络站人员或消费体验志愿者；邀请码只显示这一次。"""
    station_id = body.get("station_id")
    return service.invite(actor, body["role"], station_id=str(station_id) if station_id else None)


@blueprint.post("/invitations/preview")
@endpoint(
    Public("whoever holds the code may read what it gives; 80 random bits cannot be guessed"),
    body=schemas.InvitationCode,
    reply=schemas.ShownInvitationOut,
    limit="30/minute",
    writes=False,
)
def preview_invitation(actor: Actor, body: dict[str, Any]) -> queries.ShownInvitation:
    """接受以前先看：谁邀请、做什么、到什么时候；邀请码不会因此用掉。"""
    return queries.invitation(actor, body["code"])


@blueprint.post("/invitations/accept")
@endpoint(Action.INVITATION_ACCEPT, body=schemas.InvitationCode, reply=schemas.HeldRoleOut, limit="10/minute")
def accept_invitation(actor: Actor, body: dict[str, Any]) -> queries.HeldRole:
    """接受邀请，从下一次请求起有新的身份。"""
    return queries.held_role(service.accept_invitation(actor, body["code"]))


@blueprint.get("/staff")
@endpoint(Action.STAFF_MANAGE, reply=schemas.StaffListOut)
def list_staff(actor: Actor) -> dict[str, Any]:
    """全部工作人员账号。"""
    return {"staff": queries.staff()}


@blueprint.post("/staff")
@endpoint(Action.STAFF_MANAGE, body=schemas.StaffInput, reply=schemas.NewStaffOut, status=201, idempotent=True)
def create_staff(actor: Actor, body: dict[str, Any]) -> service.NewStaff:
    """新建工作人员账号；动态码密钥只显示这一次。"""
    return service.create_staff(actor, **body)


@blueprint.delete("/staff/<uuid:account_id>")
@endpoint(Action.STAFF_MANAGE, status=204)
def disable_staff(actor: Actor, account_id: UUID) -> None:
    """停用工作人员账号，已有登录立即失效。"""
    service.disable_staff(actor, str(account_id))


@blueprint.post("/staff/<uuid:account_id>/totp")
@endpoint(Action.STAFF_MANAGE, reply=schemas.NewStaffOut, status=201, idempotent=True)
def reset_totp(actor: Actor, account_id: UUID) -> service.NewStaff:
    """重置动态码密钥并解除锁定；原有登录随即失效。"""
    return service.reset_totp(actor, str(account_id))


@blueprint.post("/staff/<uuid:account_id>/roles")
@endpoint(Action.STAFF_MANAGE, body=schemas.StaffRoleInput, reply=schemas.GrantOut, status=201, idempotent=True)
def grant_role(actor: Actor, account_id: UUID, body: dict[str, Any]) -> queries.HeldRole:
    """给工作人员增加一种身份。"""
    return queries.held_role(service.grant_role(actor, str(account_id), **body))


@blueprint.delete("/roles/<uuid:grant_id>")
@endpoint(Action.STAFF_MANAGE, status=204)
def end_role(actor: Actor, grant_id: UUID) -> None:
    """取消一种身份，从下一次请求起不再有效。"""
    service.end_role(actor, str(grant_id))


def _session(signed_in: service.SignedIn) -> dict[str, Any]:
    with unit_of_work(read_only=True):
        return {"token": signed_in.token, "me": queries.me(signed_in.actor)}


def _notice_phone(actor: Actor) -> queries.NoticePhoneState:
    with unit_of_work(read_only=True):
        return queries.notice_phone(actor)

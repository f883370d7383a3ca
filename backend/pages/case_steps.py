"""The steps of a case as people read them in its course, and its clocks as the page draws them."""

from collections.abc import Iterable, Sequence
from typing import Any

from backend.access.actor import Role
from backend.casework.model import Case, CaseEvent, Deadline
from backend.complaints.rules import Party, Subject
from backend.kernel.regulation import ClockRule

#: The same for everybody who reads them.
APPLICATION_STEPS = {
    "begin": "单位开始填写",
    "submit": "单位提交申请",
    "lapse": "逾期没有提交，已失效",
    "ask_correction": "退回补正",
    "examine": "初审完成",
    "send_back": "退回重新初审",
    "confirm": "复核通过，推荐公示",
    "refuse": "复核后不予认定",
    "publish": "开始公示",
    "end_notice": "公示期满",
    "award": "决定认定",
    "decline": "决定不予认定",
    "withdraw": "单位撤回申请",
}

ENROLMENT_STEPS = {
    "submit": "店主提交申请",
    "accept": "收进名录，邀请申请人加入联络站",
    "decline": "没有收进名录",
    "withdraw": "店主撤回申请",
}

#: Case type → action → what happened.
_STEPS = {
    "settlement": {
        "submit": "消费者提出诉求",
        "take": "联络站有人接手办理",
        "hand_over": "联络站的办理人请同事接手",
        "offer": "联络站提出方案",
        "refuse": "联络站不同意",
        "decline": "消费者不接受方案",
        "accept": "消费者接受方案，双方约定",
        "confirm_performed": "消费者确认已经做到",
        "report_not_performed": "消费者说约定没有履行，优先办理",
        "escalate": "转市场监管部门处理",
        "lapse": "消费者没有在期限内选择，已结束",
        "withdraw": "消费者撤回诉求",
    },
    "complaint": {
        "lodge": "投诉送到市场监管部门",
        "accept": "市场监管部门决定受理",
        "refuse": "市场监管部门决定不予受理",
        "merge": "并入同一件事的另一件投诉",
        "pass_on": "退回，转给有权处理的单位",
        "take_over": "接收转来的投诉",
        "pass_to_office": "第三次退回，报联席会议办公室",
        "assign": "联席会议办公室指定承办单位",
        "contest": "处理权限有争议，报请市级决定",
        "decide_power": "市级决定由谁处理",
        "pause_for_testing": "送检验检测，暂停计算期限",
        "resume": "检验检测结束，继续调解",
        "ask_identity": "请投诉人提供身份证明",
        "answer_identity": "投诉人提供了身份证件",
        "delegate": "经双方同意，委托消费者权益保护委员会调解",
        "take_back": "委托调解结束，回到市场监管部门",
        "answer_consent": "一方答复了是否同意调解",
        "note_consent": "市场监管部门记下了一方是否同意调解",
        "invite": "通知双方参加调解",
        "note_absence": "记下一方没有参加调解",
        "ask_recusal": "申请调解人员回避，调解中止",
        "decide_recusal": "回避申请已经决定，恢复调解",
        "record_agreement": "调解达成协议",
        "terminate": "终止调解",
        "serve_notice": "终止调解的通知已送达",
        "withdraw": "消费者撤回投诉",
    },
    "application": APPLICATION_STEPS,
    "removal": {
        "propose": "市场监管部门提出摘牌提案",
        "reply": "单位提交陈述申辩",
        "close_reply": "期限已过，单位没有陈述申辩",
        "decide_revoke": "决定撤销证书",
        "decide_keep": "决定不撤销证书",
        "withdraw": "市场监管部门撤回提案",
    },
    "visit": {
        "assign": "分派体验任务",
        "declare_conflict": "志愿者申请回避",
        "start": "到店扫码，开始体验",
        "submit": "提交体验表",
        "lapse": "逾期没有完成",
    },
}
_WORDS = {one.value: one.zh for kind in (Party, Subject) for one in kind}
#: Who acted, said by role alone; a case never names its people.
_BY_SYSTEM = "系统按期限自动办理"


def consent_said(event: CaseEvent) -> str | None:
    """Which party answered what about mediation or its delegation; None for other steps."""
    if event.action not in {"answer_consent", "note_consent"} or not event.details:
        return None
    said = "同意" if event.details["agreed"] else "不同意"
    party, subject = event.details["party"], event.details.get("subject", Subject.MEDIATION.value)
    return f"{_WORDS[party]}{said}{_WORDS[subject]}"


def timeline(case_type: str, events: Iterable[CaseEvent]) -> list[dict[str, Any]]:
    """Events for the macro `timeline`, the last one marked as the present."""
    steps = [
        {
            "title": _STEPS[case_type][event.action],
            "at": event.at,
            "by": _BY_SYSTEM if event.actor_kind == Role.SYSTEM else None,
            "detail": consent_said(event),
            "tone": "done",
        }
        for event in events
    ]
    if steps:
        steps[-1]["tone"] = "now"
    return steps


def course(parts: Iterable[tuple[str, Iterable[CaseEvent]]]) -> list[dict[str, Any]]:
    """The timelines of a request and of the complaint that it became, as one: only its last step is the present.

    parts   (case type, events), the earlier case first
    """
    steps = [step for case_type, events in parts for step in timeline(case_type, events)]
    return [{**step, "tone": "done"} for step in steps[:-1]] + steps[-1:]


def clocks(case: Case, deadlines: Sequence[Deadline]) -> list[dict[str, Any]]:
    """Deadlines for the macro `deadline`, the open ones first, each with what is to be done and on which rule."""
    shown = sorted(deadlines, key=lambda one: (one.stopped_at is not None, one.due_at))
    return [_clock(case.__clocks__[one.rule_set][one.clock], one) for one in shown]


def _clock(rule: ClockRule, deadline: Deadline) -> dict[str, Any]:
    return {
        "label": rule.zh,
        "due_at": deadline.due_at,
        "basis": rule.basis,
        "provisional": deadline.provisional,
        "state": deadline.state.value,
        "stopped_at": deadline.stopped_at,
        "breached": deadline.breached_at is not None and not rule.window,
        "held_days": deadline.held_days,
        "window": rule.window,
    }

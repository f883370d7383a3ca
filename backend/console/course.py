"""The course of a case as officers read it: every step with who took it and on which ground."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.applications.rules import RefusalReason
from backend.authenticity.rules import Because, Cleared
from backend.casework import queries as cases
from backend.casework.model import Case, CaseEvent
from backend.certification.rules import Ground
from backend.complaints.rules import RefusalGround, TerminationGround
from backend.pages.case_steps import APPLICATION_STEPS, ENROLMENT_STEPS, consent_said

#: Case type → action → what happened.
_STEPS: Mapping[str, Mapping[str, str]] = {
    "settlement": {
        "submit": "消费者向维权联络站提出诉求",
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
        "lodge": "收到投诉",
        "accept": "受理，开始调解",
        "refuse": "决定不予受理",
        "merge": "并入同一件事的另一件投诉",
        "pass_on": "退回，转给有权处理的单位",
        "take_over": "接收转来的投诉",
        "pass_to_office": "第三次退回，报联席会议办公室",
        "assign": "联席会议办公室指定承办单位",
        "contest": "处理权限有争议，报请市级决定",
        "decide_power": "市级决定由谁处理",
        "pause_for_testing": "送检验检测，调解期限暂停",
        "resume": "检验检测结束，恢复计算期限",
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
        "record_agreement": "达成调解协议",
        "terminate": "决定终止调解",
        "serve_notice": "终止调解通知已送达双方",
        "withdraw": "投诉人撤回投诉",
    },
    "delegation": {
        "delegate": "市场监管部门委托调解",
        "take_on": "消保委接受，开始调解",
        "decline": "消保委没有接受",
        "report_agreement": "调解成功，告知市场监管部门",
        "report_failure": "没有调解成功，告知市场监管部门",
        "recall": "市场监管部门收回",
    },
    "reopening": {
        "open": "重新办理",
        "take": "有同事接手重新办理",
        "close_solved": "办结：已解决",
        "close_unsolved": "办结：没有解决，已说明其他途径",
        "withdraw": "消费者撤回重新办理",
    },
    "application": APPLICATION_STEPS,
    "enrolment": ENROLMENT_STEPS,
    "removal": {
        "propose": "提出摘牌提案",
        "reply": "单位提交陈述申辩",
        "close_reply": "期限已过，单位没有陈述申辩",
        "decide_revoke": "决定撤销证书",
        "decide_keep": "决定不撤销证书",
        "withdraw": "撤回提案",
    },
    "certificate": {
        "award": "认定为放心消费单位，颁发证书",
        "rectify": "责令整改",
        "suspend": "暂停证书",
        "restore": "恢复证书",
        "revoke": "撤销证书",
        "cancel": "注销证书",
        "expire": "证书到期",
    },
    "clone_case": {
        "open": "立案",
        "check": "开始到场核查",
        "confirm": "确认被冒用，标牌作废",
        "dismiss": "没有冒用，了结",
    },
    "fake_report": {
        "receive": "收到举报",
        "hand_over": "移交执法",
        "close": "没有发现问题，了结",
    },
    "emergency": {
        "raise": "收到紧急情况",
        "escalate": "十分钟没有人接手，报市级和联席会议办公室",
        "acknowledge": "接手处理",
        "close": "写明处置情况",
    },
    "inquiry": {
        "ask": "消保委查询",
        "answer": "被查询的单位答复",
        "withdraw": "消保委撤回查询",
    },
    "retaliation": {
        "tell": "有人反映被打击报复",
        "escalate": "一小时没有人接手，报市级和联席会议办公室",
        "take": "接手处理",
        "note_contact": "第一次联系到本人",
        "protect": "采取保护措施",
        "hand_to_police": "移交公安机关",
        "find_founded": "认定查实",
        "find_unfounded": "认定没有查实",
    },
    "report": {
        "receive": "收到举报",
        "note_clue": "调解投诉时发现线索，转入举报",
        "verify": "开始核查",
        "ask_extension": "申请延长核查期限",
        "approve_extension": "批准延长十五个工作日",
        "deny_extension": "没有批准延长",
        "take_in": "并入后来的举报，核查期限重新计算",
        "file_case": "决定立案",
        "not_file": "决定不予立案",
        "transfer": "移送有处理权限的部门",
        "merge": "并入之前的举报，一并核查",
        "close_repeat": "与之前的举报相同，不再重复处理",
    },
    "dispatch": {
        "propose": "提请联席会议办公室交办",
        "send": "联席会议办公室交牵头部门",
        "decline": "联席会议办公室没有交办",
        "hand_back": "转给应当牵头的单位",
        "bring_back": "第三次退回，报联席会议办公室决定",
        "accept": "牵头部门接收",
        "report": "牵头部门报办理结果",
        "ask_more": "联席会议办公室要求补充",
        "confirm": "联席会议办公室核对，办结",
        "cease": "投诉已办结，交办结束",
    },
    "assistance": {
        "ask": "请协办部门答复",
        "reply": "协办部门答复",
        "release": "不用再答复",
    },
    "campaign": {
        "create": "新建活动",
        "draw": "抽取单位，分派志愿者",
        "close": "结束体验",
        "publish": "公布报告",
    },
}
_BY_SYSTEM = {
    "award": "按名录导入",
    "open": "系统根据反映自动立案",
    "receive": "举报人",
    "raise": "现场的人",
    "tell": "反映的人",
}
_GROUNDS = {
    ground.value: ground.zh
    for kind in (RefusalGround, TerminationGround, Ground, Because, Cleared, RefusalReason)
    for ground in kind
}


def course(*parts: Case) -> list[dict[str, Any]]:
    """Steps of one case, or of cases that follow one another, for the macro `timeline`; the last one is the present."""
    found = [event for part in parts for event in cases.events(part)]
    names = accounts.staff_names({event.actor_id for event in found})
    steps = [
        {
            "title": _STEPS[event.case_type][event.action],
            "at": event.at,
            "by": _who(event, names),
            "detail": f"理由：{_GROUNDS[event.ground]}" if event.ground in _GROUNDS else consent_said(event),
            "tone": "done",
        }
        for event in found
    ]
    if steps:
        steps[-1]["tone"] = "now"
    return steps


def grounds(kind: Sequence[Any]) -> list[tuple[str, str]]:
    """Pairs (value, words) for a choice of grounds."""
    return [(ground.value, ground.zh) for ground in kind]


def _who(event: CaseEvent, names: Mapping[str, str]) -> str | None:
    if event.actor_kind == Role.SYSTEM:
        return _BY_SYSTEM.get(event.action, "系统按期限自动办理")
    return names.get(event.actor_id or "")

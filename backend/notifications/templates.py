"""What notices say: code → title, text, and how it is put into a WeChat subscribe message. Pure data and formatting.

A subscribe message's fields belong to the template that was applied for at WeChat (小程序后台·订阅消息); five serve all notices. Each is
set by FANGXIN_WECHAT_TEMPLATE_<KEY>, and must have been applied for with exactly these fields:

    CASE       character_string1 编号 · thing2 单位 · thing3 进度 · time4 时间
    DEADLINE   character_string1 编号 · thing2 事项 · time3 截止时间
    STANDING   thing1 单位 · thing2 事项 · time3 时间
    RATING     thing1 单位 · thing2 结果 · time3 时间
    VISIT      character_string1 编号 · thing2 事项 · time3 时间
"""

from collections.abc import Mapping
from datetime import date, datetime

from backend.kernel.clock import SHANGHAI

from .after_the_close import AFTER_THE_CLOSE
from .application_notices import APPLICATIONS
from .between_bodies import BETWEEN_BODIES
from .bureau_notices import BUREAU
from .city_notices import CITY
from .group_notices import GROUPS
from .template_kinds import Template, WeChatForm
from .template_kinds import about_case as _case
from .template_kinds import about_deadline as _deadline
from .template_kinds import about_unit as _unit
from .template_kinds import about_visit as _visit

Value = str | int | date | datetime

#: Everything that a notice may tell. Nothing here is about a person, so that a notice holds no personal data.
PLACEHOLDERS = {
    "case_no": "和解诉求、投诉、撤销提案或者申请的编号",
    "unit_name": "放心消费单位的名称",
    "due": "最晚时刻或日期",
    "step": "要办的事，如“答复和解诉求”",
    "ground": "规定的理由，如不予受理的情形",
    "day": "公告里写的日期，如 2026年12月23日",
    "standing": "资格状态的中文名称",
    "decision": "决定的中文名称，如“撤销证书”",
    "visit_no": "体验任务的编号",
    "campaign": "消费体验活动的名称",
    "year": "四位数的年份",
    "people": "涉及的人数",
    "serial": "标牌的序列号",
    "body": "承办单位的名称",
    "sender": "转出单位的名称",
    "phone": "承办单位对外的电话",
    "title": "消费警示的标题",
    "whom": "消费警示对哪里的哪类商家",
}


TEMPLATES: Mapping[str, Template] = {
    **BETWEEN_BODIES,
    **GROUPS,
    **CITY,
    **APPLICATIONS,
    "settlement_submitted": _deadline(
        "收到新的和解诉求",
        "消费者对“{unit_name}”提出了和解诉求 {case_no}，请在 24 小时内接手，在 {due} 前答复。到期没有答复，将按未答复记录，消费者可以转为投诉。",
        "答复和解诉求",
    ),
    "settlement_handed_over": _case(
        "同事请您接手一件诉求",
        "“{unit_name}”的和解诉求 {case_no} 需要同站的人接手。有人接手以前，仍由原来的人负责。",
        "同事请您接手",
    ),
    "settlement_offered": _case(
        "商家给出了和解方案",
        "“{unit_name}”对和解诉求 {case_no} 给出了方案，请在 {due} 前选择接受或不接受。",
        "已有方案，请您选择",
    ),
    "settlement_refused": _case(
        "商家没有同意和解",
        "“{unit_name}”没有同意和解诉求 {case_no}。您可以在 {due} 前转为投诉，由市场监管部门处理。",
        "商家未同意，可转投诉",
    ),
    "settlement_unanswered": _case(
        "和解诉求到期没有答复",
        "“{unit_name}”没有在期限内答复和解诉求 {case_no}，已按未答复记录。消费者现在可以把诉求转为投诉，由市场监管部门处理。",
        "到期未答复，可转投诉",
    ),
    "settlement_delaying": _case(
        "五天没有答复，视为故意拖延",
        "“{unit_name}”对和解诉求 {case_no} 五天没有答复，依照《浙江省实施〈消费者权益保护法〉办法》第三十一条视为故意拖延，"
        "市场监管部门能看到。请马上答复。",
        "五天没有答复，请马上答复",
    ),
    "settlement_phone_shared": _case(
        "消费者愿意接电话商量",
        "“{unit_name}”的和解诉求 {case_no}，消费者让联络站看电话，用来商量怎样解决。每看一次都会记录，请不要用于别的事。",
        "消费者愿意接电话商量",
    ),
    "settlement_message": _case(
        "有新的消息",
        "关于“{unit_name}”的和解诉求 {case_no} 有新的消息，请打开查看。",
        "有新的消息，请查看",
    ),
    "settlement_evidence_added": _case(
        "联络站上传了照片或凭证",
        "“{unit_name}”的联络站为和解诉求 {case_no} 上传了照片或 PDF，请打开查看。",
        "联络站上传了凭证，请查看",
    ),
    "settlement_accepted": _deadline(
        "消费者接受了和解方案",
        "消费者接受了“{unit_name}”对和解诉求 {case_no} 的方案，请在 {due} 前履行完毕。到期没有履行，消费者可以转为投诉。",
        "履行和解方案",
    ),
    "settlement_unperformed": _case(
        "约定到期没有履行确认",
        "“{unit_name}”对和解诉求 {case_no} 的约定已到期，消费者还没有确认履行。已经做到的，请消费者确认；"
        "没有做到的，请消费者说明，或者转为投诉，由市场监管部门处理。",
        "约定到期，可转投诉",
    ),
    "settlement_not_performed": _case(
        "消费者说约定没有履行，请优先办理",
        "消费者说“{unit_name}”没有履行和解诉求 {case_no} 的约定。请马上做到，或者重新提出方案；消费者随时可以转为投诉，"
        "市场监管部门优先处理。",
        "约定没有履行，请优先办理",
    ),
    "settlement_escalated": _case(
        "和解诉求已转为投诉",
        "对“{unit_name}”的和解诉求 {case_no} 已转为投诉，由市场监管部门处理。",
        "已转为投诉",
    ),
    "advance_requested": _case(
        "有人申请先行赔付",
        "有消费者为“{unit_name}”的纠纷申请先行赔付 {case_no}，请尽快决定是否先赔。",
        "申请先行赔付，请决定",
    ),
    "advance_approved": _case(
        "已同意先行赔付",
        "您对“{unit_name}”的先行赔付申请 {case_no} 已获同意，付款方应在三天内付款。",
        "已同意先行赔付",
    ),
    "advance_declined": _case(
        "没有同意先行赔付",
        "您对“{unit_name}”的先行赔付申请 {case_no} 没有获得同意，理由见办理情况。您仍可以转为投诉。",
        "没有同意先行赔付",
    ),
    "advance_paid": _case(
        "已先行赔付",
        "“{unit_name}”的纠纷 {case_no}，付款方已登记付款并上传凭证。没有收到的，请联系 12315。",
        "已先行赔付，请查收",
    ),
    "recovery_opened": _case(
        "请向离场经营户追偿",
        "您已替“{unit_name}”赔付消费者，追偿 {case_no} 已自动立案。追回或者核销后请登记。",
        "追偿已立案",
    ),
    "advance_late": _case(
        "先行赔付已超期",
        "“{unit_name}”的先行赔付或追偿 {case_no} 已超过期限，请尽快办理。",
        "已超期，请尽快办理",
    ),
    "settlement_lapsing_soon": _deadline(
        "和解诉求即将自动结束",
        "对“{unit_name}”的和解诉求 {case_no} 在等您选择。{due} 前没有选择，诉求将自动结束；之后您仍可以另行投诉。",
        "请作出选择，逾期自动结束",
    ),
    "settlement_lapsed": _case(
        "和解诉求已自动结束",
        "对“{unit_name}”的和解诉求 {case_no} 因到期没有选择，已自动结束。问题没有解决的，您仍可以投诉。",
        "到期未选择，已结束",
    ),
    **AFTER_THE_CLOSE,
    **BUREAU,
    "deadline_near": _deadline(
        "办理期限临近",
        "案件 {case_no}（{unit_name}）需要{step}，最晚 {due}，请尽快办理。",
        "{step}",
    ),
    "deadline_missed": _deadline(
        "办理已经超期",
        "案件 {case_no}（{unit_name}）应当在 {due} 前{step}，现已超期并记录在案，请立即办理。",
        "已超期：{step}",
    ),
    "removal_proposed": _deadline(
        "拟撤销放心消费证书",
        "市场监管部门拟撤销“{unit_name}”的放心消费证书，编号 {case_no}，理由：{ground}。您可以在 {due} 前陈述、申辩。",
        "陈述和申辩",
    ),
    "removal_decided": _case(
        "撤销证书的提案已决定",
        "关于撤销“{unit_name}”放心消费证书的提案 {case_no} 已作出决定：{decision}。理由和救济途径见详情。",
        "决定：{decision}",
    ),
    "closing_announced": _unit(
        "standing",
        "有单位要停业、迁址",
        "“{unit_name}”公告 {day} 起{step}。扫码页面已经显示；到那一天证书自动暂停。",
        "{day}起{step}",
    ),
    "closing_withdrawn": _unit(
        "standing",
        "停业、迁址公告已撤回",
        "“{unit_name}”撤回了 {day} 起{step}的公告。",
        "撤回{step}公告",
    ),
    "closing_carried_out": _unit(
        "standing",
        "停业、迁址日期已到",
        "“{unit_name}”公告的{step}日期 {day} 已到，证书已自动暂停。请核实后决定注销或者恢复。",
        "{step}，证书已暂停",
    ),
    "certificate_standing_changed": _unit(
        "standing",
        "放心消费单位资格有变动",
        "“{unit_name}”的放心消费单位资格现为“{standing}”，理由和要做的事见详情。",
        "资格现为{standing}",
    ),
    "calendar_missing": Template(
        "节假日安排还没有录入",
        "{year} 年的节假日安排还没有录入，跨到 {year} 年的办理期限都是暂定的。请按国务院办公厅的通知录入。",
        WeChatForm("deadline", {"character_string1": "{year}", "thing2": "录入节假日安排", "time3": "{now}"}),
    ),
    "clone_suspected": _deadline(
        "有标牌疑似被冒用",
        "“{unit_name}”的标牌疑似被冒用，编号 {case_no}，请在 {due} 前到场核查。",
        "到场核查疑似冒用",
    ),
    "kept_unit_changed": _unit(
        "standing",
        "您收藏的单位证书有变动",
        "您收藏的“{unit_name}”现在是：{standing}。原因见单位的页面。",
        "您收藏的单位：{standing}",
    ),
    "plate_cloned": _unit(
        "standing",
        "标牌被冒用，已作废",
        "“{unit_name}”的标牌 {serial} 被人冒用，已经作废，证书不受影响。请取下这块牌，换发的新牌会另行通知。",
        "标牌被冒用，请换牌",
    ),
    "plate_to_replace": _unit(
        "standing",
        "请补发标牌",
        "“{unit_name}”的标牌 {serial} 因被冒用作废，请给这家单位补发一块新牌。",
        "标牌已作废，请补发",
    ),
    "fake_reported": _deadline(
        "收到假牌举报",
        "收到假牌举报 {case_no}，请在 {due} 前核查，并决定是否移交执法。",
        "核查假牌举报",
    ),
    "emergency_raised": _case(
        "紧急情况，请马上处理",
        "{unit_name}：{step}，编号 {case_no}。请马上打开并点“我来处理”；十分钟没有人接手，会报市级和联席会议办公室。",
        "紧急：{step}",
        urgent=True,
    ),
    "emergency_unanswered": _case(
        "紧急情况没有人接手",
        "{unit_name}：{step}，编号 {case_no}，到期没有人接手。请马上安排人处理。",
        "紧急情况没有人接手",
        urgent=True,
    ),
    "emergency_unfinished": _case(
        "紧急情况还没有写明处置情况",
        "{unit_name}：{step}，编号 {case_no}，接手一天了还没有写明处置情况，请尽快补上。",
        "请写明处置情况",
    ),
    "retaliation_told": _deadline(
        "有人反映被打击报复，请马上处理",
        "有人反映因为投诉、举报被打击报复，编号 {case_no}。请马上打开并点“我来处理”，最晚 {due} 前联系到本人；"
        "一小时没有人接手，会报市级和联席会议办公室。",
        "马上接手：打击报复",
        urgent=True,
    ),
    "retaliation_late": _deadline(
        "打击报复的反映已经超期",
        "打击报复的反映 {case_no} 到期没有办理，应当在 {due} 前办的事请马上安排人办。",
        "打击报复的反映已超期",
        urgent=True,
    ),
    "retaliation_added": _deadline(
        "反映打击报复的人有了补充",
        "反映打击报复 {case_no} 的人补充了情况，请马上查看，最晚 {due} 前办理。",
        "反映人有了补充",
        urgent=True,
    ),
    "mass_harm_noticed": _unit(
        "standing",
        "有群体诉求",
        "三十天内有 {people} 人对“{unit_name}”提出“{step}”方面的诉求，请研究约谈、消费警示或者公益诉讼。",
        "{people}人诉求：{step}",
    ),
    "report_received": _deadline(
        "收到举报",
        "收到举报 {case_no}，请在 {due} 前核查并决定是否立案。举报内容不得透露给被举报人。",
        "核查举报",
    ),
    "report_answered": Template(
        "举报人有了补充",
        "举报 {case_no} 的举报人回答了问题或者补充了情况，请查看。",
        WeChatForm("deadline", {"character_string1": "{case_no}", "thing2": "举报人有了补充", "time3": "{now}"}),
    ),
    "report_extension_asked": _deadline(
        "有举报申请延长核查期限",
        "举报 {case_no} 的承办人申请把核查期限延长十五个工作日，请另一人在 {due} 前决定是否批准。",
        "批准延长核查期限",
    ),
    "rating_published": _unit(
        "rating", "您的评价已发布", "您对“{unit_name}”的评价已发布。感谢您的反馈，您可以随时撤回。", "评价已发布"
    ),
    "rating_refused": _unit(
        "rating",
        "您的评价没有发布",
        "您对“{unit_name}”的评价没有发布，理由：{ground}。您可以修改后重新提交。",
        "评价未发布，理由见详情",
    ),
    "public_entry_published": _unit(
        "standing",
        "单位有新的公示信息",
        "“{unit_name}”的扫码页面上新公示了一条{step}。您可以写一段回应，审核后和它一起公开。",
        "新公示：{step}",
    ),
    "objection_raised": _deadline(
        "单位对公示提出异议",
        "“{unit_name}”对公示信息提出异议，编号 {case_no}，请在 {due} 前{step}。核查期间，扫码页面注明单位有异议。",
        "{step}",
    ),
    "public_content_decided": _unit(
        "standing",
        "公示内容有了结果",
        "“{unit_name}”的{step}{decision}。详情见单位的公示页面。",
        "{step}{decision}",
    ),
    "visit_assigned": _visit(
        "您有新的消费体验任务",
        "活动“{campaign}”为您抽取了体验任务 {visit_no}，请在 {due} 前完成。与该单位有利害关系的，请先申报回避。",
        "新的消费体验任务",
    ),
    "visit_due_soon": _visit(
        "消费体验任务即将到期",
        "活动“{campaign}”的体验任务 {visit_no} 最晚 {due} 提交，请尽快完成。",
        "体验任务即将到期",
    ),
    "report_published": _unit(
        "standing",
        "消费体验报告已发布",
        "包含“{unit_name}”的消费体验报告“{campaign}”已发布，您可以查看方法、样本和结果。",
        "消费体验报告已发布",
    ),
}


#: Names of the subscribe messages, by which the settings and consents know them.
KEYS = frozenset(template.wechat.key for template in TEMPLATES.values())


def checked(code: str, params: Mapping[str, Value]) -> dict[str, str]:
    """The values of a notice as text: instants and days in Wenzhou's calendar, everything else as it is.

    raises   KeyError for an unknown template, ValueError when values are missing or not asked for
    """
    needed = TEMPLATES[code].placeholders
    if set(params) != needed:
        raise ValueError(f"notice {code} takes {sorted(needed)}, not {sorted(params)}")
    return {name: _text(value) for name, value in params.items()}


def subject(code: str) -> str:
    """The title of a notice."""
    return TEMPLATES[code].title


def body(code: str, params: Mapping[str, str]) -> str:
    """The text of a notice."""
    return TEMPLATES[code].text.format_map(params)


def wechat_fields(code: str, params: Mapping[str, str], happened_at: datetime) -> dict[str, str]:
    """The fields of the subscribe message, not yet cut to WeChat's limits."""
    values = {**params, "now": _text(happened_at)}
    return {name: text.format_map(values) for name, text in TEMPLATES[code].wechat.fields.items()}


def sms_text(code: str, params: Mapping[str, str], link: str) -> str:
    """The text message: title, number and a link. Whose case it is about a locked screen does not tell."""
    number = params.get("case_no")
    return f"{subject(code)}{f'，编号 {number}' if number else ''}。请点开查看：{link}"


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI)
        return f"{local:%Y}年{local.month}月{local.day}日 {local:%H:%M}"
    if isinstance(value, date):
        return f"{value:%Y}年{value.month}月{value.day}日"
    return str(value)

"""What notices of a complaint at the bureau say: the decision, mediation, its end."""

from collections.abc import Mapping

from .template_kinds import Template, about_case, about_deadline

BUREAU: Mapping[str, Template] = {
    "complaint_accepted": about_case(
        "投诉已受理",
        "您对“{unit_name}”的投诉 {case_no} 已受理，最晚 {due} 办结。双方都同意，才能调解；请点开答复：同意还是不同意。",
        "已受理，请答复是否同意调解",
    ),
    "identity_asked": about_deadline(
        "请提供身份证件",
        "您对“{unit_name}”的投诉 {case_no}，市场监管部门请您在 {due} 前提供身份证件。请点开看理由和办法；逾期没有提供的，可能不予受理。",
        "提供身份证件",
    ),
    "identity_given": about_case(
        "投诉人提供了身份证件",
        "投诉 {case_no}（{unit_name}）的投诉人提供了身份证件，请核实。",
        "已提供身份证件",
    ),
    "complaint_evidence_added": about_case(
        "被投诉方上传了照片或凭证",
        "投诉 {case_no}（{unit_name}）的联络站上传了照片或 PDF，请点开查看。",
        "联络站上传了凭证，请查看",
    ),
    "complaint_delegated": about_case(
        "已委托消保委调解",
        "关于“{unit_name}”的投诉 {case_no}，经双方同意，已委托消费者权益保护委员会调解。结果会告诉市场监管部门，由市场监管部门办结。",
        "已委托消保委调解",
    ),
    "delegation_asked": about_deadline(
        "收到委托调解",
        "市场监管部门委托调解关于“{unit_name}”的消费纠纷，编号 {case_no}。请在 {due} 前决定是否接受。",
        "决定是否接受委托调解",
    ),
    "delegation_recalled": about_case(
        "委托调解已收回",
        "关于“{unit_name}”的委托调解 {case_no} 已经收回，不用再办理。",
        "委托已收回",
    ),
    "delegation_decided": about_case(
        "委托调解有了结果",
        "投诉 {case_no}（{unit_name}）的委托调解：{decision}。请点开查看，接着办理。",
        "{decision}",
    ),
    "mediation_consent_asked": about_case(
        "请答复是否同意调解",
        "关于“{unit_name}”的投诉 {case_no} 已经受理。双方都同意，才能由市场监管部门调解。请点开答复：同意还是不同意。",
        "请答复是否同意调解",
    ),
    "mediation_consent_given": about_case(
        "有一方答复了是否同意调解",
        "投诉 {case_no}（{unit_name}）有一方答复了是否同意调解，请点开查看。",
        "一方答复了是否同意调解",
    ),
    "mediation_invited": about_deadline(
        "请参加调解",
        "关于“{unit_name}”的投诉 {case_no} 定于 {due} 调解，地点和方式请点开看。来不了，请提前告诉市场监管部门。",
        "请参加调解",
    ),
    "recusal_asked": about_case(
        "有人申请调解人员回避",
        "投诉 {case_no}（{unit_name}）有一方申请调解人员回避，调解已经中止。请由调解人员以外的人尽快决定。",
        "申请回避，请尽快决定",
    ),
    "recusal_decided": about_case(
        "回避申请有了决定",
        "投诉 {case_no}（{unit_name}）的回避申请已经决定：{decision}。",
        "回避申请已经决定",
    ),
    "complaint_refused": about_case(
        "投诉不予受理",
        "您对“{unit_name}”的投诉 {case_no} 不予受理，理由：{ground}。其他解决途径见详情。",
        "不予受理，理由见详情",
    ),
    "complaint_terminated": about_case(
        "投诉调解已终止",
        "对“{unit_name}”的投诉 {case_no} 的调解已终止，理由：{ground}。您可以通过仲裁、诉讼等途径解决，说明见详情。",
        "调解终止，说明见详情",
    ),
    "complaint_mediated": about_case(
        "投诉调解达成一致",
        "对“{unit_name}”的投诉 {case_no} 已达成调解协议，内容见详情。",
        "已达成调解协议",
    ),
}

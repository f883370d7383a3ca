"""What notices of an application for a certificate say."""

from collections.abc import Mapping

from .template_kinds import Template, about_case, about_deadline, about_unit

APPLICATIONS: Mapping[str, Template] = {
    "application_waits": about_deadline(
        "有申请等您办理",
        "“{unit_name}”申请放心消费单位认定，编号 {case_no}，等待{step}，请在 {due} 前办理。",
        "认定申请：{step}",
    ),
    "application_moved": about_case(
        "认定申请有进展",
        "“{unit_name}”的放心消费单位申请 {case_no}：{decision}。请点开查看。",
        "{decision}",
    ),
    "application_objected": about_deadline(
        "公示期间收到异议",
        "有人对“{unit_name}”的公示提出异议，编号 {case_no}，请在 {due} 前答复。到期没有答复的，直接处理。",
        "答复公示期间的异议",
    ),
    "enrolment_waits": about_deadline(
        "有店申请加入名录",
        "“{unit_name}”申请加入名录，编号 {case_no}，等待{step}，请在 {due} 前办理。",
        "{step}",
    ),
    "enrolment_decided": about_case(
        "加入名录的申请有结果",
        "“{unit_name}”加入名录的申请 {case_no}：{decision}。",
        "{decision}",
    ),
    "renewal_open": about_unit(
        "standing",
        "证书快到期，可以申请续期",
        "“{unit_name}”的放心消费证书 {day} 到期，现在可以申请续期。请点开办理。",
        "{day}到期，请续期",
    ),
}

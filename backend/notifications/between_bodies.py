"""Notices of disputes that go from one body to another: between bureaus, to the joint meeting, to departments."""

from collections.abc import Mapping

from .template_kinds import Template, WeChatForm, about_case, about_deadline

BETWEEN_BODIES: Mapping[str, Template] = {
    "complaint_passed_on": about_case(
        "您的投诉转到了另一个单位",
        "您对“{unit_name}”的投诉 {case_no} 由{sender}转到{body}，电话 {phone}，最晚 {due} 答复是否接收。您不用重新提交，理由见详情。",
        "已转到{body}",
    ),
    "complaint_taken_over": about_case(
        "您的投诉有人接收了",
        "您对“{unit_name}”的投诉 {case_no} 现在由{body}办理，电话 {phone}，最晚 {due} 决定是否受理。",
        "由{body}办理",
    ),
    "complaint_at_office": about_case(
        "您的投诉由联席会议办公室指定承办单位",
        "您对“{unit_name}”的投诉 {case_no} 已退回三次，{body}最晚 {due} 指定由谁办理，电话 {phone}。您不用重新提交。",
        "等待指定承办单位",
    ),
    "complaint_contested": about_case(
        "您的投诉由市级决定谁来办",
        "您对“{unit_name}”的投诉 {case_no}，单位之间对由谁处理有争议，{body}最晚 {due} 决定，电话 {phone}。您不用重新提交。",
        "等待市级决定由谁办",
    ),
    "inquiry_asked": about_deadline(
        "消保委查询，请答复",
        "消费者权益保护委员会向贵单位查询，编号 {case_no}，请在 {due} 前答复（浙江省实施〈消费者权益保护法〉办法 第三十二条）。",
        "答复消保委的查询",
    ),
    "inquiry_answered": Template(
        "查询有了答复",
        "{body}答复了查询 {case_no}，请查看。",
        WeChatForm("deadline", {"character_string1": "{case_no}", "thing2": "查询有了答复", "time3": "{now}"}),
    ),
    "dispatch_sent": about_deadline(
        "联席会议交办，请接收",
        "联席会议办公室把“{unit_name}”的消费纠纷 {case_no} 交{body}牵头办理，请在 {due} 前接收；不该由本单位办的，写明理由转给应当办的单位。",
        "接收联席会议交办",
    ),
    "assistance_asked": about_deadline(
        "请协办一件消费纠纷",
        "“{unit_name}”的消费纠纷需要贵单位协办，编号 {case_no}，请在 {due} 前答复牵头部门。",
        "答复协办的问题",
    ),
    "assistance_replied": about_case(
        "协办部门有了答复",
        "{body}答复了“{unit_name}”的消费纠纷 {case_no}，请查看。",
        "协办部门已答复",
    ),
    "assistance_late": about_case(
        "协办部门逾期没有答复",
        "“{unit_name}”的消费纠纷 {case_no} 有协办部门应当在 {due} 前答复，现已超期，请催办。",
        "协办部门逾期没有答复",
    ),
    "dispatch_led_by": about_case(
        "您的投诉有部门牵头办理",
        "您对“{unit_name}”的投诉 {case_no} 涉及几个部门，联席会议交{body}牵头，电话 {phone}。市场监管部门仍然负责答复您，您不用重新提交。",
        "{body}牵头办理",
    ),
    "dispatch_result": about_case(
        "牵头部门报来了办理结果",
        "“{unit_name}”的消费纠纷 {case_no}，{body}报来了办理结果，内容见详情。",
        "牵头部门已报结果",
    ),
    "dispatch_declined": about_case(
        "联席会议办公室没有交办",
        "“{unit_name}”的消费纠纷 {case_no}，联席会议办公室没有交办，理由见详情，请继续办理。",
        "没有交办，请继续办理",
    ),
    "complaint_merged": about_case(
        "您的投诉和另一件并在一起办",
        "您对“{unit_name}”的投诉 {case_no} 和之前的是同一件事，已并在一起办，理由和那一件的编号见详情。不是同一件事的，请联系{body}，电话 {phone}。",
        "和之前的投诉一并办理",
    ),
}

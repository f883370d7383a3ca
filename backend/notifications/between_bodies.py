"""Notices of disputes that go from one body to another: between bureaus, to the joint meeting, to departments."""

from collections.abc import Mapping

from .template_kinds import Template, about_case

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
}

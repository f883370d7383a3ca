"""What notices say to members of a group complaint."""

from collections.abc import Mapping

from .template_kinds import Template, about_case, about_deadline

GROUPS: Mapping[str, Template] = {
    "group_asked": about_deadline(
        "共同投诉有一件事等您答复",
        "您参加的对“{unit_name}”的共同投诉（您的编号 {case_no}）有一件事请您答复，最晚 {due}。只有您自己同意，才对您那一件生效；不同意或者不答复的，您那一件照旧办理。",
        "答复共同投诉的事项",
    ),
    "group_represented": about_case(
        "共同投诉的代表人推选出来了",
        "您参加的对“{unit_name}”的共同投诉（您的编号 {case_no}）推选出了代表人。变更、放弃请求或者和解，仍然要您自己同意。",
        "代表人已经推选",
    ),
    "group_unrepresented": about_case(
        "共同投诉现在没有代表人",
        "您参加的对“{unit_name}”的共同投诉（您的编号 {case_no}）的代表人退出了，可以重新推选。您那一件照旧办理。",
        "可以重新推选代表人",
    ),
    "group_answered": about_case(
        "成员的答复有了",
        "您在对“{unit_name}”的共同投诉（您的编号 {case_no}）里提请成员答复的事已经结束，有几个人同意见详情。",
        "成员的答复有了",
    ),
}

"""What notices say after a dispute was closed: questions, call-backs, what is opened again."""

from collections.abc import Mapping

from .template_kinds import Template, about_case, about_deadline

AFTER_THE_CLOSE: Mapping[str, Template] = {
    "was_it_solved": about_case(
        "问题解决了吗",
        "您和“{unit_name}”的事（{case_no}）办结七天了。请点开告诉我们：解决了、解决了一部分，还是没有解决。不想被问，可以在“我的”里关掉。",
        "请告诉我们解决了没有",
    ),
    "call_back_drawn": about_case(
        "请告诉我们结果是否属实",
        "您和“{unit_name}”的事（{case_no}）被抽中回访。请点开告诉我们：解决了、解决了一部分，还是没有解决。回答没有解决的，将重新办理。",
        "抽中回访，请您回答",
    ),
    "dispute_reopened": about_case(
        "重新办理",
        "“{unit_name}”的事（{case_no}）办结后没有解决，市场监管部门重新办理。",
        "市场监管部门重新办理",
    ),
    "reopening_to_take": about_deadline(
        "有重新办理的事",
        "“{unit_name}”的事办结后没有解决，重新办理 {case_no}，请不是原承办人的同事在 {due} 前接手。",
        "接手重新办理",
    ),
    "reopening_closed": about_case(
        "重新办理已办结",
        "“{unit_name}”的事（{case_no}）重新办理已办结，结果见详情。",
        "重新办理已办结",
    ),
}

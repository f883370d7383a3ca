"""Who is the right body (有权处理的单位) for what the bureau does not handle, and how people reach it.

A refusal for want of power (R16_1) that names nobody sends people round in circles: it cannot be issued.
source: Order 121 §15, §16(1)
"""

import re
from dataclasses import dataclass

from backend.bodies import queries as bodies
from backend.bodies.rules import DEPARTMENTS, successor
from backend.kernel.errors import InvalidInput

#: Departments that may be named: all of the plan but market supervision, whose bureaus return complaints to one another.
NAMED = {code: body for code, body in DEPARTMENTS.items() if code != "market"}
_VAGUE = re.compile(r"(其他|其它|有关|相关|主管|行政|职能|当地|上级)*(部门|单位|机关|机构)")
#: A telephone number, however short, or an address of the net.
_REACH = re.compile(r"[0-9]{3,}|https?://")


@dataclass(frozen=True)
class RightBody:
    """A body, and how it is reached, as told to the complainant."""

    name: str
    reach: str


def right_body(code: str | None, name: str | None, reach: str | None) -> RightBody | None:
    """The body by its code in the list, or by a name that was typed in; None when neither was given.

    name, reach   checked: a name that says who, in today's words; a telephone number or an address of the net
    raises        InvalidInput body_unknown, body_vague, body_renamed, body_reach_missing
    """
    if code is not None:
        if code not in NAMED:
            raise _invalid("body_unknown", "请从名单里选，或者写明单位名称。", "body")
        found = bodies.reached(code)
        told = f"电话 {found.phone}" + (f"，地址 {found.address}" if found.address else "")
        return RightBody(found.name, told)
    if name is None:
        return None
    if _VAGUE.fullmatch(name) or len(name) < 4:
        raise _invalid("body_vague", "请写明是哪一个单位，不要写“有关部门”。", "body_name")
    today = successor(name)
    if today is not None and today.name != name:
        raise _invalid("body_renamed", f"“{name}”的职责现在由“{today.name}”承担，请从名单里选。", "body_name")
    if reach is None or not _REACH.search(reach):
        raise _invalid("body_reach_missing", "请写明怎样联系这个单位，至少写一个电话或者网址。", "body_reach")
    return RightBody(name, reach)


def _invalid(code: str, message: str, field: str) -> InvalidInput:
    return InvalidInput(code, message, fields={field: [message]}, article="总局令第121号 第十五条")

"""The kinds of notices: what every template has, and how each kind fills WeChat's fields. The texts are in templates.py."""

import string
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class WeChatForm:
    """How a notice fills a subscribe message. `key` names the template in the settings; `fields` are texts with placeholders.

    `{now}` stands for the moment of the event.
    """

    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Template:
    """One kind of notice.

    urgent   goes out in the quiet hours too, and by text message to staff
    """

    title: str
    text: str
    wechat: WeChatForm
    urgent: bool = False

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of the values that the text needs."""
        return _names(self.text)


def _names(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def about_case(title: str, text: str, progress: str, *, urgent: bool = False) -> Template:
    """How a case goes on."""
    fields = {"character_string1": "{case_no}", "thing2": "{unit_name}", "thing3": progress, "time4": "{now}"}
    return Template(title, text, WeChatForm("case", fields), urgent)


def about_deadline(title: str, text: str, matter: str, *, urgent: bool = False) -> Template:
    """What is to be done until when."""
    fields = {"character_string1": "{case_no}", "thing2": matter, "time3": "{due}"}
    return Template(title, text, WeChatForm("deadline", fields), urgent)


def about_unit(key: str, title: str, text: str, matter: str) -> Template:
    """News of a unit."""
    return Template(title, text, WeChatForm(key, {"thing1": "{unit_name}", "thing2": matter, "time3": "{now}"}))


def about_visit(title: str, text: str, matter: str) -> Template:
    """A task of an experience review."""
    return Template(
        title, text, WeChatForm("visit", {"character_string1": "{visit_no}", "thing2": matter, "time3": "{due}"})
    )

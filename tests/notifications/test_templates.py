"""What notices say: every template is complete, fits WeChat and tells nothing about a person."""

from datetime import UTC, date, datetime

import pytest

from backend.infrastructure.wechat.messages import fitted
from backend.notifications import templates
from backend.notifications.templates import PLACEHOLDERS, TEMPLATES

NOW = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
VALUES: dict[str, templates.Value] = {
    "case_no": "HJ330302-2026-000123",
    "unit_name": "温州市鹿城区五马街道老字号海鲜大排档有限责任公司",
    "due": NOW,
    "step": "答复和解诉求",
    "ground": "不属于本部门职责",
    "day": "2026年12月23日",
    "standing": "有效",
    "decision": "撤销证书",
    "visit_no": "TY2026-0007",
    "campaign": "2026 年国庆消费体验",
    "year": "2027",
    "people": 12,
    "serial": "温放心2026-00001-01",
    "body": "市消费者权益保护工作联席会议办公室",
    "sender": "鹿城区市场监督管理局",
    "phone": "0577-88961234",
    "title": "梭子蟹以次充好",
    "whom": "鹿城区的餐饮店",
}


def _params(code: str) -> dict[str, str]:
    return templates.checked(code, {name: VALUES[name] for name in TEMPLATES[code].placeholders})


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_template_reads_well_and_fits(code: str) -> None:
    params = _params(code)
    text = templates.body(code, params)
    assert "{" not in text
    assert text.endswith("。")
    assert len(templates.subject(code)) <= 20
    for field, value in templates.wechat_fields(code, params, NOW).items():
        assert value
        assert "{" not in value
        assert fitted(field, value)


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_fixed_phrase_of_ours_is_never_cut(code: str) -> None:
    for field, text in TEMPLATES[code].wechat.fields.items():
        if "{" not in text:
            assert fitted(field, text) == text


def test_templates_ask_for_known_values_alone() -> None:
    for code, template in TEMPLATES.items():
        assert template.placeholders <= set(PLACEHOLDERS), code
    assert set().union(*(template.placeholders for template in TEMPLATES.values())) == set(PLACEHOLDERS)


def test_one_wechat_template_has_one_set_of_fields() -> None:
    seen: dict[str, set[str]] = {}
    for template in TEMPLATES.values():
        assert seen.setdefault(template.wechat.key, set(template.wechat.fields)) == set(template.wechat.fields)


def test_instants_and_days_are_told_in_wenzhou() -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert templates.checked("rating_published", {"unit_name": late}) == {"unit_name": "2026年11月24日 00:30"}
    assert templates.checked("rating_published", {"unit_name": date(2026, 3, 5)}) == {"unit_name": "2026年3月5日"}


@pytest.mark.parametrize("params", [{}, {"unit_name": "甲", "phone": "13800000000"}])
def test_values_must_match_the_template(params: dict[str, templates.Value]) -> None:
    with pytest.raises(ValueError, match="takes"):
        templates.checked("rating_published", params)

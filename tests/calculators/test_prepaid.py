"""The prepaid refund by vectors worked out by hand from 法释〔2025〕4号, and what holds for every prepayment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.calculators.rules.prepaid import Card, Cause, Prepayment, refund
from backend.kernel.errors import InvalidInput

STORED = Prepayment(Card.STORED, Cause.NOT_CONSUMER, paid_fen=100_000, bonus_fen=20_000, used_fen=30_000)
DISCOUNT = Prepayment(Card.DISCOUNT, Cause.NOT_CONSUMER, paid_fen=80_000, used_fen=24_000, used_list_fen=50_000)
YEAR = Prepayment(
    Card.UNLIMITED,
    Cause.NOT_CONSUMER,
    paid_fen=365_000,
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    served_until=date(2026, 3, 31),
)
BY_CHOICE = {"cause": Cause.CONSUMER}

#: Facts → principal that comes back, and the article by which what was had is priced.
VECTORS = {
    "充1000送200用300，商家原因：300×1000÷1200=250": (STORED, 75_000, "第十八条"),
    "同上，自己原因：按原价300": (replace(STORED, **BY_CHOICE), 70_000, "第十九条"),
    "没有赠送，怎么退都一样": (replace(STORED, bonus_fen=0), 70_000, "第十八条"),
    "充1000送200用了1100，自己原因：只到预付款": (replace(STORED, used_fen=110_000, **BY_CHOICE), 0, "第十九条"),
    "充1000送200用了1100，商家原因": (replace(STORED, used_fen=110_000), 8_334, "第十八条"),
    "折扣价240，商家原因": (DISCOUNT, 56_000, "第十八条"),
    "打折前500，自己原因": (replace(DISCOUNT, **BY_CHOICE), 30_000, "第十九条"),
    "打折前900超过预付款800": (replace(DISCOUNT, used_list_fen=90_000, **BY_CHOICE), 0, "第十九条"),
    "年卡3650元，90天后停业，剩275天": (YEAR, 275_000, "第二十二条"),
    "年卡还没生效": (replace(YEAR, served_until=date(2025, 12, 1)), 365_000, "第二十二条"),
    "年卡期满，自己没去": (replace(YEAR, served_until=date(2027, 1, 5), **BY_CHOICE), 0, "第二十二条"),
}


@pytest.mark.parametrize("name", VECTORS)
def test_vectors(name: str) -> None:
    held, expected, article = VECTORS[name]
    found = refund(held)
    assert found.refund_fen == expected
    assert article in found.lines[1].article


def test_above_the_prepayment_the_consumer_owes_nothing_and_is_told_why() -> None:
    found = refund(replace(DISCOUNT, used_list_fen=90_000, **BY_CHOICE))
    assert any("第二十条" in line.article and "不用补差价" in line.words for line in found.lines)
    assert not any("第二十条" in line.article for line in refund(DISCOUNT).lines)


@pytest.mark.parametrize(
    ("asked_on", "had_before", "words"),
    [
        (date(2026, 11, 8), False, "七日内提出"),
        (date(2026, 11, 9), False, "已超过付款后七日"),
        (date(2026, 11, 3), True, "不适用七日无理由退款"),
    ],
)
def test_seven_days(asked_on: date, had_before: bool, words: str) -> None:
    held = replace(STORED, used_fen=0, paid_on=date(2026, 11, 1), asked_on=asked_on, had_before=had_before, **BY_CHOICE)
    found = refund(held)
    assert words in found.notes[0].words
    assert "第十四条" in found.notes[0].article
    assert found.refund_fen == held.paid_fen


@pytest.mark.parametrize(
    ("held", "field"),
    [
        (replace(STORED, paid_fen=0, used_fen=0), "paid_fen"),
        (replace(STORED, used_fen=120_001), "used_fen"),
        (replace(DISCOUNT, used_fen=80_001), "used_fen"),
        (replace(DISCOUNT, used_list_fen=None, **BY_CHOICE), "used_list_fen"),
        (replace(DISCOUNT, used_list_fen=23_999), "used_list_fen"),
        (replace(YEAR, ends_on=date(2025, 12, 31)), "ends_on"),
        (replace(YEAR, served_until=None), "starts_on"),
        (replace(STORED, paid_on=date(2026, 11, 2), asked_on=date(2026, 11, 1)), "asked_on"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(held: Prepayment, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        refund(held)
    assert list(refused.value.fields) == [field]


MONEY = st.integers(1, 1_000_000_000)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def prepayments(draw: st.DrawFn) -> Prepayment:
    card, paid = draw(st.sampled_from(Card)), draw(MONEY)
    bonus = draw(st.integers(0, 1_000_000_000)) if card is Card.STORED else 0
    used = draw(st.integers(0, paid + bonus))
    starts = draw(DAYS)
    return Prepayment(
        card,
        draw(st.sampled_from(Cause)),
        paid,
        bonus,
        used,
        used + draw(st.integers(0, 1_000_000_000)),
        starts,
        starts + timedelta(days=draw(st.integers(0, 2000))),
        draw(DAYS),
    )


@given(prepayments())
def test_never_negative_never_more_than_paid_and_every_line_has_its_article(held: Prepayment) -> None:
    found = refund(held)
    assert 0 <= found.refund_fen <= held.paid_fen
    assert found.refund_fen + found.used_fen == held.paid_fen
    assert all("第" in line.article for line in (*found.lines, *found.notes))


@given(prepayments())
def test_a_reason_of_ones_own_never_brings_more(held: Prepayment) -> None:
    own, other = (refund(replace(held, cause=cause)).refund_fen for cause in (Cause.CONSUMER, Cause.NOT_CONSUMER))
    assert own <= other


@given(prepayments(), st.integers(1, 1000))
def test_more_use_never_brings_more_back(held: Prepayment, more: int) -> None:
    most = held.paid_fen + held.bonus_fen
    used = min(held.used_fen + more, most)
    later = replace(held, used_fen=used, used_list_fen=(held.used_list_fen or 0) + more)
    assert refund(later).refund_fen <= refund(held).refund_fen

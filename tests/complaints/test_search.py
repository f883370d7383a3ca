"""Officers find complaints by words of the unit's name and of what happened, in Chinese as it is typed."""

from contextlib import suppress

import pytest
import sqlalchemy as sa

from backend.access.actor import Actor, Grant, Role
from backend.complaints import queries
from backend.complaints.model import Settlement
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.full_text import holds
from tests.pages.town import Town
from tests.scene import IDENTITY, Callers, request_body

TOLD = {
    "江心海鲜": "点了一份清蒸鲈鱼，上来的是冷冻的，要求退款。",
    "五马街百货": r"Type-C 充电线 100% 不能用，商家说 'as is' 不退，C:\收据 也给他看了。",
    "信河街茶楼": "茶叶里有虫，退货不给办。",
}


@pytest.fixture
def numbers(callers: Callers, town: Town) -> dict[str, str]:
    """Unit → number of the complaint about it."""
    consumer, lodged = callers.person("gu-ke"), dict[str, str]()
    shops = {name: town.shop(name) for name in TOLD}
    member = callers.member(shops["江心海鲜"])
    for name, facts in TOLD.items():
        number = consumer.post("/settlements", request_body(shops[name], facts=facts), 201)["case_no"]
        member.post(f"/settlements/{number}/refuse", {"text": "小票丢了，没有办法退货。"})
        lodged[name] = consumer.post(f"/settlements/{number}/escalate", {"identity": IDENTITY}, 201)["case_no"]
    return lodged


@pytest.fixture
def officer(town: Town) -> Actor:
    return Actor("0" * 8, frozenset({Grant(Role.COUNTY_OFFICER, "330302")}), "工作人员")


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("退款", ["江心海鲜"]),
        ("退", ["信河街茶楼", "五马街百货", "江心海鲜"]),
        ("江心", ["江心海鲜"]),
        ("茶叶 退货", ["信河街茶楼"]),
        ("茶叶 退款", []),
        ("清蒸鲈鱼，上来的是冷冻", ["江心海鲜"]),
        ("蒸清", []),
        ("type-c", ["五马街百货"]),
        ("100%", ["五马街百货"]),
        ("10_%", []),
        ("'as is'", ["五马街百货"]),
        (r"C:\收据", ["五马街百货"]),
        ("虫 ", ["信河街茶楼"]),
        ("' | !", []),
    ],
)
def test_what_words_find(numbers: dict[str, str], officer: Actor, town: Town, words: str, units: list[str]) -> None:
    found = town.act(lambda: [row.case_no for row in queries.officers_archive(officer, words=words).items])
    assert found == [numbers[unit] for unit in units]


def test_an_officer_finds_in_the_own_county_alone(numbers: dict[str, str], town: Town) -> None:
    stranger = Actor("0" * 8, frozenset({Grant(Role.COUNTY_OFFICER, "330382")}), "工作人员")
    assert town.act(lambda: queries.officers_archive(stranger, words="退款").items) == []


class _Undone(Exception):
    """Nothing of it is to stay."""


_OTHERS = sa.text(
    "SELECT indexname FROM pg_indexes WHERE tablename = 'settlement' AND indexname LIKE 'ix%' AND indexname != 'ix_settlement_words'"
)


def test_the_index_answers_on_postgresql(numbers: dict[str, str], town: Town) -> None:
    """A search whose expression differs from the index's would read every request there is."""
    plan = ""
    with town.app.app_context(), suppress(_Undone), unit_of_work():
        if session().get_bind().dialect.name == "sqlite":
            assert not session().scalar(
                sa.text("SELECT count(*) FROM sqlite_master WHERE name = 'ix_settlement_words'")
            )
            return
        session().execute(sa.text("SET LOCAL enable_seqscan = off"))
        for name in session().scalars(_OTHERS).all():  # with few rows any index serves
            session().execute(sa.text(f"DROP INDEX {name}"))
        found = sa.select(Settlement.id).where(queries.SEARCHABLE, holds(queries.SEARCHED, "退款"))
        compiled = found.compile(dialect=session().get_bind().dialect)
        plan = "\n".join(
            row[0] for row in session().connection().exec_driver_sql(f"EXPLAIN {compiled}", compiled.params)
        )
        raise _Undone
    assert "ix_settlement_words" in plan

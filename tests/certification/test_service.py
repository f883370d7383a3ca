"""A certificate's life through the services, with its events, deadlines and dates."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from backend.access.actor import SYSTEM, Role
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.casework.model import DeadlineState
from backend.certification import queries as certificates
from backend.certification import service
from backend.certification.model import Certificate
from backend.certification.rules import Ground
from backend.infrastructure.audit import AuditEntry
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.clock import FixedClock, end_of_local_day, local_instant
from backend.kernel.errors import NotPossibleNow
from backend.merchants import service as merchants
from backend.merchants.model import Unit
from backend.merchants.register_file.rows import UnitRow, parse_row
from backend.supervision import service as supervision
from tests.merchants.files import line
from tests.pages.town import Shop, Town

Act = Callable[..., Certificate]
TODAY = date(2026, 11, 23)


@pytest.fixture
def act(town: Town, shop: Shop) -> Act:
    """Does something to the shop's certificate and gives it as it is afterwards."""

    def run(deed: Callable[..., object], *arguments: object, **options: object) -> Certificate:
        def step() -> Certificate:
            certificate = certificates.by_number(shop.certificate_no)
            deed(SYSTEM, certificate, *arguments, **options)
            session().flush()
            return certificate

        return town.act(step)

    return run


def _deadlines(app: Flask, certificate: Certificate) -> dict[str, tuple[str, date]]:
    """Clock → state and last moment, of the newest deadline of each clock."""
    with app.app_context(), unit_of_work(read_only=True):
        return {row.clock: (row.state.value, row.due_at) for row in cases.deadlines(certificate)}


def _events(app: Flask, certificate: Certificate) -> list[tuple[str, str | None, str, str | None]]:
    with app.app_context(), unit_of_work(read_only=True):
        return [(row.action, row.from_state, row.to_state, row.ground) for row in cases.events(certificate)]


def test_an_award_starts_the_validity(app: Flask, shop: Shop, act: Act) -> None:
    certificate = act(lambda actor, held: None)
    assert (certificate.state, certificate.ground, certificate.reason_on) == ("certified", None, None)
    assert _deadlines(app, certificate) == {"V1": ("running", end_of_local_day(date(2029, 1, 4)))}
    assert _events(app, certificate) == [("award", None, "certified", None)]


def test_a_rectification_has_a_last_day_and_ends_in_the_units_favour(app: Flask, act: Act) -> None:
    certificate = act(service.rectify, Ground.G13_STANDARD_NOT_MET)
    assert (certificate.state, certificate.ground, certificate.reason_on) == ("rectifying", "G13", TODAY)
    assert _deadlines(app, certificate)["R1"] == ("running", end_of_local_day(TODAY + timedelta(days=30)))
    certificate = act(service.restore)
    assert (certificate.state, certificate.ground, certificate.reason_on) == ("certified", None, None)
    assert _deadlines(app, certificate)["R1"][0] == "stopped"
    assert _deadlines(app, certificate)["V1"][0] == "running"
    act(service.rectify, Ground.G01_PENALTY, due_on=date(2026, 12, 5))
    assert _deadlines(app, certificate)["R1"] == ("running", end_of_local_day(date(2026, 12, 5)))


def test_a_suspension_follows_a_failed_rectification_and_may_be_lifted(app: Flask, act: Act) -> None:
    act(service.rectify, Ground.G13_STANDARD_NOT_MET)
    certificate = act(service.suspend, Ground.G04_FOOD_ACCIDENT)
    assert (certificate.state, certificate.ground) == ("suspended", "G04")
    assert _deadlines(app, certificate)["R1"][0] == "stopped"
    assert _deadlines(app, certificate)["S1"] == ("running", end_of_local_day(TODAY + timedelta(days=60)))
    assert act(service.restore).state == "certified"


@pytest.mark.parametrize("before", [[], [service.rectify], [service.suspend]])
@pytest.mark.parametrize(
    ("end", "state", "ground"),
    [(service.revoke, "revoked", Ground.G05_FALSE_MATERIAL), (service.cancel, "cancelled", Ground.G21_VOLUNTARY)],
)
def test_an_end_stops_every_clock_and_nothing_follows(
    app: Flask, act: Act, before: list[Callable[..., object]], end: Callable[..., object], state: str, ground: Ground
) -> None:
    for step in before:
        act(step, Ground.G01_PENALTY)
    certificate = act(end, ground)
    assert (certificate.state, certificate.ground, certificate.reason_on) == (state, ground.value, TODAY)
    assert {held for held, _ in _deadlines(app, certificate).values()} == {"stopped"}
    assert _events(app, certificate)[-1][2:] == (state, ground.value)
    written = _events(app, certificate)
    for step in (service.rectify, service.suspend, service.revoke, service.cancel):
        with pytest.raises(NotPossibleNow):
            act(step, Ground.G01_PENALTY)
    with pytest.raises(NotPossibleNow):
        act(service.restore)
    assert _events(app, certificate) == written


def test_a_certificate_expires_after_its_last_day_and_not_in_it(
    app: Flask, town: Town, clock: FixedClock, act: Act
) -> None:
    act(service.suspend, Ground.G04_FOOD_ACCIDENT)
    clock.set(local_instant(date(2029, 1, 5)) - timedelta(seconds=1))
    assert town.act(service.expire_due, SYSTEM) == []
    clock.advance(seconds=1)
    (certificate,) = town.act(service.expire_due, SYSTEM)
    assert (certificate.state, certificate.ground, certificate.reason_on) == ("expired", None, date(2029, 1, 5))
    assert town.act(service.expire_due, SYSTEM) == []
    with app.app_context(), unit_of_work(read_only=True):
        late = {row.clock: row.breached_at is not None for row in cases.deadlines(certificate)}
    assert late == {"V1": False, "S1": True}, "a validity ends, an officer is late with a suspension"


def test_nobody_expires_a_certificate_early(act: Act) -> None:
    def expire(actor: object, certificate: Certificate) -> None:
        casework.apply(certificate, "expire", SYSTEM)

    with pytest.raises(NotPossibleNow) as refused:
        act(expire)
    assert refused.value.code == "deadline_not_reached"
    assert "还剩" in refused.value.message


def test_renewing_moves_the_last_day_and_is_written_down(app: Flask, town: Town, clock: FixedClock, act: Act) -> None:
    certificate = act(service.renew, date(2031, 1, 4), issued_on=date(2026, 1, 6))
    assert (certificate.issued_on, certificate.valid_until) == (date(2026, 1, 6), date(2031, 1, 4))
    assert _deadlines(app, certificate)["V1"] == ("running", end_of_local_day(date(2031, 1, 4)))
    with app.app_context(), unit_of_work(read_only=True):
        entry = session().scalars(sa.select(AuditEntry).where(AuditEntry.action == "certificate.renew")).one()
        assert entry.before == {"issued_on": "2026-01-05", "valid_until": "2029-01-04"}
        assert entry.after == {"issued_on": "2026-01-06", "valid_until": "2031-01-04"}
    clock.set(local_instant(date(2030, 1, 1)))
    assert town.act(service.expire_due, SYSTEM) == []


def test_the_newest_certificate_of_a_unit_is_the_open_one(
    app: Flask, town: Town, clock: FixedClock, shop: Shop, act: Act
) -> None:
    clock.advance(days=1)
    act(service.cancel, Ground.G21_VOLUNTARY)

    def again(number: str) -> None:
        unit = session().get_one(Unit, shop.unit_id)
        service.award(SYSTEM, unit, number, TODAY, date(2030, 1, 1))

    town.act(again, "FXXF-NEW")
    with app.app_context(), unit_of_work(read_only=True):
        newest = certificates.newest_of_unit(shop.unit_id)
        assert newest is not None
        assert (newest.number, newest.state) == ("FXXF-NEW", "certified")
        assert certificates.newest_of_units([shop.unit_id])[shop.unit_id].number == "FXXF-NEW"
        assert [row.number for row in certificates.of_unit(shop.unit_id)] == ["FXXF-NEW", shop.certificate_no]


def test_a_unit_holds_one_open_certificate_and_a_number_stands_once(town: Town, shop: Shop, act: Act) -> None:
    def again(unit_id: str, number: str) -> None:
        service.award(SYSTEM, session().get_one(Unit, unit_id), number, TODAY, date(2030, 1, 1))

    with pytest.raises(IntegrityError):
        town.act(again, shop.unit_id, "FXXF-NEW")
    act(service.cancel, Ground.G21_VOLUNTARY)
    with pytest.raises(IntegrityError):
        town.act(again, shop.unit_id, shop.certificate_no)
    town.act(again, shop.unit_id, "FXXF-NEW")


def _outcomes(app: Flask, deeds: list[Callable[[], object]]) -> list[str]:
    """What became of deeds that are done at the same moment, each in a unit of work and a thread of its own."""
    outcomes: list[str] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            with app.app_context(), unit_of_work():
                deed()
            outcomes.append("done")
        except (IntegrityError, NotPossibleNow) as refused:
            outcomes.append(type(refused).__name__)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def _row(number: int) -> UnitRow:
    parsed = parse_row(number, line(number))
    assert isinstance(parsed, UnitRow)
    return parsed


@pytest.mark.parametrize(("units", "winners"), [(1, 1), (8, 8)], ids=["one unit", "the control: a unit each"])
def test_of_eight_awards_at_once_one_certifies_a_unit(app: Flask, town: Town, units: int, winners: int) -> None:
    made = town.act(
        lambda: [item.unit.id for item in merchants.store([_row(number) for number in range(1, units + 1)])]
    )

    def award(place: int) -> Callable[[], object]:
        return lambda: service.award(
            SYSTEM, session().get_one(Unit, made[place % units]), f"FXXF-{place:05d}", TODAY, date(2030, 1, 1)
        )

    outcomes = _outcomes(app, [award(place) for place in range(8)])
    assert outcomes == ["IntegrityError"] * (8 - winners) + ["done"] * winners
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalar(sa.select(sa.func.count()).select_from(Certificate)) == winners


def test_eight_numbers_at_once_are_eight_numbers(app: Flask, town: Town) -> None:
    made = town.act(lambda: [item.unit.id for item in merchants.store([_row(number) for number in range(1, 12)])])

    def certify(unit_id: str, number: str) -> None:
        service.award(SYSTEM, session().get_one(Unit, unit_id), number, TODAY, date(2030, 1, 1))

    for number in ("温放心2026-0009", "温放心2026-12A", "温放心2025-00077"):  # as old registers write them
        town.act(certify, made.pop(), number)
    outcomes = _outcomes(app, [lambda one=one: certify(one, service.next_number(2026)) for one in made])
    assert outcomes == ["done"] * 8
    with app.app_context(), unit_of_work(read_only=True):
        numbers = session().scalars(sa.select(Certificate.number).where(Certificate.unit_id.in_(made))).all()
    assert sorted(numbers) == [f"温放心2026-{number:05d}" for number in range(10, 18)]


def test_the_control_a_number_without_a_turn_is_given_twice(
    app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch, database_kind: str
) -> None:
    made = town.act(lambda: [item.unit.id for item in merchants.store([_row(number) for number in (1, 2)])])
    both_know = threading.Barrier(2, timeout=30)

    def certify(unit_id: str) -> None:
        number = service.next_number(2026)
        if database_kind == "postgresql":
            both_know.wait()
        service.award(SYSTEM, session().get_one(Unit, unit_id), number, TODAY, date(2030, 1, 1))

    monkeypatch.setattr(service, "take_turns", lambda name: None)
    outcomes = _outcomes(app, [lambda one=one: certify(one) for one in made])
    assert outcomes == (["IntegrityError", "done"] if database_kind == "postgresql" else ["done"] * 2)


def test_of_eight_officers_one_suspends(app: Flask, town: Town, shop: Shop) -> None:
    officer = town.staff(Role.CITY_OFFICER)
    outcomes = _outcomes(
        app, [lambda: supervision.suspend(officer, shop.certificate_no, ground=Ground.G04_FOOD_ACCIDENT)] * 8
    )
    assert outcomes == ["NotPossibleNow"] * 7 + ["done"]
    with app.app_context(), unit_of_work(read_only=True):
        certificate = certificates.by_number(shop.certificate_no)
        assert [row.action for row in cases.events(certificate)] == ["award", "suspend"]
        running = [row.clock for row in cases.deadlines(certificate) if row.state is DeadlineState.RUNNING]
    assert sorted(running) == ["S1", "V1"]

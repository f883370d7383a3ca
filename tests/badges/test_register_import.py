"""Importing a register: good rows are kept, the same file changes nothing, a changed row reaches the card."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backend.access.actor import SYSTEM
from backend.badges import cards
from backend.badges.model import Card, Plate
from backend.badges.register_import import Imported, import_register
from backend.certification import queries as certificates
from backend.certification import service as certification
from backend.certification.model import Certificate
from backend.certification.rules import Ground, Standing
from backend.infrastructure.database import Base, session, unit_of_work
from backend.kernel.errors import Conflict
from backend.merchants.model import LiaisonStation, Merchant, Unit
from tests.merchants.files import line, read_cells, write_csv

Lines = list[dict[str, Any]]
Import = Callable[..., Imported]


@pytest.fixture
def bring_in(app: Flask, tmp_path: Path) -> Import:
    """Imports these lines from a file."""

    def run(*lines: dict[str, Any], **options: Any) -> Imported:
        path = write_csv(tmp_path / "名录.csv", lines)
        with app.app_context():
            return import_register(SYSTEM, path, **options)

    return run


def _everything(app: Flask) -> dict[str, int]:
    """Rows of every table, and the sum of the cards' revisions."""
    with app.app_context(), unit_of_work(read_only=True):
        counts = {
            table.name: session().scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
        return {**counts, "revisions": session().scalar(sa.select(sa.func.sum(Card.revision))) or 0}


def _card(app: Flask, certificate_no: str) -> cards.Shown:
    with app.app_context(), unit_of_work(read_only=True):
        return cards.show(certificates.by_number(certificate_no).unit_id)


def _act(app: Flask, certificate_no: str, deed: Callable[[Certificate], object]) -> None:
    with app.app_context(), unit_of_work():
        certificate = certificates.by_number(certificate_no)
        deed(certificate)
        cards.write_certificate(certificate)


def test_each_unit_gets_certificate_plate_and_card(app: Flask, bring_in: Import) -> None:
    done = bring_in(line(1), line(2))
    assert (done.total, done.new, done.plates, done.refused, done.faults_file) == (2, 2, 2, 0, None)
    shown = _card(app, line(2)["certificate_no"])
    assert shown.standing is Standing.VALID
    assert shown.sections["unit"]["name"] == "瓯和2百货店"
    assert shown.sections["unit"]["commitments"][-1]["text"] == "线下购物 7 天无理由退货"
    counts = _everything(app)
    assert (counts["unit"], counts["certificate"], counts["plate"], counts["card"]) == (2, 2, 2, 2)


def test_the_same_file_again_changes_nothing(app: Flask, bring_in: Import) -> None:
    lines = [line(number) for number in range(1, 6)]
    bring_in(*lines)
    before = _everything(app)
    done = bring_in(*lines)
    assert (done.new, done.changed, done.same, done.plates) == (0, 0, 5, 0)
    assert _everything(app) == before
    bring_in(*lines[:-1], line(5, address="温州市鹿城区信河街1号"))
    assert _everything(app) != before, "the control"


def test_good_rows_are_kept_and_bad_ones_listed_beside_the_file(app: Flask, bring_in: Import, tmp_path: Path) -> None:
    done = bring_in(line(1), line(2, uscc="91350100M000100Y44", lng="28"), line(3))
    assert (done.new, done.refused) == (2, 1)
    assert done.faults_file == tmp_path / "名录-问题清单.xlsx"
    rows = read_cells(done.faults_file)[1:]
    assert [row[:3] for row in rows] == [[3, "统一社会信用代码", "91350100M000100Y44"], [3, "经度", "28"]]
    assert all("。" in row[4] for row in rows)
    assert _everything(app)["unit"] == 2


@pytest.mark.parametrize("fault", [{"phone": "x"}, {"certificate_no": "温放心2026-00001", "unit_name": "另一家"}])
def test_all_or_nothing_keeps_nothing_when_a_row_is_wrong(app: Flask, bring_in: Import, fault: dict[str, str]) -> None:
    bring_in(line(1))
    before = _everything(app)
    done = bring_in(line(5), line(6, **fault), all_or_nothing=True)
    assert (done.kept, done.new, done.refused, len(done.faults)) == (False, 0, 2, 1)
    assert _everything(app) == before


def test_all_or_nothing_keeps_all_of_a_right_file(app: Flask, bring_in: Import) -> None:
    done = bring_in(*[line(number) for number in range(1, 4)], all_or_nothing=True)
    assert (done.kept, done.new) == (True, 3)
    assert _everything(app)["card"] == 3


#: What a row changes, and where the card shows it.
CHANGES: list[tuple[dict[str, str], str, str, object]] = [
    ({"address": "温州市鹿城区信河街1号"}, "unit", "address", "温州市鹿城区信河街1号"),
    ({"lng": "120.7"}, "unit", "lng", 120.7),
    ({"station_phone": "0577-55509999"}, "unit", "station_phone", "0577-55509999"),
    ({"merchant_name": "温州瓯和集团有限公司"}, "unit", "merchant", "温州瓯和集团有限公司"),
    ({"station_name": "五马街维权联络站"}, "unit", "station", "五马街维权联络站"),
    ({"category": "市场"}, "unit", "category", "market"),
    ({"valid_until": "2029-12-31"}, "certificate", "valid_until", "2029-12-31"),
    ({"issued_on": "2025-12-30"}, "certificate", "issued_on", "2025-12-30"),
]


def test_a_changed_row_reaches_the_card(app: Flask, bring_in: Import) -> None:
    bring_in(*[line(number) for number in range(1, len(CHANGES) + 1)])
    for number, (changed, section, name, value) in enumerate(CHANGES, 1):
        certificate_no = line(number)["certificate_no"]
        before = _card(app, certificate_no)
        assert before.sections[section][name] != value
        done = bring_in(line(number, **changed))
        assert (done.new, done.changed, done.same, done.plates) == (0, 1, 0, 0), changed
        shown = _card(app, certificate_no)
        assert shown.sections[section][name] == value
        assert shown.etag != before.etag
        settled = _everything(app)
        assert bring_in(line(number, **changed)).same == 1, changed
        assert _everything(app) == settled


def test_a_new_phone_of_a_station_reaches_every_unit_that_it_answers_for(app: Flask, bring_in: Import) -> None:
    shared = {name: line(1)[name] for name in ("uscc", "merchant_name", "station_name", "station_phone")}
    bring_in(line(1), line(2, **shared), line(3))
    bring_in(line(1, station_phone="0577-55509999", merchant_name="温州瓯和集团有限公司"))
    for number, phone, merchant in (
        (1, "0577-55509999", "温州瓯和集团有限公司"),
        (2, "0577-55509999", "温州瓯和集团有限公司"),
        (3, line(3)["station_phone"], line(3)["merchant_name"]),
    ):
        unit = _card(app, line(number)["certificate_no"]).sections["unit"]
        assert (unit["station_phone"], unit["merchant"]) == (phone, merchant), number
    with app.app_context(), unit_of_work(read_only=True):
        second = session().scalars(sa.select(Unit).where(Unit.name == line(2)["unit_name"])).one()
        assert "温州瓯和集团有限公司" in second.search_text


def test_a_new_station_takes_over_plates_and_certificate(app: Flask, bring_in: Import) -> None:
    bring_in(line(1))
    bring_in(line(1, station_name="五马街维权联络站"))
    with app.app_context(), unit_of_work(read_only=True):
        station = session().scalars(sa.select(LiaisonStation.id).where(LiaisonStation.name == "五马街维权联络站")).one()
        owners = [session().scalars(sa.select(model.station_id)).one() for model in (Unit, Certificate, Plate)]
    assert owners == [station] * 3


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"unit_name": "瓯和新店"}, "这个编号已经发给另一家单位"),
        ({"certificate_no": "温放心2026-00099", "phone": "0577-55500000"}, "这家单位已有证书 温放心2026-00001"),
    ],
)
def test_a_refused_row_leaves_nothing_behind(
    app: Flask, bring_in: Import, changed: dict[str, str], problem: str
) -> None:
    bring_in(line(1))
    before, card = _everything(app), _card(app, line(1)["certificate_no"])
    done = bring_in(line(1, **changed))
    assert (done.refused, [fault.problem for fault in done.faults]) == (1, [problem])
    assert _everything(app) == before
    assert _card(app, line(1)["certificate_no"]) == card
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalars(sa.select(Unit.phone)).one() == line(1)["phone"]
        assert session().scalars(sa.select(Merchant.name)).one() == line(1)["merchant_name"]


def test_a_certificate_that_ended_is_not_revived(app: Flask, bring_in: Import) -> None:
    bring_in(line(1))
    number = line(1)["certificate_no"]
    _act(app, number, lambda held: certification.revoke(SYSTEM, held, Ground.G05_FALSE_MATERIAL))
    assert bring_in(line(1)).same == 1
    assert _card(app, number).standing is Standing.REVOKED
    done = bring_in(line(1, valid_until="2030-01-01"))
    assert [fault.problem for fault in done.faults] == ["证书已撤销，不能再改有效期"]
    assert _card(app, number).standing is Standing.REVOKED


def test_after_a_cancellation_a_new_number_certifies_again_and_the_old_row_cannot_take_it_back(
    app: Flask, bring_in: Import
) -> None:
    bring_in(line(1))
    _act(app, line(1)["certificate_no"], lambda held: certification.cancel(SYSTEM, held, Ground.G21_VOLUNTARY))
    again = line(1, certificate_no="温放心2026-00099")
    assert bring_in(again).refused == 0
    assert _card(app, "温放心2026-00099").standing is Standing.VALID
    done = bring_in(line(1, phone="0577-55500000"))
    assert done.refused == 1
    shown = _card(app, "温放心2026-00099")
    assert (shown.standing, shown.sections["certificate"]["number"]) == (Standing.VALID, "温放心2026-00099")


def test_a_list_of_faults_that_cannot_be_written_does_not_lose_what_was_stored(
    app: Flask, bring_in: Import, tmp_path: Path
) -> None:
    (tmp_path / "名录-问题清单.xlsx").mkdir()
    done = bring_in(line(1), line(2, phone="x"))
    assert (done.new, done.refused, done.faults_file, len(done.faults)) == (1, 1, None, 1)
    assert _everything(app)["unit"] == 1


def test_the_longest_number_has_room_for_its_plates(app: Flask, bring_in: Import) -> None:
    number = "温放心" + "0" * 23
    assert bring_in(line(1, certificate_no=number)).refused == 0
    with app.app_context(), unit_of_work(read_only=True):
        assert session().scalars(sa.select(Plate.serial)).one() == f"{number}-01"


def test_all_or_nothing_holds_across_batches(app: Flask, bring_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.badges.register_import._BATCH", 2)
    bring_in(line(1))
    before = _everything(app)
    lines = [line(number) for number in range(2, 6)]
    taken = line(6, certificate_no=line(1)["certificate_no"])
    assert not bring_in(*lines, taken, all_or_nothing=True).kept
    assert _everything(app) == before
    assert bring_in(*lines, all_or_nothing=True).new == 4


def test_two_imports_at_once_store_each_unit_once(app: Flask, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名录.csv", [line(number) for number in range(1, 6)])
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        try:
            with app.app_context():
                import_register(SYSTEM, path)
            outcomes.append("done")
        except Conflict as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "done" in outcomes
    assert set(outcomes) <= {"done", "register_import_collided"}
    counts = _everything(app)
    assert (counts["unit"], counts["certificate"], counts["plate"], counts["card"]) == (5, 5, 5, 5)

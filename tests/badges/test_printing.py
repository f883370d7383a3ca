"""A print run of an order: every living plate on its sheets, once, under its number; broken off, it goes on."""

import re
from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from backend.access.actor import SYSTEM
from backend.badges import orders
from backend.badges.model import PlateOrder
from backend.badges.printing import Printed, print_order
from backend.badges.rules import Placement
from backend.cli import main
from backend.infrastructure.database import session, unit_of_work
from backend.kernel.errors import NotFound, NotPossibleNow
from tests.pages.town import Shop, Town
from tests.scene import Callers


def _ordered(town: Town, shop: Shop, count: int) -> str:
    def order() -> str:
        labels = [f"{number}号桌" for number in range(1, count + 1)]
        found = orders.order_for_unit(
            SYSTEM, shop.certificate_no, placement=Placement.TABLE, count=count, labels=labels
        )
        return found.number

    return town.act(order)


def _issue(number: str) -> None:
    with unit_of_work():
        found = session().scalars(sa.select(PlateOrder).filter_by(number=number)).one()
        orders.issue_piece(found.id)


def _pages(printed: Printed) -> list[str]:
    texts = []
    for path in printed.files:
        document = pypdfium2.PdfDocument(path.read_bytes())
        texts.extend(page.get_textpage().get_text_range() for page in document)
        document.close()
    return texts


def test_an_orders_plates_are_printed_once_each(town: Town, callers: Callers, tmp_path: Path) -> None:
    shop = town.shop("五马街百货")
    number = _ordered(town, shop, 14)
    with town.app.app_context():
        with pytest.raises(NotPossibleNow, match="还没有发放完"):
            print_order(number, tmp_path / "print")
        _issue(number)
    body = {"reason": "lost", "replace": False}
    callers.member(shop).post(f"/plates/{shop.certificate_no}-05/loss", body)
    with town.app.app_context():
        shown: list[tuple[int, int]] = []
        printed = print_order(
            number,
            tmp_path / "print",
            sheets_per_file=1,
            processes=1,
            progress=lambda done, total: shown.append((done, total)),
        )
        assert (printed.plates, printed.sheets, len(printed.files), printed.refused) == (13, 2, 2, [])
        assert shown == [(1, 2), (2, 2)]
        pages = _pages(printed)
        assert [len(re.findall(shop.certificate_no, page)) for page in pages] == [12, 1]
        living = [rf"{shop.certificate_no}-{count:02d}\s+{count - 1}号桌" for count in range(2, 16) if count != 5]
        assert all(sum(len(re.findall(plate, page)) for page in pages) == 1 for plate in living)
        assert f"{shop.certificate_no}-05" not in "".join(pages)
        assert number in pages[0]
        assert "第 2 张，共 2 张" in pages[1]

        before = [path.read_bytes() for path in printed.files]
        printed.files[1].unlink()
        stood = printed.files[0].stat().st_mtime_ns
        again = print_order(number, tmp_path / "print", sheets_per_file=1, processes=1)
        assert [path.read_bytes() for path in again.files] == before
        assert again.files[0].stat().st_mtime_ns == stood
        assert sorted((tmp_path / "print").glob("*.p*")) == sorted(printed.files)


def test_a_run_goes_on_only_with_the_plates_that_it_began_with(town: Town, callers: Callers, tmp_path: Path) -> None:
    shop = town.shop("五马街百货")
    number = _ordered(town, shop, 3)
    with town.app.app_context():
        _issue(number)
        print_order(number, tmp_path / "print", processes=1)
        print_order(number, tmp_path / "print", processes=1)  # the control
        with pytest.raises(NotPossibleNow, match="换一个空文件夹"):
            print_order(number, tmp_path / "print", processes=1, dated="2026-11-25")
    body = {"reason": "lost", "replace": False}
    callers.member(shop).post(f"/plates/{shop.certificate_no}-02/loss", body)
    with town.app.app_context():
        with pytest.raises(NotPossibleNow, match="换一个空文件夹"):
            print_order(number, tmp_path / "print", processes=1)
        assert print_order(number, tmp_path / "again", processes=1).plates == 2


def test_what_cannot_be_drawn_is_named_and_left_out(town: Town, tmp_path: Path) -> None:
    shop = town.shop("瓯江\ue123楼")
    number = _ordered(town, shop, 1)
    with town.app.app_context():
        _issue(number)
        printed = print_order(number, tmp_path, processes=1)
    assert (printed.plates, printed.sheets, printed.files) == (0, 0, [])
    assert [refused.serial for refused in printed.refused] == [f"{shop.certificate_no}-02"]
    assert "U+E123" in printed.refused[0].reason


def test_an_order_that_is_not_there(town: Town, tmp_path: Path) -> None:
    with town.app.app_context(), pytest.raises(NotFound):
        print_order("DZ-2026-99999", tmp_path)


def test_the_command_offers_what_can_be_printed() -> None:
    answer = CliRunner().invoke(main, ["print-sheets", "--template", "online-image", "DZ-2026-00001", "somewhere"])
    assert answer.exit_code == 2
    assert "sticker" in answer.output

"""Who gets a plate's print files, and the run that draws them."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from backend.access.actor import SYSTEM
from backend.badges import drawing, queries, service
from backend.badges.artwork import BY_PLACEMENT, TEMPLATES, ArtworkUnreadable, proved, proved_svg, trials
from backend.badges.drawing import draw_waiting
from backend.badges.model import Plate
from backend.badges.rules import Placement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.merchants.model import Unit
from tests.badges.faces import as_png, opened, printed
from tests.pages.town import Browser, Shop, Town


def _artwork(client: FlaskClient, person: Browser | None, shop: Shop, kind: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {person.session_token}"} if person else {}
    return client.get(f"/api/v1/plates/{shop.certificate_no}-01/artwork.{kind}", headers=headers)


def _address(shop: Shop) -> str:
    return f"http://localhost/b/{shop.token}"


def test_the_station_gets_its_plates_print_files(town: Town, client: FlaskClient) -> None:
    shop = town.shop("五马街百货")
    member = town.member(shop)
    pdf, png = (_artwork(client, member, shop, kind) for kind in ("pdf", "png"))
    assert (pdf.status_code, pdf.content_type) == (200, "application/pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert (png.status_code, png.content_type) == (200, "image/png")
    proved(png.data, _address(shop))
    proved(as_png(printed(pdf.data)), _address(shop))


def test_nobody_else_does(town: Town, client: FlaskClient) -> None:
    shop, other = town.shop("五马街百货"), town.shop("信河街茶楼", station="信河街维权联络站")
    customer, neighbour = town.person("gu-ke"), town.member(other, "bie-zhan")
    for kind in ("pdf", "png"):
        assert _artwork(client, None, shop, kind).status_code == 401
        assert _artwork(client, customer, shop, kind).status_code == 403
        assert _artwork(client, neighbour, shop, kind).status_code == 404


def test_any_template_can_be_asked_for(town: Town, client: FlaskClient) -> None:
    shop = town.shop("五马街百货")
    member = town.member(shop)
    png = _artwork(client, member, shop, "png?template=sticker")
    assert opened(png.data).size == TEMPLATES["sticker"].pixels
    proved(png.data, _address(shop))
    svg = _artwork(client, member, shop, "svg?template=a4-door")
    assert (svg.status_code, svg.content_type.split(";")[0]) == (200, "image/svg+xml")
    assert b'width="210mm"' in svg.data
    proved_svg(svg.data, _address(shop))


def test_a_template_or_kind_that_there_is_not_is_named(town: Town, client: FlaskClient) -> None:
    shop = town.shop("五马街百货")
    member = town.member(shop)
    for kind in ("svg?template=poster", "png?colour=red", "pdf?template="):
        answer = _artwork(client, member, shop, kind)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_input"), kind
    answer = _artwork(client, member, shop, "gif")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "artwork_kind_unknown")


def test_a_plate_is_drawn_in_the_template_of_its_place(town: Town) -> None:
    shop = town.shop("五马街百货")

    def more() -> list[str]:
        unit = session().get_one(Unit, shop.unit_id)
        return [service.issue_plate(SYSTEM, unit, shop.certificate_no, place).serial for place in Placement]

    serials = town.act(more)
    with town.app.app_context():
        assert draw_waiting(100, processes=1).refused == []
        plates = {plate.serial: plate for plate in session().scalars(sa.select(Plate))}
        for serial, place in zip(serials, Placement, strict=True):
            png = service.artwork_png(plates[serial])
            assert opened(png).size == BY_PLACEMENT[place].pixels


def test_a_name_that_no_font_can_draw_is_explained(town: Town, client: FlaskClient) -> None:
    shop = town.shop("瓯江\ue123楼")
    answer = _artwork(client, town.member(shop), shop, "pdf")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "glyph_missing")
    assert "U+E123" in answer.get_json()["detail"]


def test_one_plate_that_cannot_be_drawn_does_not_hold_up_the_others(town: Town) -> None:
    bad = town.shop("瓯江\ue123楼")
    good = [town.shop(f"五马街{number}号店") for number in (1, 2, 3)]
    with town.app.app_context():
        shown: list[tuple[int, int]] = []
        drawn = draw_waiting(100, processes=2, progress=lambda done, total: shown.append((done, total)))
        assert drawn.count == 3
        assert [refused.serial for refused in drawn.refused] == [f"{bad.certificate_no}-01"]
        assert "U+E123" in drawn.refused[0].reason
        assert shown == [(4, 4)]
        for shop in good:
            kept = session().scalars(sa.select(Plate).where(Plate.unit_id == shop.unit_id)).one()
            assert kept.artwork_key is not None
            proved(current.runtime().storage.get(kept.artwork_key), _address(shop))
            assert service.artwork_png(kept) == current.runtime().storage.get(kept.artwork_key)
        again = draw_waiting(100, processes=1)
        assert (again.count, len(again.refused)) == (0, 1)


def test_a_template_is_tried_until_one_of_its_plates_has_passed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("五马街百货", "公园路百货"):
        town.shop(name)
    monkeypatch.setattr(drawing, "_proven", set())

    def drawn(trial: trials.Trial) -> tuple[int, int]:
        monkeypatch.setattr(trials, "TRIALS", {"the only trial": trial})
        with town.app.app_context():
            done = draw_waiting(1, processes=1)
            return done.count, len(done.refused)

    def unreadable(plate: Image.Image) -> Image.Image:
        return trials.darkened(plate, 0.005)

    assert [drawn(unreadable), drawn(unreadable)] == [(0, 1), (0, 1)], "a refusal is no proof"
    assert [drawn(lambda plate: plate), drawn(unreadable)] == [(1, 0), (1, 0)], "proven, the second is not tried again"


def test_a_second_plate_of_a_unit_has_its_own_code(town: Town) -> None:
    shop = town.shop("五马街百货")

    def second() -> tuple[str, str]:
        unit = session().get_one(Unit, shop.unit_id)
        plate = service.issue_plate(SYSTEM, unit, shop.certificate_no)
        session().flush()
        return plate.serial, queries.address_of(plate)

    serial, address = town.act(second)
    assert serial == f"{shop.certificate_no}-02"
    with town.app.app_context():
        plate = session().scalars(sa.select(Plate).where(Plate.serial == serial)).one()
        png = service.draw(service.face_of(plate))
    proved(png, address)
    with pytest.raises(ArtworkUnreadable):
        proved(png, _address(shop))

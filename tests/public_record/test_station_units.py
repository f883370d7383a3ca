"""The list of the units that a station answers for."""

from tests.pages.town import Town
from tests.scene import Callers


def test_a_station_reads_its_own_units_page_by_page(town: Town, callers: Callers) -> None:
    shops = [town.shop(f"瓯越电器{number}号店") for number in range(1, 24)]
    town.shop("别家电器", station="别处维权联络站")
    member = callers.member(shops[0])
    first = member.get("/station/units")
    last = member.get(f"/station/units?after={first['next']}")
    assert [one["name"] for one in first["units"] + last["units"]] == [shop.name for shop in shops]
    assert (len(first["units"]), last["next"]) == (20, None)
    found = member.get("/station/units?words=7号店")["units"]
    assert [(one["name"], one["number"], one["standing_zh"]) for one in found] == [
        (shops[at].name, shops[at].certificate_no, "证书有效") for at in (6, 16)
    ]
    assert member.get("/station/units?words=别家")["units"] == []
    callers.person("guke-chen").get("/station/units", 403)
    callers.nobody().get("/station/units", 401)

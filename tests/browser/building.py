"""Builds the browsers' city, with something on every page: shops in every standing, cases in every state, people of every role. All by acting."""

from backend.access.actor import Role
from backend.complaints import service as complaints
from backend.merchants.rules import Category
from tests.browser.between_bodies import hand_on
from tests.browser.city import City
from tests.browser.city_disputes import disputes, group
from tests.browser.city_officers import desks, genuineness, reports_of
from tests.browser.city_units import applications, enrolments, public_record_of, ratings_of, reviews_of, standings
from tests.browser.voices import speak, warn
from tests.console.office import Office
from tests.pages.town import Town


def build(town: Town, office: Office) -> City:
    """Everything, in about a hundred acts. The time to answer the first request runs out before the staff signs in."""
    city = City(town, office)
    shops = [town.shop(name, category=kind) for name, kind in _SHOPS]
    city.people = {
        "consumer": town.person("guke-chen"),
        "newcomer": town.person("xin-lai"),
        "volunteer": town.volunteer("zhiyuan-zhao"),
        "member": town.member(shops[0], "zhan-wang"),
    }
    city.names["unanswered"] = town.request(shops[1], city.people["consumer"])
    city.names["broken"] = town.offered(shops[2], city.people["member"], city.people["consumer"])
    town.agreed(city.people["consumer"], city.names["broken"])
    office.clock.advance(hours=97)
    town.act(complaints.report_not_performed, city.people["consumer"].actor(), city.names["broken"])
    with town.app.app_context():
        complaints.sweep()
    roles = {"county": Role.COUNTY_OFFICER, "officer": Role.CITY_OFFICER, "second": Role.CITY_OFFICER}
    roles |= {"council": Role.COUNCIL, "operator": Role.OPERATOR, "office": Role.JOINT_OFFICE}
    city.people |= {name: office.at_desk(role) for name, role in roles.items()}
    disputes(city, shops)
    group(city, shops[4])
    hand_on(town, office, city.people, names=city.names, shop=shops[5])
    reviews_of(city, shops[-1])  # before its plate is voided
    standings(city, shops)
    ratings_of(city, shops[0])
    genuineness(city, shops)
    reports_of(city, shops[1])
    public_record_of(city, shops)
    desks(city, shops[0])
    applications(city)
    enrolments(city)
    speak(town, city.people)
    city.names |= warn(town, city.people)
    with town.app.app_context():
        for shop in shops:
            complaints.count_outcomes({"unit_id": shop.unit_id})
    return city


_SHOPS = (
    ("瓯越电器", Category.SHOP),
    ("曦悦小吃店", Category.RESTAURANT),
    ("泽溪网上商城", Category.ONLINE_SHOP),
    ("雁柚电器商行", Category.SHOP),
    ("江心海鲜", Category.RESTAURANT),
    ("南塘茶餐厅", Category.RESTAURANT),
    ("雁荡山景区游客中心", Category.SCENIC_AREA),
)

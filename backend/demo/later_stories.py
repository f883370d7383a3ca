"""When the stories happen that bring something to every queue of staff and stations; what ended stands beside what waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, cycle

from backend.access.actor import Actor
from backend.complaints.rules import Nature
from backend.merchants.rules import Category

from . import advances, alarms, council_words, entering, mediations, opinions, people, renewals, station_talks, together
from .cast import Cast, Shop
from .scene import Story
from .texts import DISPUTES, Dispute, fitting

_PEOPLE = 12


def stories(
    start: datetime, staff: dict[str, dict[str, str]], shops: list[Shop], members: dict[str, Actor]
) -> Iterator[tuple[datetime, Story]]:
    """Each with the instant at which it begins; the first day is `start`, the present day the hundredth after it.

    members   of the shops' stations, by the station's id
    """
    at_desk = {username: people.officer(staff, username) for username in staff}
    lucheng, second, yueqing, council = (at_desk[name] for name in ("lucheng", "lucheng2", "yueqing", "xiaobaowei"))
    office, lead, assistant = (at_desk[name] for name in ("lianxi", "wenlv", "shangwu"))
    consumers = [people.person(f"guke-{number}") for number in range(14, 14 + _PEOPLE)]
    known = [people.person(name) for name in ("guke-chen", "guke-lin")]
    # Neither the first three, whose history is told, nor the last three, whose certificates do not stand throughout.
    middle = shops[3:-3]
    turns, numbers = cycle(consumers), count()
    small = [said for said in DISPUTES if 0 < said.amount_fen < 100_000]
    places = cycle([*shops[:3], *middle])

    def cast(shop: Shop | None = None, consumer: Actor | None = None) -> Cast:
        where = shop or next(places)
        return Cast(consumer or next(turns), members[where.station_id], lucheng, where)

    def said(at: Cast) -> Dispute:
        return fitting(small, next(numbers), at.shop.category)

    def days(number: float) -> datetime:
        return start + timedelta(days=number)

    for day, ended in ((50, True), (90, False)):
        yield days(day), mediations.met(at := cast(), said(at), ended=ended)
        yield days(day + 1), mediations.delegated(at := cast(), council, said(at), ended=ended)
        yield days(day + 2), mediations.passed_on(at := cast(), yueqing, said(at), taken_over=ended)
        yield days(day + 1), mediations.dispatched(cast(), office, lead, assistant, ended=ended)
    yield days(96), mediations.asked_who(at := cast(), said(at))
    yield days(98.9), station_talks.talked(at := cast(shops[0], known[0]), said(at))
    for number, stage in enumerate(("offered", "declined", "accepted")):
        yield (
            days(99 - number / 2),
            station_talks.offered(at := cast(shops[number], known[number % 2]), said(at), stage=stage),
        )
    yield days(60), station_talks.not_solved(at := cast(), said(at), ended_by=second)
    yield days(84), station_talks.not_solved(at := cast(shops[1], known[1]), said(at), ended_by=None)
    yield days(8), station_talks.called_back(second)
    yield days(45), advances.unperformed(at := cast(shops[0], known[1]), said(at), paid=True)
    yield days(91), advances.unperformed(at := cast(shops[1], known[1]), said(at), paid=False)
    hosts = [shop for shop in shops[:-3] if shop.category is Category.MARKET]
    stalls = [shop for shop in middle if shop.category in {Category.SHOP, Category.COSMETICS}]
    for recovered, stall in zip((True, False), stalls, strict=False):
        for market in hosts[:1]:
            host = members[market.station_id]
            yield (
                days(40 if recovered else 90),
                advances.left(at := cast(stall), market, host, said(at), recovered=recovered),
            )
    for number, stage in enumerate(("filed", "not_filed", "extension_asked", "asked", "received")):
        shop = middle[number % len(middle)]
        yield days(60 + 9.7 * number), alarms.reported(lucheng, shop, named=number % 2 == 0, stage=stage)
    for stage, begins in (("closed", 62.0), ("acknowledged", 98.5), ("raised", 99.3)):
        yield days(begins), alarms.emergency(lucheng, next(places), stage=stage)
    yield from opinions.stories(start, at_desk["admin"], known)
    yield from council_words.stories(start, council)
    yield from entering.stories(start, lucheng)
    yield from renewals.stories(start, staff)
    prepaid = next(said for said in DISPUTES if said.nature is Nature.PREPAID)
    crowded, grouped = sorted(middle, key=lambda shop: shop.category not in prepaid.at)[:2]
    yield days(92), together.grouped(cast(grouped, consumers[0]), consumers[1:3], prepaid)
    yield days(80), together.asked(council, lucheng, answered=True)
    yield days(97.2), together.asked(council, yueqing, answered=False)
    yield days(94), alarms.crowded(consumers, crowded, prepaid)
    for taken_by, begins in ((second, 96.0), (None, 97.5)):
        yield days(begins), alarms.retaliated(at := cast(), said(at), taken_by=taken_by)

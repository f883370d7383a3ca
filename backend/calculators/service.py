"""The calculators with what they need of the system: the unit that is meant, and the working calendar."""

from datetime import date, timedelta

from backend.badges import queries as badges
from backend.casework import calendar
from backend.infrastructure import current
from backend.kernel.errors import InvalidInput
from backend.merchants.rules import Commitment

from .rules.returns import Bought, Channel, Condition, Goods, Returns, returns

_LONGEST_AGO = timedelta(days=366)


def return_right(
    *,
    channel: Channel,
    goods: Goods,
    condition: Condition,
    received_on: date,
    defective: bool,
    token: str | None,
    number: str | None,
) -> Returns:
    """What may be returned today.

    token    of a badge, or number of a certificate, so that this unit's own promise counts; None for any shop
    raises   InvalidInput when the day of receipt is in the future or more than a year ago; UnknownBadge, NotFound
    """
    today = current.today()
    if not today - _LONGEST_AGO <= received_on <= today:
        words = "收货日期应在最近一年以内，不能晚于今天。"
        raise InvalidInput("day_out_of_range", words, fields={"received_on": [words]})
    working = calendar.load()
    shop_days, online_days = _promised(token, number)
    bought = Bought(channel, goods, condition, received_on, defective, shop_days, online_days)
    return returns(bought, today, lambda start, days: working.add_natural_days(start, days).on)


def _promised(token: str | None, number: str | None) -> tuple[int | None, int | None]:
    if token is None and number is None:
        return None, None
    unit = badges.addressed(token) if token is not None else badges.registered(number or "")
    days = {item["code"]: item["days"] for item in unit.commitments}
    return days.get(Commitment.NO_REASON_RETURN.value), days.get(Commitment.ONLINE_RETURN.value)

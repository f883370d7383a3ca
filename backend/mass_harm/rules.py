"""When complaints are a cluster. source: 方案 (预警); domain row 72"""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST = 10
WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class Crowd:
    """How many people complain of one unit in one respect within the window, as counted now.

    nature, nature_zh   code and words of the respect
    first_at, last_at   of the earliest and the latest of them
    """

    unit_id: str
    unit_name: str
    county_code: str
    nature: str
    nature_zh: str
    people: int
    first_at: datetime
    last_at: datetime

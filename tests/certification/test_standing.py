"""What the public sees of a certificate on a day in Wenzhou."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.certification.lifecycle import CERTIFICATE
from backend.certification.rules import GROUNDS, Ground, Standing, standing
from backend.kernel.clock import local_date, local_instant

LAST = date(2026, 11, 23)
#: The last second of the last valid day in Wenzhou, and the first one after it.
LAST_SECOND = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)


def test_the_last_valid_day_ends_at_midnight_in_wenzhou() -> None:
    assert local_instant(LAST) + timedelta(days=1, seconds=-1) == LAST_SECOND
    assert standing("certified", LAST, local_date(LAST_SECOND)) is Standing.VALID
    assert standing("certified", LAST, local_date(LAST_SECOND + timedelta(seconds=1))) is Standing.EXPIRED
    assert standing("certified", LAST, (LAST_SECOND + timedelta(seconds=1)).date()) is Standing.VALID, (
        "the control: by the day in UTC it would stand eight hours too long"
    )


@pytest.mark.parametrize(
    ("state", "shown", "afterwards"),
    [
        ("certified", Standing.VALID, Standing.EXPIRED),
        ("rectifying", Standing.RECTIFY, Standing.EXPIRED),
        ("suspended", Standing.SUSPENDED, Standing.EXPIRED),
        ("revoked", Standing.REVOKED, Standing.REVOKED),
        ("cancelled", Standing.CANCELLED, Standing.CANCELLED),
        ("expired", Standing.EXPIRED, Standing.EXPIRED),
    ],
)
def test_every_state_has_a_standing_before_and_after_its_last_day(
    state: str, shown: Standing, afterwards: Standing
) -> None:
    assert standing(state, LAST, LAST) is shown
    assert standing(state, LAST, LAST + timedelta(days=1)) is afterwards


def test_no_state_is_forgotten_and_every_standing_and_ground_has_its_words() -> None:
    assert {standing(state, LAST, LAST) for state in CERTIFICATE.states} == set(Standing) - {
        Standing.VOIDED,
        Standing.UNKNOWN,
    }
    assert all(member.zh for member in Standing)
    assert set(GROUNDS) == set(Ground)
    assert len(set(GROUNDS.values())) == len(Ground)
    with pytest.raises(KeyError):
        standing("unheard-of", LAST, LAST)

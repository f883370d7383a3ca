"""Applications in the states from which something can be done, in the hands of the callers."""

from collections.abc import Mapping, Sequence

from backend.access.actor import Role
from tests.api.callers import Callers
from tests.applications.making import STATES, applied, ends_soon, objected
from tests.enrolments.asking import asked

#: Of shops that the register does not know.
_CODES = ("91330302MA2ENR0104", "91330302MA2ENR0291")


def make_applications(callers: Callers) -> Mapping[str, Sequence[str]]:
    """One in every open state that an act leads out of, and objections to the one under public notice."""
    town = callers.town
    callers.browser(Role.STATION_MEMBER)
    numbers = [
        applied(town, ends_soon(town, f"续期电器{place}店"), state) for place, state in enumerate(("draft", *STATES))
    ]
    enrolments = [asked(town, callers.browser(Role.CONSUMER), uscc) for uscc in _CODES]
    objections = [objected(town, numbers[-1]) for _ in range(2)]
    return {
        "applications/case_no": numbers,
        "public-notices/case_no": [numbers[-1], *objections],
        "application-objections/case_no": objections,
        "objection": objections,
        "enrolments/case_no": enrolments,
    }

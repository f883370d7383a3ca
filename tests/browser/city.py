"""What the browsers' tests know of their city: who lives there, and where everything is."""

import re
from dataclasses import dataclass, field

from tests.console.office import Office
from tests.pages.town import Browser, Town


@dataclass
class City:
    """Who lives here, and where everything is.

    people   role in the tests → signed-in browser
    names    placeholder of a page's address → what stands there (tests.browser.places)
    """

    town: Town
    office: Office
    people: dict[str, Browser] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def path_of(template: str, names: dict[str, str]) -> str:
    """The address of a page, its placeholders filled in."""
    return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], template)

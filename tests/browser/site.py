"""The city's site as browsers see it: one browser profile for each person, and a record of every request."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from tests.browser.city import City

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Site:
    """Where the application is served, and who looks at it.

    requests   of all profiles: (address of the page, address asked for)
    faults     of all profiles: what the browser complained of, such as a breach of the page's policy or a missing file
    """

    chromium: Chromium
    address: str
    city: City
    requests: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _profiles: dict[str, BrowserContext] = field(default_factory=dict)

    def context(self, who: str = "nobody", *, javascript: bool = True) -> BrowserContext:
        """A fresh phone of a person of the city, signed in; of `nobody`, one on which nobody has signed in."""
        made = self.chromium.new_context(
            base_url=self.address,
            viewport=PHONE,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        made.set_default_timeout(10_000)
        made.on("request", lambda request: self.requests.append((request.frame.url, request.url)))
        made.on("response", self._note_missing)
        made.on("console", self._note_complaint)
        made.on("weberror", lambda error: self.faults.append(str(error.error)))
        if who != "nobody":
            cookie = self.city.people[who].client.get_cookie("fangxin")
            assert cookie is not None
            made.add_cookies([{"name": "fangxin", "value": cookie.value, "url": self.address}])
        return made

    def page(self, who: str) -> Page:
        """A new tab of somebody's lasting profile, so that style sheets come from its cache."""
        if who not in self._profiles:
            self._profiles[who] = self.context(who)
        return self._profiles[who].new_page()

    def _note_missing(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status} {response.url}")

    def _note_complaint(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 is itself "a resource that failed"; what it lacks is noted above.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)

    def foreign(self) -> list[tuple[str, str]]:
        """Requests that left the site; data addresses stay in the page."""
        own = urlsplit(self.address).netloc
        return [
            (page, asked)
            for page, asked in self.requests
            if urlsplit(asked).scheme != "data" and urlsplit(asked).netloc != own
        ]

    def close(self) -> None:
        """Close every profile."""
        for profile in self._profiles.values():
            profile.close()
